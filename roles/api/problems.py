"""Errors as problem details (RFC 9457), which name the part of the request that is wrong."""

import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja.errors import ValidationError

from roles.open_data.problems import problem
from scoring.inputs import InputPart
from scoring.inputs import Problem as InputProblem
from scoring.reading import Unreadable

type Fault = Mapping[str, str]
"""``detail``, and where it is: a ``parameter`` of the address, or a ``pointer`` into the body."""


class Problem(Exception):
    """A request that cannot be answered, and why."""

    def __init__(self, status: int, detail: str, errors: Sequence[Fault] = ()) -> None:
        self.status, self.detail, self.errors = HTTPStatus(status), detail, errors
        super().__init__(detail)

    @classmethod
    def of(cls, status: int, errors: Sequence[Fault]) -> "Problem":
        """The problem of all these faults; its sentence says the first."""
        first, others = errors[0], len(errors) - 1
        where = first.get("parameter") or first.get("pointer")
        more = f" (and {others} more)" if others else ""
        return cls(status, f"{where}: {first['detail']}{more}.", errors)

    @classmethod
    def of_parameter(cls, name: str, detail: str, status: int = 400) -> "Problem":
        """What is wrong with one parameter of the address."""
        return cls.of(status, [{"parameter": name, "detail": detail}])

    def response(self) -> HttpResponse:
        """The answer that says so."""
        errors = {"errors": self.errors} if self.errors else {}
        return problem(self.status, self.detail, **errors)


def of_validation(error: ValidationError) -> Problem:
    """Why the parameters of an address are not those that are declared."""
    return Problem.of(400, [_fault_of_parameter(one) for one in error.errors])


def of_unreadable(error: Unreadable) -> Problem:
    """Why a body cannot be read."""
    place, _, detail = str(error).partition(": ")
    if not PLACE.fullmatch(place):
        return Problem.of(400, [{"pointer": "#", "detail": str(error)}])
    outside = place in ("inputs", "method_version")
    pointer = f"#/{place}" if outside else _pointer(re.findall(r"\w+", place))
    return Problem.of(422, [{"pointer": pointer, "detail": detail}])


def of_inputs(found: Iterable[InputProblem]) -> Problem:
    """Why inputs cannot be scored."""
    return Problem.of(422, [_fault_of_input(one) for one in found])


PLACE = re.compile(r"\w+(\[[0-9]+\])?(\.\w+)?")
"""How the reader of inputs names a place: tasks[0].time."""
_ASSESSORS = {
    (InputPart.ADJUSTMENT, "value"): "adjusted_task_resistance",
    (InputPart.ADJUSTMENT, "reason"): "adjustment_reason",
    (InputPart.OVERRIDE, "value"): "override",
    (InputPart.OVERRIDE, "reason"): "override_reason",
}
"""What the parts that an assessor sets are called among the inputs."""


def _fault_of_parameter(error: Mapping[str, Any]) -> Fault:
    # The argument, the parameter, and which of its values.
    names = [part for part in error["loc"] if isinstance(part, str)]
    message: str = error["msg"]
    return {"parameter": names[-1], "detail": message[:1].lower() + message[1:]}


def _fault_of_input(found: InputProblem) -> Fault:
    name = _ASSESSORS.get((found.part, found.field), found.part)
    if isinstance(found.item, int):
        return {"pointer": _pointer([name, found.item, found.field]), "detail": found.message}
    detail = f"{found.item} {found.message}" if found.item else found.message
    return {"pointer": _pointer([name]), "detail": detail}


def _pointer(path: Iterable[object]) -> str:
    """A JSON pointer (RFC 6901) to a part of the inputs, as a fragment."""
    return "/".join(["#/inputs", *map(str, path)])

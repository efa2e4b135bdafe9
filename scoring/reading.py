"""Reads inputs from plain data, as JSON has them, and says what cannot be read and where.

The form is that of a role's public JSON: ``inputs`` with tasks, three lists of ratings and growth,
and ``method_version``. What else such a file has is not looked at.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from scoring.dimensions import DIMENSION_GROUPS, DimensionGroup, Mode
from scoring.figures import Score, score
from scoring.inputs import Inputs, TaskInput
from scoring.method import METHODS, Method

NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")
"""What a number has to look like; anything longer is none of this method's."""
RATIONALE = "rationale"
"""Why a rating is what it is: stands beside it, and is not scored."""


class Unreadable(ValueError):
    """What was given is not the plain data of inputs; the message names the place."""


def score_of(data: Any) -> Score:
    """The score of inputs and version of the method, as a role's JSON has them.

    Raises Unreadable where they are not of that form, InvalidInputs where they cannot be scored.
    """
    whole = _mapping(data, "the file")
    if "inputs" not in whole:
        raise Unreadable("inputs: are missing")
    return score(inputs_of(whole["inputs"]), method_of(whole.get("method_version")))


def loaded(text: str | bytes) -> Any:
    """JSON with its decimals exact. Raises Unreadable where it is none."""
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        return json.loads(text, parse_float=_exact, parse_int=_exact, parse_constant=_exact)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Unreadable(f"this is no JSON: {error}") from None


def method_of(version: Any) -> Method:
    """The version of the method that is named."""
    if version not in list(METHODS):
        raise Unreadable(f"method_version: expected one of {', '.join(METHODS)}")
    return METHODS[version]


def inputs_of(data: Any) -> Inputs:
    """Inputs, which may still be incomplete or out of range: ``inputs.problems`` says so."""
    given = _mapping(data, "inputs", known=(field.name for field in fields(Inputs)))
    groups: dict[str, Any] = {
        group.name: _ratings(given.get(group.name, []), group) for group in DIMENSION_GROUPS
    }
    tasks = _rows(given.get("tasks", []), "tasks", ("name", "time", "score", "mode"))
    return Inputs(
        tasks=tuple(_task(task, where) for where, task in tasks),
        growth=_whole(given, "growth"),
        adjusted_task_resistance=_decimal(given, "adjusted_task_resistance"),
        adjustment_reason=_text(given, "adjustment_reason"),
        override=_decimal(given, "override"),
        override_reason=_text(given, "override_reason"),
        **groups,
    )


def _task(task: Mapping[str, Any], where: str) -> TaskInput:
    mode = task.get("mode")
    return TaskInput(
        _text(task, "name", where),
        _decimal(task, "time", where),
        _whole(task, "score", where),
        None if mode is None else _one_of(Mode, mode, f"{where}.mode"),
    )


def _ratings(rows: Any, group: DimensionGroup) -> dict[StrEnum, int]:
    ratings: dict[StrEnum, int] = {}
    for where, row in _rows(rows, group.name, ("dimension", "score")):
        dimension = _one_of(group.dimensions, row.get("dimension"), f"{where}.dimension")
        if dimension in ratings:
            raise Unreadable(f"{where}.dimension: {dimension} is there twice")
        if (rated := _whole(row, "score", where)) is not None:
            ratings[dimension] = rated
    return ratings


def _rows(rows: Any, name: str, known: Iterable[str]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    if not isinstance(rows, list):
        raise Unreadable(f"{name}: expected a list")
    wheres = [f"{name}[{number}]" for number in range(len(rows))]
    columns = (*known, RATIONALE)
    return [(where, _mapping(row, where, columns)) for where, row in zip(wheres, rows, strict=True)]


def _mapping(value: Any, where: str, known: Iterable[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Unreadable(f"{where}: expected an object")
    if known is not None and (unknown := sorted(value.keys() - set(known))):
        raise Unreadable(f"{where}: there is no {unknown[0][:40]}")
    return value


def _whole(row: Mapping[str, Any], name: str, where: str = "") -> int | None:
    number = _decimal(row, name, where)
    if number is not None and number != int(number):
        raise Unreadable(f"{_place(where, name)}: expected a whole number")
    return None if number is None else int(number)


def _decimal(row: Mapping[str, Any], name: str, where: str = "") -> Decimal | None:
    """A number, or a number as text; no binary float, which would have changed it already."""
    value = row.get(name)
    if value is None:
        return None
    is_exact = isinstance(value, str | int | Decimal) and not isinstance(value, bool)
    if not is_exact or not NUMBER.fullmatch(str(value)):
        raise Unreadable(f"{_place(where, name)}: expected a number")
    return Decimal(value)


def _text(row: Mapping[str, Any], name: str, where: str = "") -> str:
    value = row.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(f"{_place(where, name)}: expected text")
    return value


def _one_of[W: StrEnum](words: type[W], value: Any, where: str) -> W:
    if value not in list(words):
        raise Unreadable(f"{where}: expected one of {', '.join(words)}")
    return words(value)


def _place(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _exact(number: str) -> Decimal:
    """A number, or NaN where it is none that there is: what has it is refused by its place."""
    try:
        return Decimal(number)
    except ArithmeticError:
        return Decimal("NaN")

"""What the API answers with, and the shape of it as JSON Schema has it.

Columns and figures come from their lists, so that a new one is in the answers and in what is
said of them.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ninja.orm import create_schema

from roles.models import Assessment, Occupation, Role
from roles.occupation_figures import FIGURES
from roles.occupations.index import Index
from roles.open_data import schema
from roles.open_data.occupation import Published
from roles.querysets import LIST_COLUMNS
from scoring.explain import Factor
from scoring.plain import plain

type Shape = dict[str, Any]
"""A JSON Schema."""

VERSION_COLUMNS = (
    "version",
    "provenance",
    "method_version",
    "published_at",
    "superseded_at",
    "published_score",
    "range_low",
    "range_high",
    "zone",
    "sub_label",
)
"""The columns of an assessment that a list of versions shows."""


@dataclass(frozen=True, slots=True)
class GapPart:
    """How many points of a gap come from one factor."""

    factor: Factor
    points: Decimal


@dataclass(frozen=True, slots=True)
class Gap:
    """How far one role scores above another; what only assessed roles have is None of others."""

    first: str
    second: str
    points: Decimal
    about_the_same: bool | None = None
    chance_first_is_higher: Decimal | None = None
    """Percent; ties count half."""
    parts: tuple[GapPart, ...] | None = None
    """They add up to the points."""


def role_entry(role: Role) -> dict[str, Any]:
    """A role as lists have it."""
    return {name: plain(getattr(role, name)) for name in LIST_COLUMNS}


def version_entry(assessment: Assessment) -> dict[str, Any]:
    """A version as lists have it."""
    return {name: plain(getattr(assessment, name)) for name in VERSION_COLUMNS}


def occupation_entry(occupation: Occupation, index: Index) -> dict[str, Any]:
    """An occupation as lists have it."""
    return {
        "code": occupation.code,
        "title": occupation.title,
        "family": occupation.family,
        "assessed": occupation.code in index.assessed_codes,
        "figures": {name: plain(getattr(occupation, name)) for name in FIGURES},
    }


def _object(**properties: Shape) -> Shape:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(shape: Shape) -> Shape:
    return {"type": "array", "items": shape}


def _columns(model: Any, names: tuple[str, ...]) -> Shape:
    """The shape of some columns, with what their model says of them."""
    columns = create_schema(model, name=f"{model.__name__}Columns", fields=list(names))
    return columns.model_json_schema(mode="serialization")


def component(name: str) -> Shape:
    """What stands for a component in the description of the API."""
    return {"$ref": f"#/components/schemas/{name}"}


def _problem() -> Shape:
    """Problem details as ``roles.api.problems`` makes them."""
    where = {name: schema.of(str) for name in ("parameter", "pointer")}
    fault = _object(detail=schema.of(str))
    fault["properties"] |= where
    shape = _object(title=schema.of(str), status=schema.of(int), detail=schema.of(str))
    shape["properties"]["errors"] = _list(fault)
    return shape


_ADDRESS = {"anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}]}
_COUNT = schema.of(int)
_FIGURES = {
    name: {**schema.of(Decimal | int | str | None), "description": figure.label}
    for name, figure in FIGURES.items()
}
COMPONENTS = {
    "Role": {"oneOf": schema.schema("")["oneOf"]},
    "RoleEntry": _columns(Role, LIST_COLUMNS),
    "VersionEntry": _columns(Assessment, VERSION_COLUMNS),
    "OccupationEntry": _object(
        code=schema.of(str),
        title=schema.of(str),
        family=schema.of(str),
        assessed=schema.of(bool),
        figures=_object(**_FIGURES),
    ),
    "Problem": _problem(),
}
"""What answers are made of, by name."""

_ASSESSED = COMPONENTS["Role"]["oneOf"][0]["properties"]
ROLE = component("Role")
ROLES = _object(
    count=_COUNT,
    next=_ADDRESS,
    instead=schema.of(str | None),
    roles=_list(component("RoleEntry")),
)
VERSIONS = _object(versions=_list(component("VersionEntry")))
COMPARISON = _object(roles=_list(component("RoleEntry")), gaps=_list(schema.of(Gap)))
OCCUPATIONS = _object(count=_COUNT, next=_ADDRESS, occupations=_list(component("OccupationEntry")))
OCCUPATION = _object(
    code=schema.of(str),
    title=schema.of(str),
    family=schema.of(str),
    assessed_as=_list(schema.of(str)),
    figures=_list(schema.of(Published)),
    links=schema.ADDRESSES,
)
SCORE = _object(
    **{
        name: _ASSESSED[name]
        for name in ("method_version", "figures", "as_shown", "warnings", "crossing")
    }
)
SCORED = {
    "required": True,
    "content": {
        "application/json": {
            "schema": _object(
                inputs=_ASSESSED["inputs"], method_version=_ASSESSED["method_version"]
            )
        }
    },
}
"""The body that is scored."""

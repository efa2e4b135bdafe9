"""The JSON Schema of a role's JSON, from the types of what is in it (draft 2020-12)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from roles.documents.fields import AssessmentDocument, Identity
from roles.open_data.representation import (
    ABOUT,
    INPUTS,
    TABLES,
    TEXTS,
    Band,
    Citing,
    Claim,
    Quoted,
)
from roles.vocabulary import Licence, Provenance, Standing
from scoring.figures import FIGURES
from scoring.uncertainty import Crossing
from scoring.warnings import ScoreWarning

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DECIMAL = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
ADDRESSES = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
PLAIN: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    Decimal: DECIMAL,
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def schema(address: str) -> dict[str, Any]:
    """The schema that is published at an address: of an assessed role, and of one that is not."""
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": "A role",
        "description": "Decimals are text, so that no reader rounds them; texts are Markdown.",
        "oneOf": [_assessed(), _not_assessed()],
    }


def of(hint: Any) -> dict[str, Any]:
    """The schema of what ``scoring.plain`` makes of a value of this type."""
    if hint in PLAIN:
        return dict(PLAIN[hint])
    if isinstance(hint, UnionType):
        return {"anyOf": [of(one) for one in get_args(hint)]}
    if get_origin(hint) is tuple:
        return _list(get_args(hint)[0])
    if issubclass(hint, Enum):
        # Those of a class without members can be any word.
        return {"enum": [one.value for one in hint]} if len(hint) else dict(PLAIN[str])
    return _object({name: of(one) for name, one in get_type_hints(hint).items()})


def _assessed() -> dict[str, Any]:
    document = get_type_hints(AssessmentDocument)
    return _object(
        {
            **_role(Provenance),
            "version": of(int),
            **{name: of(document[name]) for name in ABOUT},
            "published_at": of(datetime | None),
            "superseded_at": of(datetime | None),
            "inputs": _object({name: of(document[name]) for name in INPUTS}),
            "texts": _object({name: of(document[name]) for name in TEXTS}),
            **{name: of(document[name]) for name in TABLES},
            "relations": _list(Citing),
            "seniority": _list(Band),
            "claims": _list(Claim),
            "figures": _object({name: _figure(name) for name in FIGURES}),
            "as_shown": _object({name: of(str) for name in FIGURES}),
            "warnings": _list(ScoreWarning),
            "crossing": of(Crossing | None),
            "links": ADDRESSES,
        }
    )


def _not_assessed() -> dict[str, Any]:
    cited = {"const": Standing.CITED.value}
    return _object(
        {**_role(Standing), "standing": cited, "quoted": _list(Quoted), "links": ADDRESSES}
    )


def _role(standing: type[Enum]) -> dict[str, Any]:
    return {
        "$schema": {"type": "string", "format": "uri"},
        "slug": of(str),
        "standing": of(standing),
        "synthetic": of(bool),
        "identity": of(Identity),
        "licence": of(Licence),
    }


def _figure(name: str) -> dict[str, Any]:
    figure = FIGURES[name]
    says = {"title": figure.label, "description": figure.compute.__doc__}
    return {**of(figure.kind), **says}


def _list(hint: Any) -> dict[str, Any]:
    return {"type": "array", "items": of(hint)}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object with just these, all of them."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }

"""Scores as plain data, which JSON can hold without changing a number on the way.

A decimal is text, such as "22.4": whatever reads JSON may make a binary float of its numbers.
Ratings and totals, which are whole, are numbers.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from scoring.figure_type import Figure
from scoring.figures import FIGURES, Score
from scoring.formula import in_full
from scoring.warnings import warnings


def plain(value: Any) -> Any:
    """A value, or everything in it, as dictionaries, lists, text, whole numbers and None.

    A dataclass becomes a dictionary of its fields, but a figure no more than its name.
    """
    match value:
        case Figure():
            return value.name
        case Enum():
            return value.value
        case None | int() | str():
            return value
        case Decimal():
            return in_full(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {plain(key): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}


def computation(score: Score) -> dict[str, Any]:
    """Everything that follows from the inputs of a score.

    ``figures`` are exact, ``as_shown`` the same rounded half up as pages show them;
    ``crossing`` is the smallest change of one rating that puts the role into another zone.
    """
    values = {name: getattr(score, name) for name in FIGURES}
    return {
        "figures": plain(values),
        "as_shown": {name: figure.text(values[name]) for name, figure in FIGURES.items()},
        "warnings": plain(warnings(score)),
        "crossing": plain(score.crossing),
    }

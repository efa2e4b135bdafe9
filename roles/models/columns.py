"""Columns that follow from the lists of figures and of document fields.

A figure or field that is declared there becomes a column of the assessment here, with its
constraint; what remains to be done is a migration.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from roles.documents.fields import FIELDS, YEARS, Field, Kind
from roles.models.field_types import PlainText, choices, in_range, one_of
from roles.vocabulary import Provenance
from scoring.dimensions import GROWTH, PUBLISHED_SCORE, TASK_RESISTANCE
from scoring.figure_type import ComputedFigure
from scoring.figures import FIGURES
from scoring.method import CURRENT

type Column = models.Field[Any, Any]

STORED_FIGURES: Mapping[str, ComputedFigure[Any]] = {
    name: figure for name, figure in FIGURES.items() if figure.stored
}
"""The figures that have a column of their own, which recalculation alone writes."""


def _figure_column(figure: ComputedFigure[Any]) -> Column:
    if issubclass(figure.kind, StrEnum):
        return models.CharField(
            figure.label,
            max_length=20,
            blank=True,
            default="",
            editable=False,
            choices=choices(figure.kind),
        )
    if figure.kind is int:
        return models.SmallIntegerField(figure.label, null=True, blank=True, editable=False)
    digits = 3 if figure.within and figure.within.high > 9 else 2
    return models.DecimalField(
        figure.label,
        max_digits=digits + figure.places,
        decimal_places=figure.places,
        null=True,
        blank=True,
        editable=False,
    )


def _field_column(field: Field) -> Column:
    text: dict[str, Any] = {"verbose_name": field.label, "help_text": field.help}
    number = {**text, "null": True, "blank": True}
    match field.kind:
        case Kind.STEPS:
            return ArrayField(PlainText(), default=list, blank=True, **text)
        case Kind.SCORE:
            return models.SmallIntegerField(**number)
        case Kind.RESISTANCE:
            return models.DecimalField(max_digits=3, decimal_places=2, **number)
        case Kind.POINTS:
            return models.DecimalField(max_digits=4, decimal_places=1, **number)
        case Kind.YEAR:
            return models.PositiveSmallIntegerField(**number)
        case Kind.DATE:
            return models.DateField(**number)
        case Kind.WORD:
            return WORDS[field.name](text)
    return PlainText(**text)


WORDS: Mapping[str, Callable[[dict[str, Any]], Column]] = {
    "provenance": lambda text: models.CharField(
        max_length=20,
        choices=choices(Provenance),
        default=Provenance.PUBLISHED.value,
        **text,
    ),
    "method_version": lambda text: models.CharField(
        max_length=10, default=CURRENT.version, editable=False, **text
    ),
}
"""The columns of fields that hold one of several words."""


def _constraints() -> Iterable[models.CheckConstraint]:
    for name, figure in STORED_FIGURES.items():
        if issubclass(figure.kind, StrEnum):
            yield one_of(name, figure.kind, f"assessment_{name}", blank=True)
        elif figure.within:
            yield in_range(name, figure.within, f"assessment_{name}")
    yield one_of("provenance", Provenance, "assessment_provenance")
    yield in_range("growth", GROWTH, "assessment_growth")
    yield in_range("adjusted_task_resistance", TASK_RESISTANCE, "assessment_adjustment")
    yield in_range("override", PUBLISHED_SCORE, "assessment_override")
    yield in_range("outlook_year", YEARS, "assessment_outlook_year")


CONSTRAINTS = list(_constraints())
EMPTY_FIGURES = {
    name: "" if issubclass(figure.kind, StrEnum) else None
    for name, figure in STORED_FIGURES.items()
}
"""What the figures' columns hold while there is no score."""


def abstract(name: str, columns: Mapping[str, Column]) -> Any:
    """An abstract model with these columns; Any, so that its attributes are known to nobody."""
    meta = type("Meta", (), {"abstract": True})
    return type(name, (models.Model,), {**columns, "__module__": __name__, "Meta": meta})


DocumentColumns: Any = abstract(
    "DocumentColumns", {name: _field_column(field) for name, field in FIELDS.items()}
)
FigureColumns: Any = abstract(
    "FigureColumns", {name: _figure_column(figure) for name, figure in STORED_FIGURES.items()}
)

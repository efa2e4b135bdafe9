"""An occupation as plain data: what others have published about it, and never a score."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from roles.models import Occupation
from roles.occupation_figures import FIGURES, Publication
from roles.occupations.index import Index, Placed
from roles.open_data.tables import Column, Table
from scoring.plain import plain


@dataclass(frozen=True, slots=True)
class Published:
    """One figure, and where it stands among all occupations."""

    name: str
    label: str
    value: str
    """As its source gives it, with its decimals."""
    unit: str
    of: str
    """The occupation's code, or that of the SOC group that the figure is of."""
    percentile: int | None
    """Percent of the others that have less; None where it is not ranked."""
    among: int | None
    """How many are ranked."""
    source: Publication


PUBLISHED = Table(
    "figures",
    "A row for each published figure of one occupation.",
    (
        Column("figure", str, "The figure.", lambda one: one.name, always=True),
        Column("label", str, "What it is.", lambda one: one.label, always=True),
        Column("value", str, "As its source gives it.", lambda one: one.value, always=True),
        Column("unit", str, "Its unit.", lambda one: one.unit),
        Column("of", str, "The code that it is of.", lambda one: one.of, always=True),
        Column("percentile", int, "Percent that have less.", lambda one: one.percentile),
        Column("among", int, "How many are ranked.", lambda one: one.among),
        Column("source", str, "Where it was published.", lambda one: one.source.citation),
        Column("year", str, "Its year.", lambda one: one.source.year),
    ),
)


def occupation_representation(occupation: Occupation, index: Index, site: str) -> dict[str, Any]:
    """An occupation as JSON has it; ``site`` is what addresses begin with."""
    return {
        "code": occupation.code,
        "title": occupation.title,
        "family": occupation.family,
        "assessed_as": [site + role.get_absolute_url() for role in index.assessed_as(occupation)],
        "figures": [plain(one) for one in all_published(occupation, index)],
        "links": {
            "occupation": site + occupation.get_absolute_url(),
            "csv": site + reverse("occupation_figures", args=[occupation.address]),
        },
    }


def all_published(occupation: Occupation, index: Index) -> Iterator[Published]:
    """The figures of an occupation, for whoever reads them elsewhere."""
    for placed in index.all_placed(occupation, list(FIGURES.values())):
        yield _published(placed, occupation)


def _published(placed: Placed, occupation: Occupation) -> Published:
    figure = placed.figure
    return Published(
        figure.name,
        figure.label,
        figure.text(placed.value),
        figure.unit,
        f"SOC group {placed.group}" if placed.group else occupation.code,
        placed.percentile,
        placed.among or None,
        figure.source,
    )

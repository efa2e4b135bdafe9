"""An occupation as plain data: what others have published about it, and never a score."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from roles.models import Occupation
from roles.occupation_figures import FIGURES, Publication
from roles.occupations.index import Index, Placed
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


def occupation_representation(occupation: Occupation, index: Index, site: str) -> dict[str, Any]:
    """An occupation as JSON has it; ``site`` is what addresses begin with."""
    placed = index.all_placed(occupation, list(FIGURES.values()))
    return {
        "code": occupation.code,
        "title": occupation.title,
        "family": occupation.family,
        "assessed_as": [site + role.get_absolute_url() for role in index.assessed_as(occupation)],
        "figures": [plain(published(one, occupation)) for one in placed],
        "links": {
            "occupation": site + occupation.get_absolute_url(),
            "csv": site + reverse("occupation_figures", args=[occupation.address]),
        },
    }


def published(placed: Placed, occupation: Occupation) -> Published:
    """A figure of an occupation, for whoever reads it elsewhere."""
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

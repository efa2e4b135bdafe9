"""What the index of occupations is asked for: family, order and page, as a URL carries them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from roles.models import Occupation
from roles.occupation_figures import FAMILIES, FIGURES, RANKED, PublishedFigure
from roles.occupations.index import Index, is_ranked

PAGE_SIZE = 50
ALWAYS_SHOWN = tuple(FIGURES[name] for name in ("employment", "median_wage", "mean_rating"))
SORTS: Mapping[str, str] = {
    "": "family and code",
    "title": "title",
    **{figure.name: figure.label for figure in RANKED},
}
LOWEST_FIRST = "lowest"


@dataclass(frozen=True)
class Listing:
    """One page of the occupations of a family, or of all, in an order."""

    family: str = ""
    """The first two digits of the codes; empty for all."""
    sort: str = ""
    lowest_first: bool = False
    page: int = 1
    ignored: tuple[str, ...] = ()
    """What the URL asked for and does not exist, in words."""

    @classmethod
    def of(cls, asked: QueryDict) -> Self:
        """Read a query string; what makes no sense is left out and reported in ``ignored``."""
        family, sort, order, page = (asked.get(n, "") for n in ("family", "sort", "order", "page"))
        known = {
            "family": family in ("", *FAMILIES),
            "order": sort in SORTS,
            "direction": order in ("", "highest", LOWEST_FIRST),
            "page": bool(re.fullmatch("[1-9][0-9]{0,3}|", page)),
        }
        return cls(
            family=family if known["family"] else "",
            sort=sort if known["order"] else "",
            lowest_first=order == LOWEST_FIRST and sort in FIGURES,
            page=int(page) if known["page"] and page else 1,
            ignored=tuple(name for name, understood in known.items() if not understood),
        )

    @property
    def figure(self) -> PublishedFigure | None:
        """The figure by which they are sorted, if it is one."""
        return FIGURES.get(self.sort)

    @property
    def figures(self) -> Sequence[PublishedFigure]:
        """The figures that the page shows of each occupation."""
        if self.figure and self.figure not in ALWAYS_SHOWN:
            return (self.figure, *ALWAYS_SHOWN)
        return ALWAYS_SHOWN

    @property
    def direction(self) -> str:
        """The direction of the order by a figure, as HTML has it."""
        return "ascending" if self.lowest_first else "descending"

    @property
    def family_name(self) -> str:
        """The name of the family that is chosen."""
        return FAMILIES.get(self.family, "")

    @property
    def url(self) -> str:
        """The one canonical URL of this state."""
        parameters = {
            "family": self.family,
            "sort": self.sort,
            "order": LOWEST_FIRST if self.lowest_first else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        asked = urlencode({name: value for name, value in parameters.items() if value})
        path = reverse("occupations")
        return f"{path}?{asked}" if asked else path

    def of_family(self, family: str) -> Self:
        """The same order of another family, from its first page."""
        return replace(self, family=family, page=1, ignored=())

    def on_page(self, page: int) -> Self:
        """The same state on another page."""
        return replace(self, page=page, ignored=())

    def found(self, index: Index) -> list[Occupation]:
        """The occupations in order; those that have no figure of their own come last."""
        found = [o for o in index.occupations if not self.family or o.code[:2] == self.family]
        if self.sort == "title":
            return sorted(found, key=lambda occupation: occupation.title)
        if not (figure := self.figure):
            return found
        has = [o for o in found if _sortable(o, figure)]
        has.sort(key=lambda o: getattr(o, figure.name), reverse=not self.lowest_first)
        return has + [occupation for occupation in found if not _sortable(occupation, figure)]


def families(index: Index) -> list[tuple[str, str, int]]:
    """The families that have occupations: what their codes begin with, name and how many."""
    counts = Counter(occupation.code[:2] for occupation in index.occupations)
    return [(code, name, counts[code]) for code, name in FAMILIES.items() if counts[code]]


def _sortable(occupation: Occupation, figure: PublishedFigure) -> bool:
    return is_ranked(occupation, figure) and getattr(occupation, figure.name) is not None

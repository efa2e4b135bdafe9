"""The state of browsing and searching, as a URL carries it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from roles.finding.facets import FACETS, SORTS, Facet
from scoring.zones import Zone

PAGE_SIZE = 20
LONGEST_QUERY = 200
RELEVANCE = "relevance"


@dataclass(frozen=True)
class Finder:
    """What is asked for: words, facets, order and page."""

    query: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    ignored: tuple[str, ...] = ()
    """What the URL asked for and nobody could answer, in words."""

    @classmethod
    def of(cls, asked: QueryDict, zone: Zone | None = None) -> Self:
        """Read a query string; ``zone`` is the one that the path names.

        What makes no sense is left out and reported in ``ignored``.
        """
        ignored: list[str] = []
        query = _clean_query(asked.get("q", ""), ignored)
        chosen = {facet.name: _values(facet, asked, ignored) for facet in FACETS}
        if zone:
            chosen["zone"] = (zone,)
        chosen = {name: values for name, values in chosen.items() if values}
        sort = asked.get("sort", "")
        if sort and sort not in SORTS and sort != RELEVANCE:
            ignored.append(f"the order “{_short(sort)}”")
            sort = ""
        return cls(query, chosen, sort, _page(asked.get("page", "1"), ignored), tuple(ignored))

    @property
    def order(self) -> str:
        """The order in force: by relevance where words are asked for, else by score."""
        if self.sort in SORTS:
            return self.sort
        return RELEVANCE if self.query else "-score"

    @property
    def zone(self) -> str:
        """The zone, where just one is chosen."""
        zones = self.chosen.get("zone", ())
        return zones[0] if len(zones) == 1 else ""

    @property
    def sorts(self) -> dict[str, str]:
        """The orders there are to choose from."""
        labels = {name: sort.label for name, sort in SORTS.items()}
        return {RELEVANCE: "best match", **labels} if self.query else labels

    @cached_property
    def url(self) -> str:
        """The one canonical URL of this state."""
        chosen = dict(self.chosen)
        path = reverse("roles")
        if self.zone and not self.query:
            path = reverse("zone", args=[self.zone.lower()])
            del chosen["zone"]
        page = [("page", str(self.page))] if self.page > 1 else []
        asked = urlencode([*self._parameters(chosen), *page])
        return f"{path}?{asked}" if asked else path

    @property
    def query_string(self) -> str:
        """All of it but the page, for an address that names no zone in its path."""
        return urlencode(self._parameters(self.chosen))

    def _parameters(self, chosen: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
        default = RELEVANCE if self.query else "-score"
        return [
            *([("q", self.query)] if self.query else []),
            *((facet.name, v) for facet in FACETS for v in sorted(chosen.get(facet.name, ()))),
            *([("sort", self.order)] if self.order != default else []),
        ]

    def toggled(self, facet: str, value: str) -> Self:
        """The state with a value of a facet chosen if it was not, and the other way round."""
        values = set(self.chosen.get(facet, ())) ^ {value}
        chosen = {**self.chosen, facet: tuple(sorted(values))}
        return replace(
            self, chosen={name: some for name, some in chosen.items() if some}, page=1, ignored=()
        )

    def without(self, facet: Facet, values: set[str]) -> Self:
        """The state without values of a facet that no role has; ``ignored`` reports those."""
        kept = tuple(value for value in self.chosen[facet.name] if value not in values)
        chosen = {**self.chosen, facet.name: kept}
        unknown = tuple(f"{facet.in_a_sentence} “{_short(value)}”" for value in sorted(values))
        return replace(
            self,
            chosen={name: some for name, some in chosen.items() if some},
            ignored=self.ignored + unknown,
        )

    def cleared(self) -> Self:
        """The state without any facet."""
        return replace(self, chosen={}, page=1, ignored=())

    def on_page(self, number: int) -> Self:
        """The same state on another page."""
        return replace(self, page=number, ignored=())


def _clean_query(text: str, ignored: list[str]) -> str:
    query = " ".join(text.replace("\x00", " ").split())
    if len(query) > LONGEST_QUERY:
        ignored.append(f"all but the first {LONGEST_QUERY} characters of the search")
    return query[:LONGEST_QUERY].strip()


def _values(facet: Facet, asked: QueryDict, ignored: list[str]) -> tuple[str, ...]:
    values = dict.fromkeys(asked.getlist(facet.name))
    if facet.values is None:
        return tuple(value for value in values if "\x00" not in value)
    known = {value.lower(): value for value in facet.values}
    ignored += [
        f"{facet.in_a_sentence} “{_short(value)}”" for value in values if value.lower() not in known
    ]
    return tuple(known[value.lower()] for value in values if value.lower() in known)


def _page(text: str, ignored: list[str]) -> int:
    if re.fullmatch("[0-9]{1,6}", text) and int(text) > 0:
        return int(text)
    ignored.append(f"page “{_short(text)}”")
    return 1


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"

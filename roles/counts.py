"""Counts the roles that a finder finds: by the values of each facet, and along the score."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from django.db import connection

from roles.finder import FACETS, Facet, Finder
from scoring.method import Zone, zone_of

COLUMNS = {facet.column: "int" if facet.name == "share" else "text" for facet in FACETS}
"""The columns of the facets, with their types."""
BINS = 20
"""Steps of five points on the line from 0 to 100."""
FOUND_ROLES = """
    SELECT zone, sub_label, sector, country, seniority_level,
        COALESCE(share_band, -1) AS share_band, standing, score_bin, 1 AS count
    FROM roles_role WHERE id = ANY(%(matches)s)
"""
"""Roles that a search found, with the columns of the facet counts."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of five points in the distribution, in pixels of a 50 pixel high drawing."""

    x: int
    zone: Zone
    all_top: int
    all_height: int
    found_top: int
    found_height: int

    @classmethod
    def of(cls, number: int, everyone: int, found: int, most: int) -> Self:
        """A bar for so many roles, where the highest stands for ``most``."""
        high, low = (-(-many * 50 // most) for many in (everyone, found))
        start = number * 100 // BINS
        return cls(start, zone_of(Decimal(start)), 50 - high, high, 50 - low, low)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many roles there are of each kind."""

    facets: dict[str, dict[str, int]] = field(
        default_factory=lambda: {facet.name: {} for facet in FACETS}
    )
    """By facet and value, as if the facet itself had no value chosen."""
    found: list[int] = field(default_factory=lambda: [0] * BINS)
    """Roles found, by steps of the score."""
    everyone: list[int] = field(default_factory=lambda: [0] * BINS)
    """All roles, by steps of the score."""

    @property
    def bars(self) -> list[Bar]:
        """The steps, ready to be drawn."""
        most = max(self.everyone) or 1
        steps = enumerate(zip(self.everyone, self.found, strict=True))
        return [Bar.of(number, everyone, found, most) for number, (everyone, found) in steps]


def counts_of(finder: Finder, matches: list[int] | None) -> Counts:
    """The counts under the chosen facets, among the matches of a search or among all roles.

    One statement, whose rows hold a value of one facet or a step of the score.
    """
    parameters: dict[str, Any] = {facet.name: _stored(finder, facet) for facet in FACETS}
    parameters["matches"] = matches
    condition = _where(finder)
    source = "roles_facetcount" if matches is None else "found"
    chosen = [facet for facet in FACETS if finder.chosen.get(facet.name)]
    free = [facet for facet in FACETS if facet not in chosen]
    groups = [_group([facet], f"{source}{_where(finder, facet)}") for facet in chosen]
    if free:
        groups.append(_group(free, f"{source}{condition}"))
    groups += _steps(condition, searched=matches is not None)
    statement = " UNION ALL ".join(groups)
    if matches is not None:
        statement = f"WITH found AS MATERIALIZED ({FOUND_ROLES}) {statement}"
    counts = Counts()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for *values, step, found, everyone in cursor:
            if step is not None:
                counts.found[step] += int(found)
                counts.everyone[step] += int(everyone)
            elif found:
                _enter(counts, values, int(found))
    return counts


def _enter(counts: Counts, values: list[Any], found: int) -> None:
    facet, value = next((f, v) for f, v in zip(FACETS, values, strict=True) if v is not None)
    counts.facets[facet.name][str(value)] = found


def _group(facets: list[Facet], source: str) -> str:
    """Rows with the count of each value of each of these facets, all of one condition."""
    counted = {facet.column for facet in facets}
    columns = ", ".join(
        name if name in counted else f"NULL::{kind}" for name, kind in COLUMNS.items()
    )
    sets = ", ".join(f"({name})" for name in COLUMNS if name in counted)
    return (
        f"SELECT {columns}, NULL::int, sum(count), 0 FROM {source} GROUP BY GROUPING SETS ({sets})"
    )


def _steps(condition: str, *, searched: bool) -> list[str]:
    """Rows with the roles found and all roles in each step of the score."""
    empty = ", ".join(f"NULL::{kind}" for kind in COLUMNS.values())

    def steps(found: str, everyone: str, source: str) -> str:
        return f"SELECT {empty}, score_bin, {found}, {everyone} FROM {source} GROUP BY score_bin"

    if searched:
        found = f"found{condition}"
    elif condition:
        chosen = f"SELECT id AS facets_id FROM roles_facetcount{condition}"
        found = f"roles_bincount JOIN ({chosen}) chosen USING (facets_id)"
    else:
        return [steps("sum(count)", "sum(count)", "roles_bincount")]
    return [steps("sum(count)", "0", found), steps("0", "sum(count)", "roles_bincount")]


def _where(finder: Finder, leaving_out: Facet | None = None) -> str:
    conditions = [
        f"{facet.column} = ANY(%({facet.name})s)"
        for facet in FACETS
        if finder.chosen.get(facet.name) and facet is not leaving_out
    ]
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _stored(finder: Finder, facet: Facet) -> list[Any]:
    values = finder.chosen.get(facet.name, ())
    return [int(value) for value in values] if facet.name == "share" else list(values)

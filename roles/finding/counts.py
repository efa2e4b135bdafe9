"""Counts the roles that a finder finds: by the values of each facet, and along the score."""

from dataclasses import dataclass, field

from django.db import connection

from roles.drawing.distribution import BINS, Distribution
from roles.finding.conditions import condition_of, parameters_of
from roles.finding.state import FACETS, Facet, Finder

STEP = "step"
"""What stands in the place of a facet's name in the rows of steps."""
FOUND_ROLES = """
    SELECT zone, sub_label, sector, country, seniority_level,
        share_band, standing, score_bin, 1 AS count
    FROM roles_role WHERE id = ANY(%(matches)s)
"""
"""Roles that a search found, with the columns of the facet counts."""


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
    def distribution(self) -> Distribution:
        """The steps, ready to be drawn."""
        return Distribution.of(self.everyone, self.found)


def counts_of(finder: Finder, matches: list[int] | None) -> Counts:
    """The counts under the chosen facets, among the matches of a search or among all roles.

    One statement, whose rows hold a value of one facet or a step of the score.
    """
    condition = condition_of(finder)
    source = "roles_facetcount" if matches is None else "found"
    chosen = [facet for facet in FACETS if finder.chosen.get(facet.name)]
    free = [facet for facet in FACETS if facet not in chosen]
    groups = [_group([facet], source, condition_of(finder, leaving_out=facet)) for facet in chosen]
    if free:
        groups.append(_group(free, source, condition))
    groups += _steps(source, condition, narrowed=bool(chosen) or matches is not None)
    statement = " UNION ALL ".join(groups)
    if matches is not None:
        statement = f"WITH found AS MATERIALIZED ({FOUND_ROLES}) {statement}"
    counts = Counts()
    with connection.cursor() as cursor:
        cursor.execute(statement, {**parameters_of(finder), "matches": matches})
        for name, value, found, everyone in cursor:
            if name == STEP:
                counts.found[int(value)] += found
                counts.everyone[int(value)] += everyone
            elif found:
                counts.facets[name][value] = found
    return counts


def _group(facets: list[Facet], source: str, condition: str) -> str:
    """Rows with the count of each value of each of these facets, all of one condition."""
    names = " ".join(f"WHEN GROUPING({facet.column}) = 0 THEN '{facet.name}'" for facet in facets)
    values = ", ".join(f"{facet.column}::text" for facet in facets)
    sets = ", ".join(f"({facet.column})" for facet in facets)
    return (
        f"SELECT CASE {names} END, COALESCE({values}), sum(count)::int, 0 "
        f"FROM {source} WHERE {condition} GROUP BY GROUPING SETS ({sets})"
    )


def _steps(source: str, condition: str, *, narrowed: bool) -> list[str]:
    """Rows with the roles found and all roles in each step of the score."""

    def steps(found: str, everyone: str, rows: str) -> str:
        return (
            f"SELECT '{STEP}', score_bin::text, {found}::int, {everyone}::int "
            f"FROM {rows} GROUP BY score_bin"
        )

    of_all = "roles_bincount WHERE facets_id IS NULL"
    if not narrowed:
        return [steps("sum(count)", "sum(count)", of_all)]
    if source == "roles_facetcount":
        kinds = f"SELECT id FROM {source} WHERE {condition}"
        found = f"roles_bincount WHERE facets_id = ANY(ARRAY({kinds}))"
    else:
        found = f"{source} WHERE {condition}"
    return [steps("sum(count)", "0", found), steps("0", "sum(count)", of_all)]

"""The roles of one page of a list.

Written as SQL: Django takes five times as long to put such a statement together, and its
answer into models, as Postgres takes to answer it.
"""

from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from roles.finding.conditions import condition_of, parameters_of
from roles.finding.state import PAGE_SIZE, RELEVANCE, Finder

ORDERS = {
    "-score": "score DESC, title, id",
    "score": "score, title, id",
    "title": "title, id",
    "recent": "last_assessed DESC, title, id",
    "boundary": "boundary_distance, title, id",
    RELEVANCE: "rank",
}


class ListedRole(NamedTuple):
    """What a list tells of a role; named as the columns of ``Role``."""

    id: int
    slug: str
    title: str
    score: Decimal
    zone: str
    sub_label: str
    standing: str
    seniority_level: str
    sector: str
    country: str
    share_3_plus: Decimal | None
    summary: str


RANKED = "unnest(%(matches)s::bigint[]) WITH ORDINALITY AS match (id, rank)"
COLUMNS = ", ".join(ListedRole._fields)


def page_of(finder: Finder, matches: list[int] | None) -> list[ListedRole]:
    """The roles of the finder's page, of the matches of a search, best first, or of all."""
    source = "roles_role" if matches is None else f"roles_role JOIN {RANKED} USING (id)"
    parameters: dict[str, Any] = {
        **parameters_of(finder),
        "matches": matches,
        "skipped": (finder.page - 1) * PAGE_SIZE,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM {source} WHERE standing <> '' AND {condition_of(finder)} "
            f"ORDER BY {ORDERS[finder.order]} LIMIT {PAGE_SIZE} OFFSET %(skipped)s",
            parameters,
        )
        return [ListedRole(*row) for row in cursor]

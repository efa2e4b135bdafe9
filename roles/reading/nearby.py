"""The roles near another: by computation, and in a better zone up to two steps away.

Written as SQL, like ``roles.finding.listed``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.db import connection
from rapidfuzz import fuzz

from roles.finding.listed import COLUMNS, ListedRole
from roles.models import Assessment, OccupationCode, Role
from scoring.explain import gap
from scoring.formula import Score
from scoring.method import Zone

MOST_COMPUTED = 5
MOST_SAFER = 6
ZONES = list(Zone)
"""From the best on."""
SAME_FAMILY = "same family of occupational codes"
STATEMENT = """
    (SELECT 'family', {columns} FROM roles_role WHERE standing <> ''
        AND id IN (SELECT role_id FROM roles_occupationcode WHERE {families})
        ORDER BY abs(score - %(score)s), id LIMIT 30)
    UNION ALL
    (SELECT 'sector', {columns} FROM roles_role WHERE standing <> ''
        AND sector = NULLIF(%(sector)s, '') AND score >= %(score)s ORDER BY score, id LIMIT 15)
    UNION ALL
    (SELECT 'sector', {columns} FROM roles_role WHERE standing <> ''
        AND sector = NULLIF(%(sector)s, '') AND score < %(score)s ORDER BY score DESC, id LIMIT 15)
    UNION ALL
    (SELECT 'two steps', {columns} FROM roles_role WHERE standing <> '' AND id <> %(role)s
        AND id IN (
            SELECT relation.role_id FROM roles_rolerelation AS relation
            JOIN roles_assessment AS naming ON naming.id = relation.assessment_id
            WHERE naming.role_id = ANY(%(neighbours)s) AND naming.status = 'published'
        ))
"""
"""Roles with a code of the same family or of the same sector, the nearest scores on either side,
and those that the neighbours' published assessments relate to."""


@dataclass(frozen=True, slots=True)
class Near:
    """A role that nobody related to this one, found by computation, or a step further away."""

    role: Role | ListedRole
    gap: Decimal
    """This role's published score minus the other's."""
    how: str
    """By what it is near."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """What lies around a role."""

    computed: list[Near]
    """Roles of the same sector or code family that are near in title and score."""
    safer: list[Near]
    """Neighbours up to two steps away in a better zone, the highest score first."""

    @classmethod
    def of(cls, assessment: Assessment, scored: Score, neighbours: list[Role]) -> Self:
        """What lies around the role of an assessment whose neighbours are known."""
        found = _found(assessment, scored, neighbours)
        computed = _computed(assessment.role, scored, neighbours, found)
        further = [role for how, role in found if how == "two steps"]
        return cls(computed, _safer(scored, neighbours, computed, further))


def _found(
    assessment: Assessment, scored: Score, neighbours: list[Role]
) -> list[tuple[str, ListedRole]]:
    families, parameters = _families(assessment.role.codes.all())
    parameters |= {
        "role": assessment.role_id,
        "sector": assessment.role.sector,
        "score": scored.published_score,
        "neighbours": [role.id for role in neighbours],
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(columns=COLUMNS, families=families), parameters)
        return [(how, ListedRole(*row)) for how, *row in cursor]


def _families(codes: Iterable[OccupationCode]) -> tuple[str, dict[str, Any]]:
    """A condition on codes, that they are of the family of one of these, with its values."""
    conditions, parameters = [], {}
    for number, code in enumerate(codes):
        conditions.append(f"system LIKE %(system_{number})s AND code LIKE %(code_{number})s")
        parameters[f"system_{number}"] = _beginning(code.classification)
        parameters[f"code_{number}"] = _beginning(code.family)
    return " OR ".join(conditions) or "FALSE", parameters


def _beginning(text: str) -> str:
    """A pattern of what begins with a text."""
    return re.sub(r"([\\%_])", r"\\\1", text) + "%"


def _computed(
    role: Role, scored: Score, neighbours: list[Role], found: list[tuple[str, ListedRole]]
) -> list[Near]:
    known = {role.id, *(neighbour.id for neighbour in neighbours)}
    reasons = {"family": SAME_FAMILY, "sector": f"same sector: {role.sector}"}
    near = {
        other.id: Near(other, gap(scored.published_score, other.score), reasons[how])
        for how, other in reversed(found)
        if how in reasons and other.id not in known
    }

    def distance(one: Near) -> tuple[float, Decimal, int]:
        return -fuzz.token_set_ratio(role.title, one.role.title), abs(one.gap), one.role.id

    return sorted(near.values(), key=distance)[:MOST_COMPUTED]


def _safer(
    scored: Score, neighbours: list[Role], computed: list[Near], further: list[ListedRole]
) -> list[Near]:
    ways: dict[int, tuple[Role | ListedRole, str]] = {
        **{role.id: (role, "a neighbour of a neighbour") for role in further},
        **{near.role.id: (near.role, f"computed, {near.how}") for near in computed},
        **{role.id: (role, "a neighbour") for role in neighbours},
    }
    better = [
        Near(role, gap(scored.published_score, role.score), how)
        for role, how in ways.values()
        if role.score is not None and ZONES.index(Zone(role.zone)) < ZONES.index(scored.zone)
    ]
    return sorted(better, key=lambda near: (near.gap, near.role.title))[:MOST_SAFER]

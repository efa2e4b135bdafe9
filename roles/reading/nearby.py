"""The roles near another: by computation, and in a better zone up to two steps away."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from django.db.models import Q
from rapidfuzz import fuzz

from roles.models import Assessment, OccupationCode, Role, RoleRelation
from roles.vocabulary import Status
from scoring.explain import gap
from scoring.formula import Score
from scoring.method import Zone

MOST_CONSIDERED = 30
"""Roles of one family or sector, the nearest in score, among which titles are compared."""
MOST_COMPUTED = 5
MOST_SAFER = 6
ZONES = list(Zone)
"""From the best on."""
SAME_FAMILY = "same family of occupational codes"


@dataclass(frozen=True, slots=True)
class Near:
    """A role that nobody related to this one, found by computation, or a step further away."""

    role: Role
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
        role = assessment.role
        computed = _computed(role, scored.published_score, neighbours)
        further = _two_steps(role, neighbours)
        return cls(computed, _safer(scored, neighbours, computed, further))


def _around(role: Role, score: Decimal) -> dict[str, list[Role]]:
    """The roles nearest in score that share a family of codes or the sector, by what they share."""
    others = Role.objects.public().with_list_columns().exclude(pk=role.pk)
    families = Q(pk__in=[])
    for code in role.codes.all():
        families |= Q(system__startswith=code.classification, code__startswith=code.family)
    kindred = OccupationCode.objects.filter(families).values("role")
    found = {SAME_FAMILY: others.filter(pk__in=kindred)}
    if role.sector:
        found[f"same sector: {role.sector}"] = others.filter(sector=role.sector)
    return {
        how: list(roles.nearest_in_score(score, MOST_CONSIDERED)) for how, roles in found.items()
    }


def _two_steps(role: Role, neighbours: list[Role]) -> list[Role]:
    """The roles that the neighbours' published assessments relate to."""
    naming = RoleRelation.objects.filter(
        assessment__role__in=neighbours, assessment__status=Status.PUBLISHED
    )
    others = Role.objects.public().with_list_columns().exclude(pk=role.pk)
    return list(others.filter(pk__in=naming.values("role")))


def _computed(role: Role, score: Decimal, neighbours: list[Role]) -> list[Near]:
    known = {role.pk, *(neighbour.pk for neighbour in neighbours)}
    near: dict[int, Near] = {}
    for how, others in _around(role, score).items():
        for other in others:
            if other.pk not in known and other.score is not None:
                near.setdefault(other.pk, Near(other, gap(score, other.score), how))

    def distance(one: Near) -> tuple[float, Decimal, int]:
        return -fuzz.token_set_ratio(role.title, one.role.title), abs(one.gap), one.role.pk

    return sorted(near.values(), key=distance)[:MOST_COMPUTED]


def _safer(
    scored: Score, neighbours: list[Role], computed: list[Near], further: list[Role]
) -> list[Near]:
    ways: dict[int, tuple[Role, str]] = {
        **{role.pk: (role, "a neighbour of a neighbour") for role in further},
        **{near.role.pk: (near.role, f"computed, {near.how}") for near in computed},
        **{role.pk: (role, "a neighbour") for role in neighbours},
    }
    better = [
        Near(role, gap(scored.published_score, role.score), how)
        for role, how in ways.values()
        if role.score is not None and ZONES.index(Zone(role.zone)) < ZONES.index(scored.zone)
    ]
    return sorted(better, key=lambda near: (near.gap, near.role.title))[:MOST_SAFER]

"""The roles near another by computation: those close in score, and the safer moves from it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q
from rapidfuzz import fuzz

from roles.models import Assessment, OccupationCode, Role, RoleRelation, Task
from roles.occupations.facts import beside_a_move
from roles.occupations.index import Index, Placed
from roles.querysets import LIST_COLUMNS, bare_title
from roles.vocabulary import RelationKind, Status
from scoring.explain import gap
from scoring.figures import Score
from scoring.zones import Zone

NEAR_IN_SCORE = Decimal(15)
"""Points that a role may be away and still be called near."""
MOST_CONSIDERED = 30
"""Roles of one family or sector, the nearest in score, among which titles are compared."""
MOST_COMPUTED = 5
MOST_SAFER = 4
LONGEST_TITLE = 6
"""Words of a title that is looked for in a text."""
ZONES = list(Zone)
"""From the best on."""
COLUMNS = (*LIST_COLUMNS, "pay_currency", "pay_low", "pay_high", "pay_year")
SAME_FAMILY = "same family of occupational codes"


@dataclass(frozen=True, slots=True)
class Near:
    """A role that nobody related to this one, found by computation."""

    role: Role
    gap: Decimal
    """This role's published score minus the other's."""
    how: str
    """By what it is near."""


@dataclass(frozen=True, slots=True)
class Move:
    """A role with a higher score that somebody of this role could move to."""

    role: Role
    gap: Decimal
    """This role's published score minus the other's, below 0."""
    named: bool
    """Whether the assessment itself names the move."""
    neighbour: bool
    """Whether the assessment relates the two."""
    same_country: bool
    kindred: bool
    """Whether the two share the sector or a family of occupational codes."""
    likeness: int
    """How alike the tasks of the two are, 0..100."""
    comparable_pay: bool
    """Whether the pay of both is known in one currency and country."""
    published: tuple[Placed, ...] = ()
    """What is published of pay and education there, if both are of the country it is of."""

    @property
    def reasons(self) -> list[str]:
        """What makes the move feasible, in words."""
        words = {
            "named by this assessment": self.named,
            "a neighbour": self.neighbour and not self.named,
            "a neighbour of a neighbour": not (self.named or self.neighbour or self.kindred),
            "same country": self.same_country,
            "same field": self.kindred,
        }
        return [reason for reason, holds in words.items() if holds]

    @property
    def feasibility(self) -> tuple[bool, bool, bool, int, Decimal, str]:
        """What moves are sorted by, the most feasible first; likeness counts in tens."""
        near = (not self.named, not self.same_country, not self.kindred)
        return (*near, -(self.likeness // 10), self.gap, self.role.title)


@dataclass(frozen=True, slots=True)
class Nearby:
    """What lies around a role."""

    computed: list[Near]
    """Roles of the same sector or code family that are near in title and score."""
    safer: list[Move]
    """Roles in a better zone, or named and of a higher score, the most feasible first."""

    @classmethod
    def of(
        cls, assessment: Assessment, scored: Score, neighbours: list[Role], index: Index
    ) -> Self:
        """What lies around the role of an assessment whose neighbours are known."""
        role = assessment.role
        return cls(
            _computed(role, scored.published_score, neighbours),
            _safer(assessment, scored, neighbours, index),
        )


def _families(role: Role) -> Q:
    """The occupational codes of the families that a role's codes are of."""
    families = Q(pk__in=[])
    for code in role.codes.all():
        families |= Q(system__startswith=code.classification, code__startswith=code.family)
    return families


def _of_family(role: Role) -> Exists:
    """Whether a role has a code of a family that this one's codes are of."""
    return Exists(OccupationCode.objects.filter(_families(role), role=OuterRef("pk")))


def _kindred(role: Role) -> Q:
    """The roles of its sector or of a family of its codes."""
    return Q(of_family=True) | (Q(sector=role.sector) if role.sector else Q(pk__in=[]))


def _computed(role: Role, score: Decimal, neighbours: list[Role]) -> list[Near]:
    others: Any = Role.objects.public().with_list_columns().exclude(pk=role.pk)
    others = others.filter(score__range=(score - NEAR_IN_SCORE, score + NEAR_IN_SCORE))
    others = others.exclude(pk__in=[neighbour.pk for neighbour in neighbours])
    others = others.annotate(of_family=_of_family(role))
    near = [
        Near(
            other,
            gap(score, other.score),
            SAME_FAMILY if other.of_family else f"same sector: {role.sector}",
        )
        for other in others.filter(_kindred(role)).nearest_in_score(score, MOST_CONSIDERED)
        if other.score is not None
    ]

    def distance(one: Near) -> tuple[float, Decimal, int]:
        return -fuzz.token_set_ratio(role.title, one.role.title), abs(one.gap), one.role.pk

    return sorted(near, key=distance)[:MOST_COMPUTED]


def _safer(
    assessment: Assessment, scored: Score, neighbours: list[Role], index: Index
) -> list[Move]:
    role, score = assessment.role, scored.published_score
    phrases = _phrases(assessment.survival_strategy)
    others = _candidates(role, scored, neighbours, phrases)
    named = {
        relation.role_id
        for relation in assessment.relations.all()
        if relation.kind == RelationKind.CAREER_MOVE
    } | {other.pk for other in others if phrases.intersection(_names(other.title))}
    likeness = _likeness(assessment, others)
    moves = [
        Move(
            role=other,
            gap=gap(score, other.score),
            named=other.pk in named,
            neighbour=other in neighbours,
            same_country=other.country == role.country != "",
            kindred=other.of_family or other.sector == role.sector != "",
            likeness=likeness.get(other.pk, 0),
            comparable_pay=_comparable_pay(role, other),
            published=beside_a_move(other, index) if other.country == role.country else (),
        )
        for other in others
        if other.score is not None
    ]
    feasible = [move for move in moves if move.named or _is_feasible(move, role, scored)]
    return sorted(feasible, key=lambda move: move.feasibility)[:MOST_SAFER]


def _is_feasible(move: Move, role: Role, scored: Score) -> bool:
    """Whether a move that the assessment does not name is worth naming: better, and not abroad."""
    better = ZONES.index(Zone(move.role.zone)) < ZONES.index(scored.zone)
    abroad = move.role.country not in ("", role.country) and role.country != ""
    return better and not abroad


def _candidates(role: Role, scored: Score, neighbours: list[Role], phrases: set[str]) -> list[Any]:
    """Roles of a higher score: neighbours up to two steps away, kindred ones, and named ones.

    Each with ``of_family``, whether its codes are kindred.
    """
    higher = Role.objects.public().exclude(pk=role.pk).filter(score__gt=scored.published_score)
    higher = higher.only(*COLUMNS).annotate(of_family=_of_family(role))
    naming = RoleRelation.objects.filter(
        assessment__role__in=neighbours, assessment__status=Status.PUBLISHED
    )
    reached = higher.alias(name=bare_title()).filter(
        Q(pk__in=[neighbour.pk for neighbour in neighbours])
        | Q(pk__in=naming.values("role"))
        | Q(name__in=phrases)
    )
    close = higher.better_than(Zone(scored.zone)).filter(_kindred(role))
    if role.country:
        close = close.filter(country__in=[role.country, ""])
    close = close.order_by("score", "pk")[:MOST_CONSIDERED]
    return list(reached.order_by().union(close))


def _likeness(assessment: Assessment, others: Iterable[Role]) -> Mapping[int, int]:
    """How alike the tasks of other roles are to these, 0..100, weighted by the share of time."""
    names: dict[int, list[str]] = defaultdict(list)
    tasks = Task.objects.filter(
        assessment__role__in=list(others), assessment__status=Status.PUBLISHED
    )
    for key, name in tasks.values_list("assessment__role", "name"):
        names[key].append(name)
    return {
        key: int(
            sum(
                float(task.time) * max(fuzz.token_set_ratio(task.name, name) for name in theirs)
                for task in assessment.tasks.all()
            )
            / 100
        )
        for key, theirs in names.items()
    }


def _comparable_pay(one: Role, other: Role) -> bool:
    known = one.pay_low is not None and other.pay_low is not None
    return known and (one.pay_currency, one.country) == (other.pay_currency, other.country)


def _names(title: str) -> set[str]:
    """What prose calls a role: its title, or its field where the title has a word after that.

    "Clinical Documentation Improvement Specialist" is named by its first three words too.
    """
    name = title.lower().partition(" (")[0]
    words = name.split()
    return {name, " ".join(words[:-1])} if len(words) > 2 else {name}


def _phrases(texts: Iterable[str]) -> set[str]:
    """Every run of words within a sentence that could be a title, also in the singular."""
    phrases: set[str] = set()
    for clause in re.split(r"[.,;:()!?]", " . ".join(texts).lower()):
        words = clause.split()
        for start in range(len(words)):
            for end in range(start + 1, min(start + LONGEST_TITLE, len(words)) + 1):
                phrase = " ".join(words[start:end])
                phrases |= {phrase, phrase.removesuffix("s")}
    return phrases

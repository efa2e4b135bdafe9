"""Figures about a score: gaps, where they come from, and margins (section 5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import factorial
from typing import Any

from scoring import formula
from scoring.dimensions import (
    DIMENSION_GROUPS,
    GROWTH,
    PUBLISHED_SCORE,
    TASK_SCORE,
    WHOLE_TIME,
    DimensionGroup,
    Mode,
)
from scoring.figures import Score
from scoring.formula import rounded
from scoring.inputs import Inputs, TaskInput
from scoring.method import Method
from scoring.zones import Zone, zone_of


def gap(published_score: Decimal, neighbour: Decimal) -> Decimal:
    """This published score minus the neighbour's, in points, one decimal."""
    return rounded(published_score - neighbour, 1)


def outside(points: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """How far a score is above a band of scores, below 0 if under it; 0 within, ends included."""
    return gap(points, min(max(points, low), high))


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a published score is from the nearest zone boundary."""

    points: Decimal
    """At or above the boundary when 0 or more, below it when negative; one decimal."""
    zone: Zone
    """The zone on the other side of the boundary."""


def margin(published_score: Decimal, method: Method) -> Margin:
    """The nearest zone boundary of a published score (0..100, one decimal)."""
    boundary = min(method.boundaries, key=lambda boundary: abs(published_score - boundary))
    points = gap(published_score, boundary)
    other_side = boundary if points < 0 else boundary - Decimal("0.1")
    return Margin(points, zone_of(other_side, method))


class Factor(StrEnum):
    """What a difference between two published scores can come from."""

    TASKS = "task resistance"
    ADJUSTMENT = "adjustment"
    EVIDENCE = "evidence"
    BARRIERS = "barriers"
    GROWTH = "AI growth"
    METHOD = "version of the method"
    CLAMPING = "end of the scale"
    OVERRIDE = "override"


def best_score(method: Method) -> Score:
    """The score of the best ratings there are: 100, for the formula's own is held there."""
    everything = TaskInput("Everything", WHOLE_TIME, TASK_SCORE.low, Mode.NOT_INVOLVED)
    return Score(
        Inputs(
            tasks=(everything,),
            growth=GROWTH.high,
            **{group.name: _highest(group) for group in DIMENSION_GROUPS},
        ),
        method,
    )


def _highest(group: DimensionGroup) -> Any:
    return dict.fromkeys(group.dimensions, group.scale.high)


def contributions(score: Score, other: Score) -> dict[Factor, Fraction]:
    """The points that each factor adds to ``score`` over ``other``.

    Shapley values: what a factor changes, averaged over every order in which the factors can
    be changed from the other's to this one's, so that no order is preferred. They sum to the
    difference of the formula scores exactly, as they are before they are held to 0..100. Holding
    them there is a part of its own, and so is the override, which acts after the formula: it and
    the rounding of the last step.
    """
    ours, theirs = _Mix.of(score), _Mix.of(other)
    factors = [
        factor for factor in _CHANGES if factor is not Factor.METHOD or ours.method != theirs.method
    ]

    @cache
    def points(changed: frozenset[Factor]) -> Fraction:
        return theirs.taking(ours, changed).formula_score()

    parts = {factor: _shapley(factor, factors, points) for factor in factors}
    both = [(score, ours), (other, theirs)]
    clamped = [mix.clamping() for _, mix in both]
    moved = [Fraction(one.published_score) - mix.held() for one, mix in both]
    return {
        **parts,
        Factor.CLAMPING: clamped[0] - clamped[1],
        Factor.OVERRIDE: moved[0] - moved[1],
    }


def in_tenths(points: Mapping[Factor, Fraction]) -> dict[Factor, Decimal]:
    """Contributions with one decimal that still add up to their exact sum, itself in tenths.

    Each is rounded down, and the tenths that are missing go to those that lost the most.
    """
    tenths = {factor: (value * 10).__floor__() for factor, value in points.items()}
    missing = round(sum(points.values()) * 10) - sum(tenths.values())
    by_loss = sorted(points, key=lambda factor: tenths[factor] - points[factor] * 10)
    for factor in by_loss[:missing]:
        tenths[factor] += 1
    return {factor: Decimal(value).scaleb(-1) for factor, value in tenths.items()}


def _shapley(
    factor: Factor, factors: list[Factor], points: Callable[[frozenset[Factor]], Fraction]
) -> Fraction:
    others = [other for other in factors if other is not factor]
    total = Fraction(0)
    for size in range(len(factors)):
        weight = Fraction(
            factorial(size) * factorial(len(factors) - size - 1), factorial(len(factors))
        )
        for before in map(frozenset, combinations(others, size)):
            total += weight * (points(before | {factor}) - points(before))
    return total


@dataclass(frozen=True, slots=True)
class _Mix:
    """What the formula takes, some of it from one score and some from another."""

    weighted: Decimal
    adjustment: Decimal
    """What the adjustment adds to the raw task resistance."""
    evidence_total: int
    barrier_total: int
    growth: int
    method: Method

    @classmethod
    def of(cls, score: Score) -> "_Mix":
        return cls(
            score.weighted,
            score.task_resistance - score.task_resistance_raw,
            score.evidence_total,
            score.barrier_total,
            score.growth,
            score.method,
        )

    def taking(self, other: "_Mix", factors: frozenset[Factor]) -> "_Mix":
        names = {_CHANGES[factor] for factor in factors}
        return _Mix(
            **{name: getattr(other if name in names else self, name) for name in _CHANGES.values()}
        )

    def formula_score(self) -> Fraction:
        """The formula of section 2, neither clamped nor rounded."""
        by = self.method
        raw = (
            Fraction(formula.task_resistance(self.weighted, by) + self.adjustment)
            * Fraction(formula.evidence_modifier(self.evidence_total, by))
            * Fraction(formula.barrier_modifier(self.barrier_total, by))
            * Fraction(formula.growth_modifier(self.growth, by))
        )
        slope, start = formula.score_line(by)
        return slope * raw + start

    def held(self) -> Fraction:
        """The formula score as it counts, clamped to 0..100."""
        return PUBLISHED_SCORE.held(self.formula_score())

    def clamping(self) -> Fraction:
        """What that adds."""
        return self.held() - self.formula_score()


_CHANGES = {
    Factor.TASKS: "weighted",
    Factor.ADJUSTMENT: "adjustment",
    Factor.EVIDENCE: "evidence_total",
    Factor.BARRIERS: "barrier_total",
    Factor.GROWTH: "growth",
    Factor.METHOD: "method",
}
"""What each factor of the formula changes."""

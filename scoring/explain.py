"""Figures about a score: gaps, where they come from, and margins (section 5)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import factorial

from scoring import method
from scoring.formula import Score
from scoring.method import Zone, rounded, zone_of


def gap(published_score: Decimal, neighbour: Decimal) -> Decimal:
    """This published score minus the neighbour's, in points, one decimal."""
    return rounded(published_score - neighbour, 1)


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a published score is from the nearest zone boundary."""

    points: Decimal
    """At or above the boundary when 0 or more, below it when negative; one decimal."""
    zone: Zone
    """The zone on the other side of the boundary."""


def margin(published_score: Decimal) -> Margin:
    """The nearest zone boundary of a published score (0..100, one decimal)."""
    boundary = min(
        (method.YELLOW_FROM, method.GREEN_FROM),
        key=lambda boundary: abs(published_score - boundary),
    )
    points = gap(published_score, boundary)
    other_side = boundary if points < 0 else boundary - Decimal("0.1")
    return Margin(points, zone_of(other_side))


class Factor(StrEnum):
    """What a difference between two published scores can come from."""

    TASKS = "task resistance"
    ADJUSTMENT = "adjustment"
    EVIDENCE = "evidence"
    BARRIERS = "barriers"
    GROWTH = "AI growth"
    OVERRIDE = "override"


def contributions(score: Score, other: Score) -> dict[Factor, Fraction]:
    """The points that each factor adds to ``score`` over ``other``.

    Shapley values: what a factor changes, averaged over every order in which the factors can
    be changed from the other's to this one's, so that no order is preferred. They sum to the
    difference of the published scores exactly. The override acts after the formula and
    carries the rounding of the last step.
    """
    formula: list[Factor] = [factor for factor in Factor if factor is not Factor.OVERRIDE]
    ours, theirs = _parts(score), _parts(other)

    @cache
    def points(changed: frozenset[Factor]) -> Fraction:
        return _formula_score(
            {factor: (ours if factor in changed else theirs)[factor] for factor in formula}
        )

    found: dict[Factor, Fraction] = {
        factor: sum(
            (
                Fraction(
                    factorial(len(before)) * factorial(len(formula) - len(before) - 1),
                    factorial(len(formula)),
                )
                * (points(frozenset(before) | {factor}) - points(frozenset(before)))
                for size in range(len(formula))
                for before in combinations([f for f in formula if f is not factor], size)
            ),
            Fraction(0),
        )
        for factor in formula
    }
    ours_after = Fraction(score.published_score) - points(frozenset(formula))
    theirs_after = Fraction(other.published_score) - points(frozenset())
    return {**found, Factor.OVERRIDE: ours_after - theirs_after}


def in_tenths(points: dict[Factor, Fraction]) -> dict[Factor, Decimal]:
    """Contributions with one decimal that still add up to their exact sum, itself in tenths.

    Each is rounded down, and the tenths that are missing go to those that lost the most.
    """
    tenths = {factor: (value * 10).__floor__() for factor, value in points.items()}
    missing = round(sum(points.values()) * 10) - sum(tenths.values())
    by_loss = sorted(points, key=lambda factor: tenths[factor] - points[factor] * 10)
    for factor in by_loss[:missing]:
        tenths[factor] += 1
    return {factor: Decimal(value) / 10 for factor, value in tenths.items()}


def _parts(score: Score) -> dict[Factor, Fraction]:
    return {
        Factor.TASKS: Fraction(score.task_resistance_raw),
        Factor.ADJUSTMENT: Fraction(score.task_resistance - score.task_resistance_raw),
        Factor.EVIDENCE: Fraction(score.evidence_modifier),
        Factor.BARRIERS: Fraction(score.barrier_modifier),
        Factor.GROWTH: Fraction(score.growth_modifier),
    }


def _formula_score(parts: dict[Factor, Fraction]) -> Fraction:
    """The formula of section 2 over mixed parts, clamped to 0..100, not rounded."""
    raw = (
        (parts[Factor.TASKS] + parts[Factor.ADJUSTMENT])
        * parts[Factor.EVIDENCE]
        * parts[Factor.BARRIERS]
        * parts[Factor.GROWTH]
    )
    score = (raw - Fraction(method.CURRENT.raw_floor)) / Fraction(method.CURRENT.raw_span) * 100
    return min(
        max(score, Fraction(method.PUBLISHED_SCORE.low)), Fraction(method.PUBLISHED_SCORE.high)
    )

"""Figures about a score: gaps and margins, ready to be said in words (section 5)."""

from dataclasses import dataclass
from decimal import Decimal

from scoring import method
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

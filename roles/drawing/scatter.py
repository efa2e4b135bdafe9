"""Two figures of each role as points: the score from left to right, another one upwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.dimensions import Range

HEIGHT = 260
"""Pixels between the lowest and the highest value."""


@dataclass(frozen=True, slots=True)
class Scatter:
    """Points in the order in which they were given."""

    places: list[tuple[Decimal, int]]
    """The score in percent of the width, and pixels below the top."""
    low: Decimal
    high: Decimal
    """The values at the foot and at the top."""

    @classmethod
    def of(cls, points: Sequence[tuple[Decimal, Decimal | int]], within: Range | None) -> "Scatter":
        """Place scores (0..100) and values, on the scale of the values or from least to most."""
        values = [Decimal(value) for _, value in points]
        low = Decimal(within.low) if within else min(values, default=Decimal(0))
        high = Decimal(within.high) if within else max(values, default=Decimal(1))
        span = (high - low) or Decimal(1)
        places = [
            (score, round(HEIGHT * (high - value) / span))
            for (score, _), value in zip(points, values, strict=True)
        ]
        return cls(places, low, high)

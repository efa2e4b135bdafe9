"""Marks on the line from 0 to 100, each at its score and none on another.

Places along the line are percents, so that a drawing fits every screen; sizes and heights are
pixels. A wider line only moves marks further apart, so those that stand clear of each other on
the narrowest one do so everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from scoring.dimensions import PUBLISHED_SCORE

NARROWEST = 272
"""Pixels from 0 to 100 on the narrowest screen, of 320 pixels."""
SMALLEST, LARGEST = 7, 18
"""Half the side of a mark, in pixels: one without an amount or with the least, and the largest."""
MARGIN = 1
"""Pixels of air around a mark."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark stands: its middle, and half its side."""

    score: Decimal
    """Percent of the line from its start."""
    y: int
    """Pixels from the top of the drawing."""
    radius: int
    """Pixels."""

    @property
    def left(self) -> int:
        """How far its upper left corner is left of its middle, in pixels."""
        return -self.radius

    @property
    def top(self) -> int:
        """Where it begins, in pixels from the top of the drawing."""
        return self.y - self.radius

    @property
    def side(self) -> int:
        """How wide and how high it is, in pixels."""
        return 2 * self.radius


@dataclass(frozen=True, slots=True)
class Swarm:
    """A drawing of marks: a place for each, in the order in which they were given."""

    places: list[Place]
    height: int
    """Pixels."""

    @classmethod
    def of(cls, marks: Sequence[tuple[Decimal, int]]) -> "Swarm":
        """Place marks of a score (0..100) and a radius (pixels) as near to the line as they fit.

        The largest are placed first, since small ones find room beside them.
        """
        order = sorted(range(len(marks)), key=lambda n: (-marks[n][1], marks[n][0], n))
        offsets: dict[int, int] = {}
        for number in order:
            offsets[number] = _nearest_free(marks, number, offsets)
        top = min((offsets[n] - radius for n, (_, radius) in enumerate(marks)), default=0)
        foot = max((offsets[n] + radius for n, (_, radius) in enumerate(marks)), default=0)
        return cls(
            [
                Place(score, offsets[number] - top + MARGIN, radius)
                for number, (score, radius) in enumerate(marks)
            ],
            foot - top + 2 * MARGIN,
        )


def radius_of(amount: int | None, most: int) -> int:
    """The radius of a mark whose area stands for an amount, of which ``most`` is the largest."""
    if not amount or not most:
        return SMALLEST
    return max(SMALLEST, round(LARGEST * sqrt(amount / most)))


def _nearest_free(marks: Sequence[tuple[Decimal, int]], number: int, placed: dict[int, int]) -> int:
    """The offset from the line, in pixels, that is nearest to it and leaves every mark clear."""
    score, radius = marks[number]
    beside = [
        (offset, marks[other][1] + radius + MARGIN)
        for other, offset in placed.items()
        if abs(marks[other][0] - score) * NARROWEST
        < (marks[other][1] + radius + MARGIN) * PUBLISHED_SCORE.high
    ]
    candidates = [0, *(offset + side * room for offset, room in beside for side in (-1, 1))]
    free = [y for y in candidates if all(abs(y - offset) >= room for offset, room in beside)]
    return min(free, key=lambda y: (abs(y), y))

"""Scores with their names on the line from 0 to 100."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Self

from scoring.zones import Zone

MARK_WIDTH = Decimal(24)
"""Points that a mark's number takes up on the narrowest screen, with text twice as large."""
STRIP = Decimal("3.6")
"""Height of the line with its scale, in heights of its letters, so that it grows with the text."""
ROW = Decimal("1.3")
"""Height of a row of numbers under it."""

NARROWEST_BAND = Decimal("0.5")
"""Points that a band of scores is drawn with at least."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A score with its name, as it stands on the line from 0 to 100."""

    title: str
    score: Decimal
    zone: Zone
    standing: str
    """What the score rests on."""
    row: int
    """Marks too close to stand beside each other stand in rows, from 0."""

    @property
    def number_y(self) -> Decimal:
        """The baseline of its number, in heights of a letter."""
        return STRIP + 1 + ROW * self.row

    @classmethod
    def in_rows(cls, scores: Iterable[tuple[str, Decimal, Zone, str]]) -> list[Self]:
        """Marks from the lowest score up, each in the first row where it has room.

        Those of one score stand on one another, since their number is the same.
        """
        ends: list[Decimal] = []
        marks: list[Self] = []
        for title, points, zone, standing in sorted(scores, key=lambda named: named[1]):
            if marks and marks[-1].score == points:
                row = marks[-1].row
            else:
                row = next((n for n, end in enumerate(ends) if points >= end), len(ends))
                ends[row : row + 1] = [points + MARK_WIDTH]
            marks.append(cls(title, points, zone, standing, row))
        return marks


def strip_height(marks: Sequence[Mark]) -> Decimal:
    """The height of a strip with the numbers of these marks under it, in heights of a letter."""
    return STRIP + ROW * max((mark.row + 1 for mark in marks), default=0)


def band_width(low: Decimal, high: Decimal) -> Decimal:
    """How wide a band of scores is on the line, at least so much that it can be seen."""
    return max(high - low, NARROWEST_BAND)


def text_anchor(points: Decimal) -> Literal["start", "middle", "end"]:
    """How a number stands at its place (0..100), so that it does not leave the drawing."""
    if points < 6:
        return "start"
    return "end" if points > 94 else "middle"

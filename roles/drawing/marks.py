"""Scores with their names on the line from 0 to 100."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from scoring.method import Zone


@dataclass(frozen=True, slots=True)
class Mark:
    """A score with its name, as it stands on the line from 0 to 100."""

    title: str
    score: Decimal
    zone: Zone
    row: int
    """Marks too close to stand beside each other stand in rows, from 0."""

    @classmethod
    def in_rows(cls, scores: Iterable[tuple[str, Decimal, Zone]]) -> list[Self]:
        """Marks from the lowest score up, each in the first row where it has room.

        Those of one score stand on one another, since their number is the same.
        """
        ends: list[Decimal] = []
        marks: list[Self] = []
        for title, points, zone in sorted(scores, key=lambda named: named[1]):
            if marks and marks[-1].score == points:
                row = marks[-1].row
            else:
                row = next((n for n, end in enumerate(ends) if points >= end), len(ends))
                ends[row : row + 1] = [points + MARK_WIDTH]
            marks.append(cls(title, points, zone, row))
        return marks


MARK_WIDTH = Decimal(13)
"""Points that a mark's number takes up on the narrowest screen."""

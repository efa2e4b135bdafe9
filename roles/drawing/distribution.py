"""How roles lie on the line from 0 to 100, as bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from scoring.dimensions import PUBLISHED_SCORE
from scoring.zones import Zone

STEPS = 20
"""Steps of five points on the line from 0 to 100."""
WIDTH = PUBLISHED_SCORE.high // STEPS


def step_of(score: Decimal) -> int:
    """The step that a score (0..100) is in; 100 is in the last one."""
    return min(int(score // WIDTH), STEPS - 1)


@dataclass(frozen=True, slots=True)
class Peak:
    """The step of the score in which most roles lie: from, up to, and how many."""

    low: int
    high: int
    roles: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """How roles lie on the line from 0 to 100: outlines of bars on a ground of 100 by 50."""

    everyone: str
    """The bars of all roles."""
    found: list[tuple[Zone, str]]
    """The bars of those found, of one zone on the other."""
    peak: Peak | None
    """Where most of those found lie; None where none is found."""

    @classmethod
    def of(cls, everyone: Sequence[int], found: Mapping[Zone, Sequence[int]]) -> Self:
        """The bars of these counts by steps; the highest is as high as the ground."""
        most = max(everyone) or 1
        below = [0] * STEPS
        outlines = []
        for zone, counts in found.items():
            bars = [_bar(step, many, most, below[step]) for step, many in enumerate(counts)]
            below = [low + many for low, many in zip(below, counts, strict=True)]
            outlines.append((zone, "".join(bars)))
        bars_of_all = "".join(_bar(step, many, most) for step, many in enumerate(everyone))
        return cls(
            bars_of_all, [(zone, outline) for zone, outline in outlines if outline], _peak(below)
        )


def _peak(found: list[int]) -> Peak | None:
    roles = max(found)
    low = found.index(roles) * WIDTH
    return Peak(low, low + WIDTH, roles) if roles else None


def _bar(step: int, many: int, most: int, below: int = 0) -> str:
    """The outline of one bar, as high as its part of ``most`` in whole pixels; or nothing."""
    if not many:
        return ""
    foot, top = -(-below * 50 // most), -(-(below + many) * 50 // most)
    return f"M{step * WIDTH} {50 - foot}v-{top - foot}h4.6v{top - foot}z"

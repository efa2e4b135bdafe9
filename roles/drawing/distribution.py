"""How roles lie on the line from 0 to 100, as bars."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from scoring.method import Zone, zone_of

BINS = 20
"""Steps of five points on the line from 0 to 100."""
ZONES = {step: zone_of(Decimal(step * 100 // BINS)) for step in range(BINS)}
"""The zone in which each step begins."""


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
    """The bars of those found, of one zone after the other."""
    peak: Peak | None
    """Where most of those found lie; None where none is found."""

    @classmethod
    def of(cls, everyone: list[int], found: list[int]) -> Self:
        """The bars of these counts by steps; the highest is as high as the ground."""
        most = max(everyone) or 1
        zones = dict.fromkeys(ZONES.values(), "")
        for step, zone in ZONES.items():
            zones[zone] += _bar(step, found[step], most)
        bars = "".join(_bar(step, many, most) for step, many in enumerate(everyone))
        outlines = [(zone, outline) for zone, outline in zones.items() if outline]
        return cls(bars, outlines, _peak(found))


def _peak(found: list[int]) -> Peak | None:
    roles = max(found)
    width = 100 // BINS
    low = found.index(roles) * width
    return Peak(low, low + width, roles) if roles else None


def _bar(step: int, many: int, most: int) -> str:
    """The outline of one bar, as high as its part of ``most`` in whole pixels; or nothing."""
    height = -(-many * 50 // most)
    return f"M{step * 100 // BINS} 50v-{height}h4.6v{height}z" if height else ""

"""Where the points of a score come from, as bars that lead from one score to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cached_property
from itertools import accumulate, pairwise
from math import ceil, floor
from typing import Literal

from scoring.dimensions import PUBLISHED_SCORE, Range
from scoring.explain import Factor, best_score, contributions, in_tenths
from scoring.figures import Score
from scoring.formula import rounded

UNIT = 10
"""Points to which the ends of an axis are rounded out."""
ROOM = Decimal(18)
"""Percent of the axis that the number of a tick takes up on the narrowest screen."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one factor adds, and the score that it leads to; its bar in percent of the axis."""

    factor: str
    points: Decimal
    reached: Decimal
    start: Decimal
    width: Decimal

    @property
    def direction(self) -> Literal["for", "against"]:
        """Whether it raises the score or lowers it."""
        return "for" if self.points > 0 else "against"


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis, in percent of it."""

    points: Decimal
    at: Decimal


@dataclass(frozen=True, slots=True)
class End:
    """A score at which a waterfall begins or ends, and its place in percent of the axis."""

    name: str
    points: Decimal
    at: Decimal


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The steps that lead from one published score to another, and add up to the difference."""

    start: End
    steps: list[Step]
    end: End
    ticks: list[Tick]
    """The ends of the axis, and the zone boundaries that have room between them."""
    boundaries: list[Tick]
    """The zone boundaries that are on the axis."""


@dataclass(frozen=True)
class Way:
    """From one score to another, each with a name: what a waterfall is drawn of."""

    start_name: str
    start: Score
    end_name: str
    end: Score

    @cached_property
    def parts(self) -> Mapping[str, Decimal]:
        """The points of each factor that has any, in tenths, by what it is called.

        What a start was held back by comes first, so that the bars go down from where it was.
        """
        parts = in_tenths(contributions(self.end, self.start))
        if PUBLISHED_SCORE.high == self.start.published_score:
            parts = {Factor.CLAMPING: parts.pop(Factor.CLAMPING), **parts}
        overridden = any(one.inputs.override is not None for one in (self.start, self.end))
        return {
            "rounding" if factor is Factor.OVERRIDE and not overridden else str(factor): points
            for factor, points in parts.items()
            if points
        }

    @property
    def levels(self) -> list[Decimal]:
        """The scores that are reached one after the other, from the start to the end."""
        return list(accumulate(self.parts.values(), initial=self.start.published_score))


def from_the_best(score: Score, name: str) -> Waterfall:
    """From the best conceivable score to this one, on the whole line from 0 to 100."""
    way = Way("Best conceivable", best_score(score.method), name, score)
    low, high = _axis([way])
    return _waterfall(way, Range(min(low, PUBLISHED_SCORE.low), max(high, PUBLISHED_SCORE.high)))


def on_one_scale(ways: Sequence[Way]) -> list[Waterfall]:
    """Several on an axis that has room for all of them, so that their bars can be compared."""
    if not ways:
        return []
    axis = _axis(ways)
    return [_waterfall(way, axis) for way in ways]


def _axis(ways: Sequence[Way]) -> Range:
    levels = [level for way in ways for level in way.levels]
    low, high = floor(min(levels) / UNIT), ceil(max(levels) / UNIT)
    return Range(low * UNIT, max(high, low + 1) * UNIT)


def _waterfall(way: Way, axis: Range) -> Waterfall:
    def at(points: Decimal) -> Decimal:
        with localcontext(prec=28):
            return rounded((points - axis.low) * 100 / (axis.high - axis.low), 2)

    steps = [
        Step(factor, points, after, at(min(before, after)), abs(at(after) - at(before)))
        for (factor, points), (before, after) in zip(
            way.parts.items(), pairwise(way.levels), strict=True
        )
    ]
    boundaries = [
        Tick(points, at(points)) for points in way.end.method.boundaries if points in axis
    ]
    ends = [Tick(Decimal(points), at(Decimal(points))) for points in axis]
    between = [tick for tick in boundaries if ROOM <= tick.at <= 100 - ROOM]
    return Waterfall(
        End(way.start_name, way.levels[0], at(way.levels[0])),
        steps,
        End(way.end_name, way.levels[-1], at(way.levels[-1])),
        [ends[0], *between, ends[1]],
        boundaries,
    )

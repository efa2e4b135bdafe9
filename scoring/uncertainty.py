"""How far a score moves when its ratings move by a step, worked out exactly (section 8).

Everything is counted in whole numbers: shares of time in tenths of a percent, so the weighted
total and task resistance in thousandths, scores in tenths of a point, and probabilities in ways,
of which each rating has as many as the denominator of its chance to move.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from scoring import formula
from scoring.dimensions import (
    BARRIERS,
    EVIDENCE,
    GROWTH,
    GROWTH_NAME,
    PUBLISHED_SCORE,
    TASK_RESISTANCE,
    TASK_SCORE,
    Range,
)
from scoring.inputs import InputPart
from scoring.method import Method
from scoring.zones import Zone, zone_of

if TYPE_CHECKING:
    # The figures of a score are worked out here, from its inputs and its method.
    from scoring.figures import Score

CLEARLY_HIGHER = Fraction(3, 4)
"""The chance from which on one of two roles is said to score higher."""

IN_TENTHS = Range(PUBLISHED_SCORE.low * 10, PUBLISHED_SCORE.high * 10)
"""What a published score can be, in tenths of a point."""
IN_THOUSANDTHS = Range(TASK_RESISTANCE.low * 1000, TASK_RESISTANCE.high * 1000)
"""What task resistance can be, in thousandths."""

type Ways = Mapping[int, int]
"""In how many ways each whole number comes about."""


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What the published score could be if every rating could be a step off."""

    outcomes: Mapping[Decimal, Fraction]
    """The probability of each published score there can be, the lowest first; they sum to 1."""
    low: Decimal
    """Where the range begins: 0..100, one decimal, at most the published score."""
    high: Decimal
    """Where the range ends: 0..100, one decimal, at least the published score."""
    chances: Mapping[Zone, Fraction]
    """The probability of each zone, the best first; they sum to 1."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """One rating, and what it would have to be for the score to be in another zone."""

    part: InputPart
    item: int | StrEnum | None
    """The task's position from 0, or the dimension; None for growth."""
    name: str
    """What the task, the dimension or growth is called."""
    rated: int
    becomes: int
    score: Decimal
    """The published score that follows, one decimal."""
    zone: Zone
    """The zone of that score."""

    @property
    def steps(self) -> int:
        """By how many steps the rating moves, 1..4."""
        return abs(self.becomes - self.rated)


def uncertainty(score: "Score") -> Uncertainty:
    """How far the published score moves when its ratings move by a step.

    Each is one lower or one higher with the method's ``step_chance``, on its own, and stays on its
    scale. The range leaves out at most ``range_tail`` at either end and holds the published score.
    """
    found = sorted(_ways(_Published.of(score)).items())
    ways = {_in_points(tenths): many for tenths, many in found}
    total, tail = sum(ways.values()), Fraction(score.method.range_tail)
    of_zones = _summed((zone_of(points, score.method), many) for points, many in ways.items())
    return Uncertainty(
        outcomes={points: Fraction(many, total) for points, many in ways.items()},
        low=min(_reached(ways, total * tail), score.published_score),
        high=max(_reached(ways, total * (1 - tail)), score.published_score),
        chances={zone: Fraction(of_zones.get(zone, 0), total) for zone in Zone},
    )


@lru_cache(maxsize=1_000)
def _ways(published: "_Published") -> Ways:
    """Kept, since a save, a page and a comparison ask for those of the same ratings."""
    return published.ways()


def chance_higher(one: Uncertainty, other: Uncertainty) -> Fraction:
    """The probability that the first scores higher, both taken as independent; ties count half."""
    chance = lower = Fraction(0)
    others = iter(other.outcomes.items())
    points, share = next(others)
    for ours, ours_share in one.outcomes.items():
        while points < ours:
            lower += share
            points, share = next(others, (Decimal("Infinity"), Fraction(0)))
        chance += ours_share * (lower + (share / 2 if points == ours else 0))
    return chance


def about_the_same(one: Uncertainty, other: Uncertainty) -> bool:
    """Whether neither of two roles clearly scores higher, whatever their published scores."""
    return 1 - CLEARLY_HIGHER < chance_higher(one, other) < CLEARLY_HIGHER


def in_percent(chance: Fraction) -> Decimal:
    """A probability in percent, 0..100, two decimals."""
    return Decimal((chance * 10_000 + Fraction(1, 2)) // 1).scaleb(-2)


def smallest_crossing(score: "Score") -> Crossing | None:
    """The single rating that puts the score into another zone by the fewest steps, or None.

    Of several the task with the highest share of time, then evidence, barriers and growth in the
    order of the document; of a lower and a higher rating the lower one.
    """
    published = _Published.of(score)
    by_time = sorted(published.ratings, key=lambda rating: -rating.weight)
    crossings = (
        Crossing(rating.part, rating.item, rating.name, rating.value, value, points, zone)
        for rating in by_time
        for value in rating.scale.scores
        for points in [_in_points(published.after(rating, value))]
        for zone in [zone_of(points, score.method)]
        if zone is not score.zone
    )
    return min(crossings, key=lambda crossing: crossing.steps, default=None)


@dataclass(frozen=True, slots=True)
class _Rating:
    """A whole-number rating that the formula takes."""

    part: InputPart
    item: int | StrEnum | None
    name: str
    value: int
    scale: Range
    weight: int
    """How much a step adds to the total of its part."""

    def moved(self, step_chance: Fraction) -> Ways:
        """In how many ways it comes to each value, one step off at most."""
        either, total = step_chance.numerator, step_chance.denominator
        ways: dict[int, int] = defaultdict(int)
        for step, many in ((-1, either), (0, total - 2 * either), (1, either)):
            ways[self.scale.held(self.value + step)] += many
        return ways


def _ratings(score: "Score") -> Iterator[_Rating]:
    """Every rating that the formula takes, in the order of the document."""
    for index, task in enumerate(score.inputs.tasks):
        assert task.time is not None
        assert task.score is not None
        tenths = int(task.time * 10)
        yield _Rating(InputPart.TASKS, index, task.name, task.score, TASK_SCORE, tenths)
    for group in (EVIDENCE, BARRIERS):
        for name in group.dimensions:
            value = score.inputs.scores_of(group)[name]
            yield _Rating(InputPart(group.name), name, name, value, group.scale, weight=1)
    yield _Rating(InputPart.GROWTH, None, GROWTH_NAME, score.growth, GROWTH, weight=1)


@dataclass(frozen=True, slots=True)
class _Published:
    """The published score as its ratings move, with adjustment and override going on as now."""

    method: Method
    ratings: tuple[_Rating, ...]
    adjustment: int | None
    """What the adjustment adds to task resistance, in thousandths."""
    override: int
    """What the override adds to the rounded formula score, in tenths of a point."""

    @classmethod
    def of(cls, score: "Score") -> "_Published":
        adjusted = score.inputs.adjusted_task_resistance is not None
        change = score.task_resistance - score.task_resistance_raw
        return cls(
            score.method,
            tuple(_ratings(score)),
            adjustment=int(change * 1000) if adjusted else None,
            override=int((score.published_score - score.formula_score) * 10),
        )

    def ways(self) -> Ways:
        """In how many ways each published score comes about, in tenths of a point."""
        resistances = self._resistances().items()
        scores: dict[int, int] = defaultdict(int)
        for modifier, many in self._modifiers().items():
            rise, start, per = _line(modifier, self.method)
            for resistance, ways in resistances:
                scores[(resistance * rise + start) // per] += ways * many
        return _summed((self._overridden(tenths), ways) for tenths, ways in scores.items())

    def after(self, rating: _Rating, value: int) -> int:
        """The published score in tenths of a point if one rating had another value."""
        totals = self._totals()
        totals[rating.part] += (value - rating.value) * rating.weight
        modifier = Fraction(1)
        for part, modifier_of in _MODIFIERS.items():
            modifier *= Fraction(modifier_of(totals[part], self.method))
        rise, start, per = _line(modifier, self.method)
        return self._overridden((self._resistance(totals[InputPart.TASKS]) * rise + start) // per)

    def _totals(self) -> dict[InputPart, int]:
        totals: dict[InputPart, int] = defaultdict(int)
        for rating in self.ratings:
            totals[rating.part] += rating.value * rating.weight
        return totals

    def _sums(self, part: InputPart) -> Ways:
        """In how many ways each total of one part comes about."""
        sums: Ways = {0: 1}
        for rating in self.ratings:
            if rating.part is part:
                moved = rating.moved(Fraction(self.method.step_chance))
                sums = _summed(
                    (total + value * rating.weight, ways * more)
                    for total, ways in sums.items()
                    for value, more in moved.items()
                )
        return sums

    def _resistances(self) -> Ways:
        weighted = self._sums(InputPart.TASKS)
        return _summed((self._resistance(total), ways) for total, ways in weighted.items())

    def _resistance(self, weighted: int) -> int:
        """Task resistance, in thousandths as the weighted total is."""
        raw = int(self.method.resistance_ceiling * 1000) - weighted
        if self.adjustment is None:
            return raw
        return IN_THOUSANDTHS.held(raw + self.adjustment)

    def _modifiers(self) -> dict[Fraction, int]:
        """In how many ways each product of the three modifiers comes about."""
        products = {Fraction(1): 1}
        for part, modifier_of in _MODIFIERS.items():
            modifiers = [
                (Fraction(modifier_of(total, self.method)), ways)
                for total, ways in self._sums(part).items()
            ]
            products = _summed(
                (product * modifier, ways * more)
                for product, ways in products.items()
                for modifier, more in modifiers
            )
        return products

    def _overridden(self, tenths: int) -> int:
        """The published score from what the formula gives before it is held within 0..100."""
        return IN_TENTHS.held(IN_TENTHS.held(tenths) + self.override)


_MODIFIERS = {
    InputPart.EVIDENCE: formula.evidence_modifier,
    InputPart.BARRIERS: formula.barrier_modifier,
    InputPart.GROWTH: formula.growth_modifier,
}


def _line(modifier: Fraction, method: Method) -> tuple[int, int, int]:
    """How the unclamped score, rounded half up, follows from task resistance in thousandths.

    In tenths of a point it is (resistance x rise + start) // per, for the three that are returned.
    """
    slope, offset = _in_tenths(method)
    return (
        slope.numerator * modifier.numerator * offset.denominator,
        offset.numerator * slope.denominator * modifier.denominator,
        slope.denominator * modifier.denominator * offset.denominator,
    )


@cache
def _in_tenths(method: Method) -> tuple[Fraction, Fraction]:
    """The formula's line in tenths over raw in thousandths, with the half that rounds up."""
    slope, offset = formula.score_line(method)
    return slope / 100, offset * 10 + Fraction(1, 2)


def _summed[N: (int, Fraction, Zone)](counted: Iterable[tuple[N, int]]) -> dict[N, int]:
    """The ways of each together."""
    ways: dict[N, int] = defaultdict(int)
    for one, many in counted:
        ways[one] += many
    return ways


def _reached(ways: Mapping[Decimal, int], enough: Fraction) -> Decimal:
    """The smallest score with at least so many ways at or below it; the lowest score is first."""
    so_far = accumulate(ways.values())
    return next(points for points, sum_ in zip(ways, so_far, strict=True) if sum_ >= enough)


def _in_points(tenths: int) -> Decimal:
    return Decimal(tenths).scaleb(-1)

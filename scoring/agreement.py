"""How far two sets of ratings of the same roles agree, worked out exactly."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scoring.dimensions import BARRIERS, DIMENSION_GROUPS, EVIDENCE, GROWTH_NAME, DimensionGroup
from scoring.figures import Score
from scoring.formula import rounded

FAR_APART = 10
"""More points than this between the two scores of a role are a large disagreement."""


@dataclass(frozen=True, slots=True)
class RatedTwice:
    """One role with the same tasks in the same order and shares of time, rated by two."""

    name: str
    first: Score
    second: Score

    @property
    def difference(self) -> Decimal:
        """Second minus first published score, in points, one decimal."""
        return self.second.published_score - self.first.published_score

    @property
    def changes_zone(self) -> bool:
        """Whether the second score is in another zone."""
        return self.second.zone is not self.first.zone

    @property
    def within_range(self) -> bool:
        """Whether the second score lies in the first one's range (section 8)."""
        return self.first.range_low <= self.second.published_score <= self.first.range_high

    @property
    def far_apart(self) -> bool:
        """Whether the two differ by a zone, or by more than ``FAR_APART`` points."""
        return self.changes_zone or abs(self.difference) > FAR_APART


@dataclass(frozen=True, slots=True)
class Compared:
    """The first and the second ratings of one input, or of one kind of input, over all roles."""

    label: str
    pairs: Sequence[tuple[int, int]]

    @property
    def ratings(self) -> int:
        """How many ratings there are of each."""
        return len(self.pairs)

    @property
    def kappa(self) -> Fraction | None:
        """Quadratic-weighted kappa, at most 1; see ``weighted_kappa``."""
        return weighted_kappa(self.pairs)

    @property
    def same(self) -> Fraction:
        """The share of ratings that are the same."""
        return Fraction(sum(first == second for first, second in self.pairs), self.ratings)

    @property
    def within_a_step(self) -> Fraction:
        """The share of ratings that are at most a step apart."""
        near = sum(abs(first - second) <= 1 for first, second in self.pairs)
        return Fraction(near, self.ratings)

    @property
    def mean_difference(self) -> Fraction:
        """Second minus first rating, in steps, on average."""
        return Fraction(sum(second - first for first, second in self.pairs), self.ratings)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two sets of ratings of the same roles have in common; there is at least one role."""

    roles: Sequence[RatedTwice]

    @property
    def kinds(self) -> list[Compared]:
        """Tasks, evidence, barriers, protective principles and growth, each taken together."""
        return [
            Compared("Tasks", self._tasks()),
            *(Compared(group.label, self._group(group)) for group in DIMENSION_GROUPS),
            self._growth(),
        ]

    @property
    def dimensions(self) -> list[Compared]:
        """Each dimension by itself, in the order of a document."""
        return [
            *(
                Compared(dimension, self._group(group, [dimension]))
                for group in DIMENSION_GROUPS
                for dimension in group.dimensions
            ),
            self._growth(),
        ]

    @property
    def different(self) -> Fraction:
        """The share that differs of the ratings that the formula takes."""
        rated = [*self._tasks(), *self._group(EVIDENCE), *self._group(BARRIERS)]
        return 1 - Compared("", [*rated, *self._growth().pairs]).same

    @property
    def same_mode(self) -> Fraction:
        """The share of tasks in which both say that AI takes the same part."""
        modes = [
            one.mode == other.mode
            for role in self.roles
            for one, other in zip(role.first.inputs.tasks, role.second.inputs.tasks, strict=True)
        ]
        return Fraction(sum(modes), len(modes))

    @property
    def mean_difference(self) -> Decimal:
        """Second minus first score, in points, on average, one decimal."""
        return self._mean(role.difference for role in self.roles)

    @property
    def mean_distance(self) -> Decimal:
        """Points between the two scores, whichever is higher, on average, one decimal."""
        return self._mean(abs(role.difference) for role in self.roles)

    @property
    def change_zone(self) -> int:
        """How many roles are in another zone by the second ratings."""
        return sum(role.changes_zone for role in self.roles)

    @property
    def within_range(self) -> int:
        """How many of the second scores lie in the first one's range (section 8)."""
        return sum(role.within_range for role in self.roles)

    @property
    def far_apart(self) -> list[RatedTwice]:
        """The roles on which the two disagree much, those furthest apart first."""
        found = (role for role in self.roles if role.far_apart)
        return sorted(found, key=lambda role: (-abs(role.difference), role.name))

    def _tasks(self) -> list[tuple[int, int]]:
        return [
            (one.score or 0, other.score or 0)
            for role in self.roles
            for one, other in zip(role.first.inputs.tasks, role.second.inputs.tasks, strict=True)
        ]

    def _group(
        self, group: DimensionGroup, dimensions: Iterable[StrEnum] = ()
    ) -> list[tuple[int, int]]:
        return [
            (role.first.inputs.scores_of(group)[name], role.second.inputs.scores_of(group)[name])
            for role in self.roles
            for name in dimensions or group.dimensions
        ]

    def _growth(self) -> Compared:
        growths = [(role.first.growth, role.second.growth) for role in self.roles]
        return Compared(GROWTH_NAME, growths)

    def _mean(self, points: Iterator[Decimal]) -> Decimal:
        return rounded(sum(points, Decimal(0)) / len(self.roles), 1)


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> Fraction | None:
    """Cohen's kappa with quadratic weights (Cohen, 1968): 1 agrees wholly, 0 as by chance.

    A disagreement counts by the square of its steps: the sum of these squares, over what it would
    be on average if each second rating stood beside any first one. None where that is nothing,
    because all ratings are one and the same.
    """
    observed = sum((first - second) ** 2 for first, second in pairs)
    firsts, seconds = [first for first, _ in pairs], [second for _, second in pairs]
    squares = sum(rating**2 for rating in (*firsts, *seconds))
    by_chance = squares - Fraction(2 * sum(firsts) * sum(seconds), max(len(pairs), 1))
    return 1 - observed / by_chance if by_chance else None

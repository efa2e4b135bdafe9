"""A week of one's own: other tasks and barriers, with everything else as in an assessment.

Adjustment and override go on as section 8 says, so the untouched mix gives the published score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Self

from scoring.dimensions import (
    PUBLISHED_SCORE,
    TASK_RESISTANCE,
    WHOLE_TIME,
    Barrier,
)
from scoring.figures import Score
from scoring.formula import score_line
from scoring.inputs import TaskInput
from scoring.zones import Zone, zone_of

STEP = Decimal("0.1")
"""The method takes shares of time in tenths of a percent."""
STEPS = int(WHOLE_TIME / STEP)
HALF = Fraction(1, 2)


def shares(tasks: Sequence[TaskInput]) -> list[Decimal]:
    """The percent of all their time that each task takes, one decimal, exactly 100 together.

    Times are 0 or more, of any unit and sum over 0. What is rounded is the running total, from
    the lowest score up: so moving time to a lower-scored task never raises the weighted total,
    and times that are percent already stay as they are.
    """
    times = [Fraction(task.time or 0) for task in tasks]
    total, so_far, steps_so_far = sum(times), Fraction(0), 0
    found = [Decimal(0)] * len(tasks)
    for index in sorted(range(len(tasks)), key=lambda index: tasks[index].score or 0):
        so_far += times[index]
        steps = floor(so_far / total * STEPS + HALF)
        found[index] = (steps - steps_so_far) * STEP
        steps_so_far = steps
    return found


@dataclass(frozen=True, slots=True)
class Shift:
    """The least time that has to go to one task until a score is in the next zone."""

    task: int
    """Which of the tasks grows, by its place."""
    percent: Decimal
    """Of the week, one decimal."""
    taken: list[tuple[int, Decimal]]
    """The tasks that it comes from, by their place, with the percent of the week from each."""
    mix: "Mix"
    """What comes of it."""


@dataclass(frozen=True)
class Mix:
    """Tasks and barriers of one's own; evidence, growth and method are those of ``base``.

    ``base`` is the score that an assessment has, with its adjustment and override if any.
    Times are 0 or more, of any sum over 0.
    """

    base: Score
    tasks: tuple[TaskInput, ...]
    barriers: Mapping[Barrier, int]

    @classmethod
    def untouched(cls, base: Score) -> Self:
        """The mix of the assessment itself."""
        return cls(base, base.inputs.tasks, base.inputs.barriers)

    @cached_property
    def shares(self) -> list[Decimal]:
        """Percent of the week for each task, one decimal."""
        return shares(self.tasks)

    @cached_property
    def score(self) -> Score:
        """What it scores, leaving out tasks that take less than a tenth of a percent."""
        shared = zip(self.tasks, self.shares, strict=True)
        inputs = replace(
            self.base.inputs.without_adjustment(),
            tasks=tuple(replace(task, time=share) for task, share in shared if share),
            barriers=self.barriers,
        )
        scored = Score(inputs, self.base.method)
        given = self.base.inputs
        if given.adjusted_task_resistance is not None:
            adjusted = TASK_RESISTANCE.held(scored.task_resistance_raw + self._adjustment)
            inputs = replace(
                inputs,
                adjusted_task_resistance=adjusted,
                adjustment_reason=given.adjustment_reason,
            )
            scored = Score(inputs, self.base.method)
        if given.override is not None:
            override = PUBLISHED_SCORE.held(scored.formula_score + self._override)
            inputs = replace(inputs, override=override, override_reason=given.override_reason)
            scored = Score(inputs, self.base.method)
        return scored

    @property
    def next_zone(self) -> Zone | None:
        """The zone above; None in the best one."""
        goal = self._goal
        return None if goal is None else zone_of(goal, self.base.method)

    @property
    def shifts(self) -> list[Shift]:
        """For each task that can grow until the next zone is reached, how far; least time first.

        A task without time is not one to grow. Time comes from the tasks of the highest score
        first, among those from the one with most time. Of two tasks that grow by as much, the one
        with more time comes first. Exact: a tenth of a percent less does not reach the zone,
        wherever it is taken from.
        """
        excess = self._excess
        if excess is None:
            return []
        found = (self._shift_to(task, excess) for task in self._taken_up)
        return sorted(
            (shift for shift in found if shift),
            key=lambda shift: (shift.percent, -self.shares[shift.task]),
        )

    @property
    def all_on_the_safest(self) -> "Mix":
        """The whole week on the task of the lowest score that has time: it goes no higher."""
        safest = min(self._taken_up, key=lambda task: (self._points(task), -self.shares[task]))
        times = [Decimal(0)] * len(self.tasks)
        times[safest] = WHOLE_TIME
        return self._timed(times)

    @property
    def _taken_up(self) -> list[int]:
        """The tasks that have time, by their place."""
        return [task for task, share in enumerate(self.shares) if share]

    @property
    def _adjustment(self) -> Decimal:
        return self.base.task_resistance - self.base.task_resistance_raw

    @property
    def _override(self) -> Decimal:
        return self.base.published_score - self.base.formula_score

    @property
    def _goal(self) -> Decimal | None:
        """The score from which on the next zone is reached."""
        above = (b for b in self.base.method.boundaries if b > self.score.published_score)
        return min(above, default=None)

    @property
    def _excess(self) -> Fraction | None:
        """How far the weighted total has to fall for the next zone; None if nothing reaches it.

        The formula of section 2 solved for the weighted total.
        """
        goal, scored, by = self._goal, self.score, self.base.method
        if goal is None:
            return None
        formula = Fraction(goal - self._override)
        slope, start = score_line(by)
        raw = (formula - HALF * Fraction(STEP) - start) / slope
        modifiers = scored.evidence_modifier * scored.barrier_modifier * scored.growth_modifier
        resistance = raw / Fraction(modifiers)
        if formula > PUBLISHED_SCORE.high or resistance > TASK_RESISTANCE.high:
            return None
        weighted = Fraction(by.resistance_ceiling + self._adjustment) - resistance
        return Fraction(scored.weighted) - weighted

    def _shift_to(self, task: int, excess: Fraction) -> Shift | None:
        left = excess * STEPS
        taken: list[tuple[int, Decimal]] = []
        others = [other for other in range(len(self.tasks)) if other != task]
        for source in sorted(others, key=lambda other: (-self._points(other), -self.shares[other])):
            gain = self._points(source) - self._points(task)
            if left <= 0 or gain <= 0:
                break
            steps = min(ceil(left / gain), int(self.shares[source] / STEP))
            left -= steps * gain
            if steps:
                taken.append((source, steps * STEP))
        if left > 0:
            return None
        percent = sum((share for _, share in taken), Decimal(0))
        return Shift(task, percent, taken, self._moved(task, percent, dict(taken)))

    def _moved(self, task: int, percent: Decimal, taken: Mapping[int, Decimal]) -> "Mix":
        left = [share - taken.get(place, Decimal(0)) for place, share in enumerate(self.shares)]
        left[task] += percent
        return self._timed(left)

    def _timed(self, times: Sequence[Decimal]) -> "Mix":
        timed = zip(self.tasks, times, strict=True)
        return replace(self, tasks=tuple(replace(task, time=time) for task, time in timed))

    def _points(self, task: int) -> int:
        return self.tasks[task].score or 0

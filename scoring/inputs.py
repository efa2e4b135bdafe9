"""What is scored, and everything that is wrong with it (section 1)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from scoring.dimensions import (
    DIMENSION_GROUPS,
    GROWTH,
    PUBLISHED_SCORE,
    TASK_RESISTANCE,
    TASK_SCORE,
    WHOLE_TIME,
    Barrier,
    DimensionGroup,
    EvidenceDimension,
    Mode,
    Principle,
    Range,
)


@dataclass(frozen=True, slots=True)
class TaskInput:
    """One task: percent of time (over 0, at most 100, one decimal) and score (1..5).

    None stands for what nobody has entered yet.
    """

    name: str
    time: Decimal | None
    score: int | None
    mode: Mode | None

    @property
    def weighted(self) -> Decimal:
        """This task's part of the weighted total: time / 100 x score; 0 while either is missing."""
        return (self.time or Decimal(0)) / 100 * (self.score or 0)


def total_time(tasks: Iterable[TaskInput]) -> Decimal:
    """The percent of time that tasks take together; those without a time count as none."""
    return sum((task.time or Decimal(0) for task in tasks), Decimal(0))


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that is scored. May be incomplete; ``problems`` says what is wrong."""

    tasks: tuple[TaskInput, ...] = ()
    evidence: Mapping[EvidenceDimension, int] = field(default_factory=dict)
    barriers: Mapping[Barrier, int] = field(default_factory=dict)
    principles: Mapping[Principle, int] = field(default_factory=dict)
    growth: int | None = None
    adjusted_task_resistance: Decimal | None = None
    adjustment_reason: str = ""
    override: Decimal | None = None
    override_reason: str = ""

    def scores_of(self, group: DimensionGroup) -> Mapping[Any, int]:
        """The scores of one group by dimension."""
        scores: Mapping[Any, int] = getattr(self, group.name)
        return scores

    def without_override(self) -> Self:
        """The same inputs with the formula's own score standing."""
        return replace(self, override=None, override_reason="")

    def without_adjustment(self) -> Self:
        """The same inputs with the raw task resistance and the formula's own score standing."""
        return replace(self.without_override(), adjusted_task_resistance=None, adjustment_reason="")


class InputPart(StrEnum):
    """The part of the inputs that a problem is in."""

    TASKS = "tasks"
    EVIDENCE = "evidence"
    BARRIERS = "barriers"
    PRINCIPLES = "principles"
    GROWTH = "growth"
    ADJUSTMENT = "adjustment"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why inputs cannot be scored, and where to mend it."""

    part: InputPart
    field: str
    message: str
    item: int | str | None = None
    """The task's position from 0, or the dimension's name; None for the part as a whole."""
    unfinished: bool = False
    """Whether only something is not entered yet, as in a draft that somebody is writing."""

    def __str__(self) -> str:
        item = f"task {self.item + 1}" if isinstance(self.item, int) else self.item
        where = ", ".join(str(word) for word in (self.part, item, self.field) if word)
        return f"{where}: {self.message}"


def problems(inputs: Inputs) -> list[Problem]:
    """Every problem of the inputs at once; empty when they can be scored."""
    return [
        *_task_problems(inputs.tasks),
        *(
            problem
            for group in DIMENSION_GROUPS
            for problem in _item_problems(group, inputs.scores_of(group))
        ),
        *_growth_problems(inputs.growth),
        *_assessor_problems(
            InputPart.ADJUSTMENT,
            inputs.adjusted_task_resistance,
            inputs.adjustment_reason,
            TASK_RESISTANCE,
            places=2,
        ),
        *_assessor_problems(
            InputPart.OVERRIDE,
            inputs.override,
            inputs.override_reason,
            PUBLISHED_SCORE,
            places=1,
        ),
    ]


def _task_problems(tasks: tuple[TaskInput, ...]) -> Iterator[Problem]:
    if not tasks:
        message = "there is none; expected at least one task"
        yield Problem(InputPart.TASKS, "", message, unfinished=True)
        return
    for index, task in enumerate(tasks):
        if not task.name.strip():
            yield Problem(InputPart.TASKS, "name", "is empty", index)
        if message := _time_message(task.time):
            yield Problem(InputPart.TASKS, "time", message, index, task.time is None)
        if message := _whole_message(task.score, TASK_SCORE):
            yield Problem(InputPart.TASKS, "score", message, index, task.score is None)
        if task.mode not in list(Mode):
            given = f"is {task.mode}" if task.mode else "is missing"
            message = f"{given}; expected {_one_of(Mode)}"
            yield Problem(InputPart.TASKS, "mode", message, index, task.mode is None)
    times = (task.time for task in tasks if task.time is not None)
    total = sum((time for time in times if time.is_finite()), Decimal(0))
    if total != WHOLE_TIME:
        message = f"sums to {total:f}; expected exactly 100"
        yield Problem(InputPart.TASKS, "time", message, unfinished=True)


def _time_message(time: Decimal | None) -> str:
    if time is None:
        return "is missing; expected more than 0 and at most 100 percent"
    if not time.is_finite() or not 0 < time <= WHOLE_TIME:
        return f"is {time:f}; expected more than 0 and at most 100 percent"
    if _decimals(time) > 1:
        return f"is {time:f}; expected at most one decimal"
    return ""


def _item_problems(group: DimensionGroup, scores: Mapping[Any, int]) -> Iterator[Problem]:
    part = InputPart(group.name)
    for dimension in group.dimensions:
        if dimension not in scores:
            message = f"is missing; expected a score from {group.scale}"
            yield Problem(part, "", message, dimension, unfinished=True)
        elif message := _whole_message(scores[dimension], group.scale):
            yield Problem(part, "score", message, dimension)
    for unknown in scores.keys() - set(group.dimensions):
        yield Problem(part, "", f"is unknown; expected {_one_of(group.dimensions)}", str(unknown))


def _growth_problems(growth: int | None) -> Iterator[Problem]:
    if growth is None:
        message = f"is missing; expected a score from {GROWTH}"
        yield Problem(InputPart.GROWTH, "", message, unfinished=True)
    elif message := _whole_message(growth, GROWTH):
        yield Problem(InputPart.GROWTH, "score", message)


def _assessor_problems(
    part: InputPart, value: Decimal | None, reason: str, allowed: Range, places: int
) -> Iterator[Problem]:
    if value is None:
        if reason.strip():
            message = "is missing although a reason is given"
            yield Problem(part, "value", message, unfinished=True)
        return
    if not value.is_finite() or value not in allowed:
        yield Problem(part, "value", f"is {value:f}; expected a value from {allowed}")
    elif _decimals(value) > places:
        noun = "decimal" if places == 1 else "decimals"
        yield Problem(part, "value", f"is {value:f}; expected at most {places} {noun}")
    if not reason.strip():
        yield Problem(part, "reason", "is missing; the method asks for one")


def _whole_message(value: object, allowed: Range) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and value in allowed:
        return ""
    given = "is missing" if value is None else f"is {value}"
    return f"{given}; expected a whole number from {allowed}"


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _one_of(words: type[StrEnum]) -> str:
    return "one of " + ", ".join(words)

"""The tasks of a role as one picture: across, the time of the week; up, the score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from roles.models import Task
from scoring.dimensions import TASK_SCORE, Mode
from scoring.rubric import MODES

STEP = Decimal("1.7")
"""Height of one step of a task's score, in heights of a letter, so that it grows with the text."""
HEIGHT = STEP * TASK_SCORE.high
NUMBER_WIDTH = Decimal(12)
"""Percent of the week that a number takes up on the narrowest screen with large text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A task in the picture of a week of 100 percent, ``HEIGHT`` letters high."""

    task: Task
    number: int
    x: Decimal
    """Where it begins, in percent."""
    raised: bool = False
    """Whether its number stands a line higher, as there is no room beside the one before."""

    @property
    def width(self) -> Decimal:
        """Its share of the week, in percent."""
        return self.task.time or Decimal(0)

    @property
    def middle(self) -> Decimal:
        """Where its number stands, in percent."""
        return self.x + self.width / 2

    @property
    def height(self) -> Decimal:
        """In heights of a letter."""
        return STEP * (self.task.score or 0)

    @property
    def y(self) -> Decimal:
        """Its upper edge, from the top."""
        return HEIGHT - self.height

    def is_close_to(self, before: Sequence[Self]) -> bool:
        """Whether its number would meet that of the column before, if there is one."""
        return any(
            not one.raised and one.y == self.y and self.middle - one.middle < NUMBER_WIDTH
            for one in before
        )

    @property
    def rise(self) -> float:
        """How far its number stands above it, in heights of a letter."""
        return -1.4 if self.raised else -0.3

    @property
    def pattern(self) -> str:
        """What its bar is filled with above the colour; nothing where AI has no part."""
        plain = self.task.mode == Mode.NOT_INVOLVED
        return "none" if plain else f"url(#mode-{Mode(self.task.mode).name.lower()})"

    @property
    def words(self) -> str:
        """What AI does with it."""
        return MODES[Mode(self.task.mode)]

    @classmethod
    def of(cls, tasks: Sequence[Task]) -> list[Self]:
        """The tasks from the highest score down, the longest first among equals."""
        ordered = sorted(tasks, key=lambda task: (-(task.score or 0), -(task.time or 0)))
        columns: list[Self] = []
        x = Decimal(0)
        for number, task in enumerate(ordered, start=1):
            column = cls(task, number, x)
            columns.append(replace(column, raised=column.is_close_to(columns[-1:])))
            x += task.time or 0
        return columns


@dataclass(frozen=True, slots=True)
class Week:
    """The picture with its scale and its key."""

    columns: list[Column]
    key: list[tuple[Mode, str, Decimal]]
    """Each mode that there is, in words, and its percent of the week."""
    height: Decimal = HEIGHT

    @property
    def grid(self) -> list[tuple[int, Decimal]]:
        """Each score with its height, from the top."""
        return [(score, HEIGHT - STEP * score) for score in TASK_SCORE.scores]

    @classmethod
    def of(cls, tasks: Sequence[Task], split: Mapping[Mode, Decimal]) -> Self:
        """The picture of tasks whose time is split by mode so."""
        key = [(mode, MODES[mode], share) for mode, share in split.items() if share]
        return cls(Column.of(tasks), key)

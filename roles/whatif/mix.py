"""A mix of one's own as its address carries it: what stands in the form, and what it asks for.

The address is the whole state. An entry that is incomplete or makes no sense is not counted, and
its note says why; so any query string has an answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from scoring.dimensions import BARRIERS, EVIDENCE, WHOLE_TIME, DimensionGroup, Mode
from scoring.figures import Score
from scoring.inputs import Inputs, TaskInput, total_time
from scoring.method import Method
from scoring.mix import Mix
from scoring.rubric import CHOICES, GROWTH_CHOICES, MODES, TASK_CHOICES, Choices

MOST_TASKS = 40
LONGEST_NAME = 60
LONGEST_TITLE = 120
LONGEST_TIME = 12
LONGEST_ADDRESS = 7_500
"""Characters after which an address comes near to what servers on its way take."""
BLANK_ROWS = 3
"""Rows for tasks that an empty form begins with."""
OWN_FIELDS = ("task", "time", "score", "mode")
"""The names by which the address carries a task of one's own, each once for every task."""
NEUTRAL = 0
"""With this score evidence, barriers and growth leave a score as its tasks make it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One task as it stands in the form."""

    id: str
    name: str = ""
    time: str = ""
    """As it was typed."""
    score: int | None = None
    mode: Mode | None = None
    usual: Decimal | None = None
    """Its percent of time in the assessment; None for a task of the reader's own."""
    new: bool = False
    """Whether the reader has just asked for it."""

    @property
    def own(self) -> bool:
        """Whether the reader has added it."""
        return self.usual is None

    @property
    def blank(self) -> bool:
        """Whether nothing has been put in."""
        return self.own and not (self.name or self.time or self.score or self.mode)

    @property
    def amount(self) -> Decimal | None:
        """Its time, 0..100; None where none is given that makes sense. A comma does as well."""
        typed = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?) ?%?", self.time)
        amount = Decimal(typed[1].replace(",", ".")) if typed else None
        return None if amount is None or amount > WHOLE_TIME else amount

    @property
    def task(self) -> TaskInput | None:
        """What is counted; None while something is missing."""
        if self.missing or self.blank:
            return None
        return TaskInput(self.name, self.amount, self.score, self.mode)

    @property
    def missing(self) -> list[str]:
        """What it still needs to be counted."""
        if self.blank:
            return []
        needed = {
            "a name": self.name,
            "a time": self.time,
            "a rating": self.score,
            "what AI does": self.mode,
        }
        lacking = [what for what, given in needed.items() if not given]
        if self.time and self.amount is None:
            lacking.append(f"a time from 0 to 100 instead of “{self.time}”")
        return lacking

    @property
    def words(self) -> str:
        """What AI does with it."""
        return MODES[self.mode] if self.mode else ""

    @property
    def scores(self) -> Choices:
        """The scores that there are to choose from."""
        return TASK_CHOICES

    @property
    def modes(self) -> list[tuple[str, str, bool]]:
        """The modes that there are: in the address, in words, and whether it has it."""
        return [(mode_name(mode), words, mode is self.mode) for mode, words in MODES.items()]

    def parameters(self) -> list[tuple[str, str]]:
        """What the address says of it; nothing where it is as in the assessment."""
        if not self.own:
            return [] if self.amount == self.usual else [(self.id, self.time)]
        values = (self.name, self.time, str(self.score or ""), mode_name(self.mode))
        return list(zip(OWN_FIELDS, values, strict=True))


@dataclass(frozen=True, slots=True)
class Rating:
    """The score of one dimension as it stands in the form."""

    name: str
    """In the address."""
    label: str
    value: int
    usual: int
    """That of the assessment, or the neutral one."""
    choices: Choices
    note: str = ""

    @classmethod
    def of(cls, name: str, label: str, usual: int, choices: Choices, asked: QueryDict) -> Self:
        """What the address says of it; the usual score where that makes no sense."""
        given = asked.get(name, str(usual))
        value = _chosen(given, [score for score, _ in choices])
        note = "" if value is not None else f"“{_short(given)}” is none of these."
        return cls(name, label, usual if value is None else value, usual, choices, note)


@dataclass(frozen=True, slots=True)
class RatingGroup:
    """The ratings of one kind, which the form shows together."""

    name: str
    label: str
    ratings: list[Rating]

    @property
    def changed(self) -> bool:
        """Whether one of them is not as usual, or was not understood."""
        return any(rating.value != rating.usual or rating.note for rating in self.ratings)

    @property
    def scores(self) -> list[int]:
        """Their scores, in order."""
        return [rating.value for rating in self.ratings]


@dataclass(frozen=True)
class Week:
    """Everything that the form of a mix holds."""

    path: str
    rows: list[Row]
    groups: list[RatingGroup]
    closing: list[tuple[str, str]]
    """What ends the address: version and method, so that it keeps its meaning."""
    job: str = ""
    """The title of a job that is not assessed."""
    notices: tuple[str, ...] = ()
    """What the address asked for and could not be had, in sentences."""
    most_own: int = MOST_TASKS
    """Tasks that the reader can add."""
    level: Rating | None = None
    """The level of seniority it is held against: 0 is that of the assessment."""

    @classmethod
    def in_role(
        cls, path: str, asked: QueryDict, base: Score, version: int, levels: Sequence[str]
    ) -> Self:
        """The mix of a role's assessment, with what the address changes about it.

        ``levels`` are those of the role in words, that of the assessment first.
        """
        usual = [
            Row(f"t{number}", task.name, _plain(task.time), task.score, task.mode, task.time)
            for number, task in enumerate(base.inputs.tasks, start=1)
        ]
        rows = [replace(row, time=_time(asked.get(row.id, row.time))) for row in usual]
        week = cls(
            path,
            rows,
            [_group(BARRIERS, base.inputs.barriers, asked)],
            [("v", str(version)), ("method", base.method.version)],
            most_own=max(0, MOST_TASKS - len(rows)),
            level=_level(levels, asked),
        )
        return week._with_own_tasks(asked)

    @classmethod
    def in_job(cls, path: str, asked: QueryDict, method: Method) -> Self:
        """The tasks and ratings of a job that is not assessed; neutral where nothing is said."""
        growth = Rating.of("growth", "AI growth correlation", NEUTRAL, GROWTH_CHOICES, asked)
        groups = [
            _group(EVIDENCE, {}, asked),
            _group(BARRIERS, {}, asked),
            RatingGroup("growth", "AI growth", [growth]),
        ]
        job = _clean(asked.get("job", ""))[:LONGEST_TITLE].strip()
        week = cls(path, [], groups, [("method", method.version)], job)
        week = week._with_own_tasks(asked)
        spare = [Row(f"own{number}") for number in range(len(week.rows) + 1, BLANK_ROWS + 1)]
        return replace(week, rows=[*week.rows, *spare])

    def _with_own_tasks(self, asked: QueryDict) -> Self:
        """With the tasks of the address; one row more where it asks for that, less one dropped."""
        given = list(zip_longest(*(asked.getlist(name) for name in OWN_FIELDS), fillvalue=""))
        dropped = asked.get("drop", "")
        rows = [
            replace(row, time="0") if row.id == dropped and not row.own else row
            for row in self.rows
        ]
        own = [
            _own_row(number, *fields)
            for number, fields in enumerate(given[: self.most_own], start=1)
            if f"own{number}" != dropped
        ]
        own += [Row("", new=True)] if "add" in asked and len(own) < self.most_own else []
        own = [replace(row, id=f"own{number}") for number, row in enumerate(own, start=1)]
        notices = [*self.notices, *_notices(given, self.most_own)]
        if "method" not in asked and asked.keys() - {"job", "add"}:
            notices.append(
                "The end of this address is missing, so something of what was put in may be, too."
            )
        return replace(self, rows=[*rows, *own], notices=tuple(notices))

    @property
    def misread(self) -> bool:
        """Whether something made no sense that the address will not keep."""
        return bool(self.notices) or any(one.note for one in self.choices)

    @property
    def choices(self) -> list[Rating]:
        """Everything that is chosen from a list."""
        level = [self.level] if self.level else []
        return [*level, *(rating for group in self.groups for rating in group.ratings)]

    @property
    def full(self) -> bool:
        """Whether no task can be added."""
        return len([row for row in self.rows if row.own]) >= self.most_own

    @property
    def counted(self) -> list[Row]:
        """The rows that are complete."""
        return [row for row in self.rows if row.task]

    @property
    def uncounted(self) -> list[Row]:
        """The rows that are not."""
        return [row for row in self.rows if row.missing]

    @property
    def tasks(self) -> tuple[TaskInput, ...]:
        """What is counted."""
        return tuple(row.task for row in self.rows if row.task)

    @property
    def total(self) -> Decimal:
        """All the time that is counted."""
        return total_time(self.tasks)

    def mix(self, base: Score) -> Mix | None:
        """The mix, all else as in ``base``; None where no time is counted."""
        return Mix(base, self.tasks, self._scores(BARRIERS)) if self.total else None

    def rest(self, method: Method) -> Score:
        """What is not tasks in a job that is not assessed."""
        (growth,) = self._group("growth").scores
        return Score(Inputs(evidence=self._scores(EVIDENCE), growth=growth), method)

    def neutral(self) -> Self:
        """The same tasks with the usual rating in everything else."""
        groups = [
            replace(group, ratings=[replace(one, value=one.usual) for one in group.ratings])
            for group in self.groups
        ]
        return replace(self, groups=groups)

    def _group(self, name: str) -> RatingGroup:
        return next(group for group in self.groups if group.name == name)

    def _scores(self, group: DimensionGroup) -> dict[Any, int]:
        return dict(zip(group.dimensions, self._group(group.name).scores, strict=True))

    def timed(self, times: Iterable[Decimal]) -> Self:
        """With other times for the tasks that are counted."""
        texts = dict(zip((row.id for row in self.counted), map(_plain, times), strict=True))
        rows = [replace(row, time=texts.get(row.id, row.time)) for row in self.rows]
        return replace(self, rows=rows)

    @property
    def url(self) -> str:
        """The one address of this state."""
        return f"{self.path}?{self.query}"

    @cached_property
    def query(self) -> str:
        """The one query string of this state."""
        rows = list(self.rows)
        while rows and rows[-1].blank:
            rows.pop()
        changed = [(one.name, str(one.value)) for one in self.choices if one.value != one.usual]
        said = [pair for row in rows for pair in row.parameters()] + changed
        title = [("job", self.job)] if self.job else []
        return urlencode([*title, *said, *self.closing])


def mode_name(mode: Mode | None) -> str:
    """A mode as the address has it."""
    return mode.lower().replace(" ", "-") if mode else ""


def _level(levels: Sequence[str], asked: QueryDict) -> Rating | None:
    """Which of them the address names; None where there is but one."""
    if len(levels) < 2:
        return None
    return Rating.of("level", "Your level", NEUTRAL, list(enumerate(levels)), asked)


def _own_row(number: int, name: str, time: str, score: str, mode: str) -> Row:
    modes = {mode_name(one): one for one in Mode}
    rating = _chosen(score, [points for points, _ in TASK_CHOICES])
    name = _clean(name)[:LONGEST_NAME].strip()
    return Row(f"own{number}", name, _time(time), rating, modes.get(mode))


def _group(group: DimensionGroup, usual: Mapping[Any, int], asked: QueryDict) -> RatingGroup:
    ratings = [
        Rating.of(
            dimension.name.lower(),
            dimension,
            usual.get(dimension, NEUTRAL),
            CHOICES[dimension],
            asked,
        )
        for dimension in group.dimensions
    ]
    return RatingGroup(group.name, group.label, ratings)


def _notices(given: Sequence[tuple[str, ...]], most: int) -> Iterator[str]:
    if len(given) > most:
        yield f"{MOST_TASKS} tasks are the most there can be. {len(given) - most} were left out."
    if any(len(_clean(name)) > LONGEST_NAME for name, *_ in given):
        yield f"A name has at most {LONGEST_NAME} characters; what was longer has been cut."


def _chosen(text: str, scores: Sequence[int]) -> int | None:
    text = text.strip()
    return int(text) if re.fullmatch("[+-]?[0-9]{1,2}", text) and int(text) in scores else None


def _clean(text: str) -> str:
    """One line of what can be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _short(text: str) -> str:
    text = _clean(text)
    return text if len(text) <= 20 else f"{text[:20]}…"


def _time(text: str) -> str:
    return _clean(text)[:LONGEST_TIME].strip()


def _plain(time: Decimal | None) -> str:
    return f"{(time or Decimal(0)).normalize():f}"

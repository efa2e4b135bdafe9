"""Roles side by side: row by row, and where the gaps between them come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from roles.drawing.formats import scale
from roles.drawing.marks import Mark
from roles.models import Assessment, Role, Task
from scoring.dimensions import BARRIERS, EVIDENCE, GROWTH, PRINCIPLES, DimensionGroup, Mode
from scoring.explain import Factor, contributions, gap, in_tenths
from scoring.figure_type import Figure
from scoring.figures import Score
from scoring.method import CURRENT, Method
from scoring.zones import Zone

MOST_ROLES = 4


@dataclass(frozen=True, slots=True)
class Compared:
    """One public role of a comparison, with its assessment where one is published."""

    role: Role
    points: Decimal
    """Its published or cited score."""
    assessment: Assessment | None
    score: Score | None

    @property
    def tasks_by_mode(self) -> list[tuple[Mode, Decimal, list[Task]]]:
        """The tasks of each mode with their share of time together, the longest first."""
        if self.assessment is None or self.score is None:
            return []
        tasks = sorted(self.assessment.tasks.all(), key=lambda task: (-task.time, task.position))
        return [
            (mode, share, [task for task in tasks if task.mode == mode])
            for mode, share in self.score.split.items()
        ]


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """One role's value in a row; ``value`` is None where it is not known."""

    value: Any
    differs: bool


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One thing that roles are compared in."""

    name: str
    cells: list[ComparisonCell]
    places: int = 0
    """Decimals with which a figure is written at least."""

    @property
    def alike(self) -> bool:
        """Whether all the roles have the same value."""
        return all(cell.value == self.cells[0].value for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one topic, those that differ apart from those that are alike."""

    name: str
    rows: list[ComparisonRow]

    @property
    def different(self) -> list[ComparisonRow]:
        """The rows in which the roles differ."""
        return [row for row in self.rows if not row.alike]

    @property
    def alike(self) -> list[ComparisonRow]:
        """The rows in which they do not differ."""
        return [row for row in self.rows if row.alike]


@dataclass(frozen=True, slots=True)
class Step:
    """What one factor adds to a gap, and where its bar lies, in percent of the drawing."""

    factor: Factor
    points: Decimal
    start: Decimal
    width: Decimal


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference of two published scores and, where both are assessed, its parts."""

    first: Compared
    second: Compared
    points: Decimal
    steps: list[Step] = field(default_factory=list)

    @property
    def largest_first(self) -> list[Step]:
        """The factors that matter, the largest first."""
        return sorted((s for s in self.steps if s.points), key=lambda s: -abs(s.points))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two to four roles side by side."""

    roles: list[Compared]
    groups: list[Group]
    gaps: list[Gap]
    marks: list[Mark]
    method: Method
    """The version of the method whose zone boundaries are drawn: theirs, if it is the same."""


def compare(roles: Sequence[Role]) -> Comparison:
    """Compare public roles in this order; one with only a cited score takes part with that."""
    versions = {
        assessment.role_id: assessment
        for assessment in Assessment.objects.published().filter(role__in=roles).with_document()
    }
    compared = [_compared(role, versions.get(role.pk)) for role in roles]
    return Comparison(
        compared,
        _groups(compared),
        [
            _gap(first, second)
            for number, first in enumerate(compared)
            for second in compared[number + 1 :]
        ],
        Mark.in_rows(
            (one.role.title, one.points, Zone(one.role.zone), one.role.standing) for one in compared
        ),
        _common_method(roles),
    )


def _common_method(roles: Sequence[Role]) -> Method:
    first = roles[0].method
    return first if all(role.method == first for role in roles) else CURRENT


def _compared(role: Role, assessment: Assessment | None) -> Compared:
    assert role.score is not None, f"{role} is not public"
    return Compared(role, role.score, assessment, assessment.score() if assessment else None)


def _value_of_most(known: list[Any]) -> Any:
    """The value that more roles have than any other; None where there is no such value."""
    counts = sorted(((known.count(value), value) for value in known), key=lambda pair: pair[0])
    most, common = counts[-1] if counts else (0, None)
    others = [count for count, value in counts if value != common]
    return common if most > max(others, default=0) else None


def _groups(compared: list[Compared]) -> list[Group]:
    def row(name: str, value: Callable[[Compared], Any], places: int = 0) -> ComparisonRow:
        values = [value(one) for one in compared]
        known = [v for v in values if v is not None]
        common = _value_of_most(known)
        return ComparisonRow(
            name, [ComparisonCell(v, v is not None and v != common) for v in values], places
        )

    def figure(figure: Figure) -> ComparisonRow:
        def value(one: Compared) -> Any:
            return getattr(one.score, figure.name) if one.score else None

        return row(figure.label, value, figure.decimals or 0)

    def assessor(label: str, column: str, figure: Figure) -> ComparisonRow:
        """What the assessor may have set: "none" is known, and not the same as unknown."""

        def value(one: Compared) -> Any:
            if one.assessment is None:
                return None
            given = getattr(one.assessment, column)
            return "none" if given is None else given

        return row(label, value, figure.decimals or 0)

    def items(group: DimensionGroup) -> Group:
        def score_in(dimension: str) -> Callable[[Compared], int | None]:
            def value(one: Compared) -> int | None:
                return one.score.inputs.scores_of(group)[dimension] if one.score else None

            return value

        rows = [row(dimension, score_in(dimension)) for dimension in group.dimensions]
        return Group(f"{group.label}, {scale(group.scale)}", rows)

    return [
        Group(
            "Figures",
            [
                figure(Score.task_resistance_raw),
                assessor(
                    "Adjusted by the assessor to",
                    "adjusted_task_resistance",
                    Score.task_resistance,
                ),
                figure(Score.evidence_modifier),
                figure(Score.barrier_modifier),
                figure(Score.growth_modifier),
                figure(Score.formula_score),
                assessor("Overridden to", "override", Score.published_score),
                row(
                    "Published or cited score",
                    lambda one: one.role.score,
                    Score.published_score.decimals or 0,
                ),
                row("Zone", lambda one: one.role.zone),
                row("Sub-label", lambda one: one.role.sub_label or None),
                row("Version of the method", lambda one: one.score and one.score.method.version),
            ],
        ),
        Group(
            "Share of task time, %",
            [
                figure(Score.displacement),
                figure(Score.augmentation),
                figure(Score.not_involved),
                figure(Score.share_3_plus),
            ],
        ),
        items(EVIDENCE),
        items(BARRIERS),
        Group(f"{Score.growth.label}, {scale(GROWTH)}", [figure(Score.growth)]),
        items(PRINCIPLES),
    ]


def _gap(first: Compared, second: Compared) -> Gap:
    points = gap(first.points, second.points)
    if first.score is None or second.score is None:
        return Gap(first, second, points)
    parts = in_tenths(contributions(first.score, second.score))
    edges = [Decimal(0)]
    for part in parts.values():
        edges.append(edges[-1] + part)
    low, high = min(edges), max(edges)
    stretch = 100 / ((high - low) or Decimal(1))
    steps = [
        Step(
            factor,
            part,
            ((min(edges[n], edges[n + 1]) - low) * stretch).quantize(Decimal("0.1")),
            (abs(part) * stretch).quantize(Decimal("0.1")),
        )
        for n, (factor, part) in enumerate(parts.items())
    ]
    return Gap(first, second, points, steps)

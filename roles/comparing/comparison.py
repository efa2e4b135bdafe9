"""Roles side by side: row by row, and where the gaps between them come from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

from roles.drawing.formats import scale
from roles.drawing.marks import Mark
from roles.drawing.waterfall import Step, Waterfall, Way, on_one_scale
from roles.models import Assessment, Role, Task
from roles.vocabulary import Standing
from scoring.dimensions import (
    BARRIERS,
    EVIDENCE,
    GROWTH,
    PERCENT,
    PRINCIPLES,
    DimensionGroup,
    Mode,
    Range,
)
from scoring.explain import Factor, gap
from scoring.figure_type import Figure
from scoring.figures import Score
from scoring.method import CURRENT, Method
from scoring.rubric import MODES
from scoring.uncertainty import about_the_same, chance_higher
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
    aside: bool
    """Whether a narrow screen, which shows two, leaves it out."""

    @property
    def is_cited(self) -> bool:
        """Whether its score is one that a document quotes, with no assessment behind it here."""
        return self.role.standing == Standing.CITED

    @property
    def tasks_by_mode(self) -> list[tuple[str, Decimal, list[Task]]]:
        """The tasks of each mode, in words, with their share of time together, longest first."""
        if self.assessment is None or self.score is None:
            return []
        tasks = sorted(self.assessment.tasks.all(), key=lambda task: (-task.time, task.position))
        return [
            (MODES[mode], share, [task for task in tasks if task.mode == mode])
            for mode, share in self.score.split.items()
        ]


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """One role's value in a row; ``value`` is None where it is not known."""

    value: Any
    differs: bool
    """Whether most of the others share another value."""
    aside: bool
    """Whether it is of a role that a narrow screen leaves out."""


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One thing that roles are compared in."""

    name: str
    cells: list[ComparisonCell]
    places: int = 0
    """Decimals with which a figure is written at least."""
    scale: Range | None = None
    """What the figure can be, where rows are put in order by how far apart the roles are."""

    @property
    def signed(self) -> bool:
        """Whether its figures have a sign."""
        return self.scale is not None and self.scale.signed

    @property
    def alike(self) -> bool:
        """Whether all the roles have the same value."""
        return all(cell.value == self.cells[0].value for cell in self.cells)

    @property
    def spread(self) -> Fraction:
        """How far apart the roles are, as a share of the scale; 0 without one."""
        if self.scale is None:
            return Fraction(0)
        known = [Fraction(cell.value) for cell in self.cells if cell.value is not None]
        return (max(known) - min(known)) / (self.scale.high - self.scale.low)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one topic, those that differ apart from those that are alike."""

    name: str
    rows: list[ComparisonRow]
    factor: Factor | None = None
    """The part of a gap that comes from it."""
    weight: Decimal = Decimal(0)
    """The most points of any gap that come from it."""

    @property
    def different(self) -> list[ComparisonRow]:
        """The rows in which the roles differ, those on a scale by how far apart they are."""
        return sorted((row for row in self.rows if not row.alike), key=lambda row: -row.spread)

    @property
    def alike(self) -> list[ComparisonRow]:
        """The rows in which they do not differ."""
        return [row for row in self.rows if row.alike]


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference of two published scores and, where both are assessed, what is behind it."""

    first: Compared
    second: Compared
    points: Decimal
    waterfall: Waterfall | None = None
    """From the second to the first."""
    chance: Fraction | None = None
    """The probability that the first scores higher."""
    about_the_same: bool = False
    """Whether neither of the two clearly scores higher."""

    @property
    def aside(self) -> bool:
        """Whether a narrow screen leaves one of the two out."""
        return self.first.aside or self.second.aside

    @property
    def is_cited(self) -> bool:
        """Whether one of the two scores is only cited."""
        return self.first.is_cited or self.second.is_cited

    @property
    def largest_first(self) -> list[Step]:
        """The factors that matter, the largest first."""
        steps = self.waterfall.steps if self.waterfall else []
        return sorted(steps, key=lambda step: -abs(step.points))

    @property
    def higher(self) -> Compared:
        """The one that is more likely to score higher."""
        return self.first if (self.chance or 0) >= Fraction(1, 2) else self.second

    @property
    def chance_of_higher(self) -> Fraction:
        """The probability that it does."""
        chance = self.chance or Fraction(0)
        return max(chance, 1 - chance)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two to four roles side by side."""

    roles: list[Compared]
    groups: list[Group]
    gaps: list[Gap]
    marks: list[Mark]
    method: Method
    """The version of the method whose zone boundaries are drawn: theirs, if it is the same."""


def compare(roles: Sequence[Role], pair: Sequence[str]) -> Comparison:
    """Compare public roles in this order; one with only a cited score takes part with that.

    ``pair`` has the slugs of the two that a narrow screen shows.
    """
    versions = {
        assessment.role_id: assessment
        for assessment in Assessment.objects.published().filter(role__in=roles).with_document()
    }
    compared = [_compared(role, versions.get(role.pk), role.slug not in pair) for role in roles]
    gaps = _gaps(compared)
    return Comparison(
        compared,
        _by_weight(_groups(compared), gaps),
        sorted(gaps, key=lambda gap: (gap.aside, -abs(gap.points))),
        Mark.in_rows(
            (one.role.title, one.points, Zone(one.role.zone), one.role.standing) for one in compared
        ),
        _common_method(roles),
    )


def _common_method(roles: Sequence[Role]) -> Method:
    first = roles[0].method
    return first if all(role.method == first for role in roles) else CURRENT


def _compared(role: Role, assessment: Assessment | None, aside: bool) -> Compared:
    assert role.score is not None, f"{role} is not public"
    score = assessment.score() if assessment else None
    return Compared(role, role.score, assessment, score, aside)


def _by_weight(groups: list[Group], gaps: list[Gap]) -> list[Group]:
    """The figures first, then each topic by the most points of any gap that come from it."""
    steps = [step for gap in gaps if gap.waterfall for step in gap.waterfall.steps]
    weighed = [
        replace(group, weight=max(points, default=Decimal(0)))
        for group in groups
        for points in [[abs(step.points) for step in steps if step.factor == group.factor]]
    ]
    return [weighed[0], *sorted(weighed[1:], key=lambda group: -group.weight)]


def _value_of_most(known: list[Any]) -> Any:
    """The value that more roles have than any other; None where there is no such value."""
    counts = sorted(((known.count(value), value) for value in known), key=lambda pair: pair[0])
    most, common = counts[-1] if counts else (0, None)
    others = [count for count, value in counts if value != common]
    return common if most > max(others, default=0) else None


def _cells(compared: list[Compared], values: Iterable[Any]) -> list[ComparisonCell]:
    """A row's values, those marked that differ from what most of the roles have."""
    row = list(zip(values, compared, strict=True))
    common = _value_of_most([value for value, _ in row if value is not None])
    return [
        ComparisonCell(value, None not in (value, common) and value != common, one.aside)
        for value, one in row
    ]


def _groups(compared: list[Compared]) -> list[Group]:
    def row(
        name: str,
        value: Callable[[Compared], Any],
        places: int = 0,
        scale: Range | None = None,
    ) -> ComparisonRow:
        return ComparisonRow(name, _cells(compared, map(value, compared)), places, scale)

    def figure(figure: Figure, scale: Range | None = None, label: str = "") -> ComparisonRow:
        def value(one: Compared) -> Any:
            return getattr(one.score, figure.name) if one.score else None

        return row(label or figure.label, value, figure.decimals or 0, scale)

    def assessor(label: str, column: str, figure: Figure) -> ComparisonRow:
        """What the assessor may have set: "none" is known, and not the same as unknown."""

        def value(one: Compared) -> Any:
            if one.assessment is None:
                return None
            given = getattr(one.assessment, column)
            return "none" if given is None else given

        return row(label, value, figure.decimals or 0)

    def items(group: DimensionGroup, factor: Factor | None = None) -> Group:
        def score_in(dimension: str) -> Callable[[Compared], int | None]:
            def value(one: Compared) -> int | None:
                return one.score.inputs.scores_of(group)[dimension] if one.score else None

            return value

        rows = [row(name, score_in(name), scale=group.scale) for name in group.dimensions]
        return Group(f"{group.label}, {scale(group.scale)}", rows, factor)

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
            "Share of the week, %",
            [
                figure(Score.displacement, PERCENT, MODES[Mode.DISPLACEMENT]),
                figure(Score.augmentation, PERCENT, MODES[Mode.AUGMENTATION]),
                figure(Score.not_involved, PERCENT, MODES[Mode.NOT_INVOLVED]),
                figure(Score.share_3_plus, PERCENT, "AI can do much of it, rated 3 to 5"),
            ],
            Factor.TASKS,
        ),
        items(EVIDENCE, Factor.EVIDENCE),
        items(BARRIERS, Factor.BARRIERS),
        Group(
            f"{Score.growth.label}, {scale(GROWTH)}", [figure(Score.growth, GROWTH)], Factor.GROWTH
        ),
        items(PRINCIPLES),
    ]


def _gaps(compared: list[Compared]) -> list[Gap]:
    """The gap of each pair; their waterfalls are on one scale."""
    gaps, ways = [], []
    for first, second in combinations(compared, 2):
        points = gap(first.points, second.points)
        if first.score is None or second.score is None:
            gaps.append(Gap(first, second, points))
            continue
        ways.append(Way(second.role.title, second.score, first.role.title, first.score))
        sure = (first.score.uncertainty, second.score.uncertainty)
        same, chance = about_the_same(*sure), chance_higher(*sure)
        gaps.append(Gap(first, second, points, about_the_same=same, chance=chance))
    drawn = iter(on_one_scale(ways))
    return [one if one.chance is None else replace(one, waterfall=next(drawn)) for one in gaps]

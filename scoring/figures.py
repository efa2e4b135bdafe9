"""Every figure of a score: what it is called, how it is written and how it is computed."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from scoring import formula
from scoring.dimensions import (
    BARRIERS,
    EVIDENCE,
    GROWTH_NAME,
    PERCENT,
    PRINCIPLES,
    PUBLISHED_SCORE,
    TASK_RESISTANCE,
    TASK_SCORE,
    Mode,
)
from scoring.figure_type import ComputedFigure, figure
from scoring.inputs import Inputs, Problem, problems, total_time
from scoring.method import CURRENT, Method
from scoring.uncertainty import Crossing, Uncertainty, in_percent, smallest_crossing, uncertainty
from scoring.zones import Lean, SubLabel, Zone, lean_of, sub_label_of, zone_of

AUTOMATABLE_FROM = 3
"""Part of the name of share 3+, and so the same in every version of the method."""


@dataclass(frozen=True)
class Score:
    """Inputs that can be scored, and every figure that a version of the method gives for them.

    The figures are unrounded unless they say otherwise. This is the one list of them.
    """

    inputs: Inputs
    method: Method = CURRENT

    @figure("Published score", decimals=1, places=1, within=PUBLISHED_SCORE)
    def published_score(self) -> Decimal:
        """0..100, one decimal: the override if there is one, else the formula score."""
        override = self.inputs.override
        return self.formula_score if override is None else formula.rounded(override, 1)

    @figure("Zone")
    def zone(self) -> Zone:
        """Read off the published score (section 3)."""
        return zone_of(self.published_score, self.method)

    @figure("Sub-label")
    def sub_label(self) -> SubLabel:
        """What sets the role apart within its zone (section 4)."""
        return sub_label_of(self.zone, self.growth, self.share_3_plus, self.method)

    @figure("Formula score", decimals=1, places=1, within=PUBLISHED_SCORE)
    def formula_score(self) -> Decimal:
        """0..100, one decimal."""
        return formula.rounded(self.exact_score, 1)

    @figure("Raw", decimals=4, places=15)
    def raw(self) -> Decimal:
        """Task resistance times the three modifiers."""
        return (
            self.task_resistance
            * self.evidence_modifier
            * self.barrier_modifier
            * self.growth_modifier
        )

    @figure("Weighted total", decimals=2, places=3, within=TASK_SCORE)
    def weighted(self) -> Decimal:
        """The scores of the tasks, weighted by their time."""
        return sum((task.weighted for task in self.inputs.tasks), Decimal(0))

    @figure("Task resistance, raw", decimals=2, places=3, within=TASK_RESISTANCE)
    def task_resistance_raw(self) -> Decimal:
        """What the tasks give before an assessor adjusts it."""
        return formula.task_resistance(self.weighted, self.method)

    @figure("Task resistance", decimals=2, places=3, within=TASK_RESISTANCE)
    def task_resistance(self) -> Decimal:
        """The assessor's adjusted value if there is one, else the raw one."""
        adjusted = self.inputs.adjusted_task_resistance
        return self.task_resistance_raw if adjusted is None else adjusted

    @figure("Evidence total", within=EVIDENCE.total)
    def evidence_total(self) -> int:
        """The scores of the five dimensions together."""
        return sum(self.inputs.evidence.values())

    @figure("Evidence modifier", decimals=2, places=4)
    def evidence_modifier(self) -> Decimal:
        """0.60..1.40 in version 1.0."""
        return formula.evidence_modifier(self.evidence_total, self.method)

    @figure("Barrier total", within=BARRIERS.total)
    def barrier_total(self) -> int:
        """The scores of the five barriers together."""
        return sum(self.inputs.barriers.values())

    @figure("Barrier modifier", decimals=2, places=4)
    def barrier_modifier(self) -> Decimal:
        """1.00..1.20 in version 1.0."""
        return formula.barrier_modifier(self.barrier_total, self.method)

    @figure(GROWTH_NAME, stored=False)
    def growth(self) -> int:
        """-2..+2, as it was put in."""
        assert self.inputs.growth is not None
        return self.inputs.growth

    @figure("Growth modifier", decimals=2, places=4)
    def growth_modifier(self) -> Decimal:
        """0.90..1.10 in version 1.0."""
        return formula.growth_modifier(self.growth, self.method)

    @figure("Displacement", places=1, within=PERCENT, unit="%")
    def displacement(self) -> Decimal:
        """Percent of task time that AI displaces."""
        return self._time_in(Mode.DISPLACEMENT)

    @figure("Augmentation", places=1, within=PERCENT, unit="%")
    def augmentation(self) -> Decimal:
        """Percent of task time that AI augments."""
        return self._time_in(Mode.AUGMENTATION)

    @figure("Not involved", places=1, within=PERCENT, unit="%")
    def not_involved(self) -> Decimal:
        """Percent of task time in which AI is not involved."""
        return self._time_in(Mode.NOT_INVOLVED)

    @figure("Share of task time scoring 3+", places=1, within=PERCENT, unit="%")
    def share_3_plus(self) -> Decimal:
        """Percent of task time whose task scores 3 or more."""
        tasks = self.inputs.tasks
        return total_time(task for task in tasks if (task.score or 0) >= AUTOMATABLE_FROM)

    @figure("Protective total", within=PRINCIPLES.total)
    def protective_total(self) -> int:
        """The scores of the three protective principles together."""
        return sum(self.inputs.principles.values())

    @figure("Quick screen")
    def lean(self) -> Lean:
        """Where protective principles and growth lean; it never decides the zone."""
        return lean_of(self.protective_total, self.growth, self.method)

    @figure("Range, from", decimals=1, places=1, within=PUBLISHED_SCORE)
    def range_low(self) -> Decimal:
        """Where the range of the published score begins, 0..100, one decimal (section 8)."""
        return self.uncertainty.low

    @figure("Range, to", decimals=1, places=1, within=PUBLISHED_SCORE)
    def range_high(self) -> Decimal:
        """Where the range of the published score ends, 0..100, one decimal (section 8)."""
        return self.uncertainty.high

    @figure("Chance of Green", decimals=1, places=2, within=PERCENT, unit="%")
    def chance_green(self) -> Decimal:
        """Percent of the outcomes that are Green, two decimals (section 8)."""
        return in_percent(self.uncertainty.chances[Zone.GREEN])

    @figure("Chance of Yellow", decimals=1, places=2, within=PERCENT, unit="%")
    def chance_yellow(self) -> Decimal:
        """Percent of the outcomes that are Yellow, two decimals (section 8)."""
        return in_percent(self.uncertainty.chances[Zone.YELLOW])

    @figure("Chance of Red", decimals=1, places=2, within=PERCENT, unit="%")
    def chance_red(self) -> Decimal:
        """Percent of the outcomes that are Red, two decimals (section 8)."""
        return in_percent(self.uncertainty.chances[Zone.RED])

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """What the published score could be if every rating could be a step off (section 8)."""
        return uncertainty(self)

    @cached_property
    def crossing(self) -> Crossing | None:
        """The smallest change of a single rating that puts it into another zone (section 8)."""
        return smallest_crossing(self)

    @property
    def chance_of_zone(self) -> Fraction:
        """The probability of the zone that it is in."""
        return self.uncertainty.chances[self.zone]

    @property
    def unclamped_score(self) -> Decimal:
        """What the formula gives before it is clamped to 0..100 and rounded."""
        return formula.unclamped_score(self.raw, self.method)

    @property
    def exact_score(self) -> Decimal:
        """The formula score, 0..100, before it is rounded."""
        return formula.clamped_score(self.unclamped_score)

    @property
    def clamped(self) -> bool:
        """Whether the formula left 0..100 and was held at its edge (section 2)."""
        return self.unclamped_score not in PUBLISHED_SCORE

    @property
    def split(self) -> dict[Mode, Decimal]:
        """Percent of task time by mode."""
        return {
            Mode.DISPLACEMENT: self.displacement,
            Mode.AUGMENTATION: self.augmentation,
            Mode.NOT_INVOLVED: self.not_involved,
        }

    def without_adjustment(self) -> "Score":
        """What the same inputs score with neither adjustment nor override."""
        return Score(self.inputs.without_adjustment(), self.method)

    def _time_in(self, mode: Mode) -> Decimal:
        return total_time(task for task in self.inputs.tasks if task.mode == mode)


FIGURES: dict[str, ComputedFigure[Any]] = {
    name: value for name, value in vars(Score).items() if isinstance(value, ComputedFigure)
}
"""Every figure of a score, by name, in the order in which they are shown."""


class InvalidInputs(ValueError):
    """The inputs cannot be scored; ``problems`` holds every reason."""

    def __init__(self, found: list[Problem]) -> None:
        self.problems = found
        super().__init__("; ".join(str(problem) for problem in found))


def score(inputs: Inputs, method: Method = CURRENT) -> Score:
    """Score the inputs by a version of the method.

    Raises InvalidInputs, naming every problem, when they are incomplete or out of range.
    """
    if found := problems(inputs):
        raise InvalidInputs(found)
    return Score(inputs, method)

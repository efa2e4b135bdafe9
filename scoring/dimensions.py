"""What is scored, and on which scale: the same in every version of the method.

The database holds them, so that a version of the method changes constants and none of these.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Range(NamedTuple):
    """An inclusive range of values."""

    low: int
    high: int

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int | Decimal) and self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.low} to {self.high}"

    @property
    def signed(self) -> bool:
        """Whether it has two sides, so that scores on it are written with their sign."""
        return self.low < 0

    def held[N: (int, Decimal, Fraction)](self, value: N) -> N:
        """The value, or the end of the range that it is beyond."""
        return min(max(value, type(value)(self.low)), type(value)(self.high))

    @property
    def scores(self) -> range:
        """The whole numbers in it, the lowest first."""
        return range(self.low, self.high + 1)


class Mode(StrEnum):
    """How AI takes part in a task (section 1)."""

    DISPLACEMENT = "DISPLACEMENT"
    AUGMENTATION = "AUGMENTATION"
    NOT_INVOLVED = "NOT INVOLVED"


class EvidenceDimension(StrEnum):
    """The five dimensions of evidence (section 1)."""

    JOB_POSTING_TRENDS = "Job Posting Trends"
    COMPANY_ACTIONS = "Company Actions"
    WAGE_TRENDS = "Wage Trends"
    AI_TOOL_MATURITY = "AI Tool Maturity"
    EXPERT_CONSENSUS = "Expert Consensus"


class Barrier(StrEnum):
    """The five barriers to AI doing the work (section 1)."""

    REGULATORY = "Regulatory/Licensing"
    PHYSICAL_PRESENCE = "Physical Presence"
    UNION = "Union/Collective Bargaining"
    LIABILITY = "Liability/Accountability"
    CULTURAL = "Cultural/Ethical"


class Principle(StrEnum):
    """The three protective principles (section 1)."""

    PHYSICALITY = "Embodied Physicality"
    CONNECTION = "Deep Interpersonal Connection"
    JUDGMENT = "Goal-Setting & Moral Judgment"


@dataclass(frozen=True, slots=True)
class DimensionGroup:
    """Dimensions of one kind: each has a score on the same scale, and they add up to a total."""

    name: str
    """As the attribute of ``Inputs`` is called."""
    label: str
    dimensions: type[StrEnum]
    scale: Range

    @property
    def total(self) -> Range:
        """The range of the sum of all scores."""
        many = len(self.dimensions)
        return Range(self.scale.low * many, self.scale.high * many)


EVIDENCE = DimensionGroup("evidence", "Evidence", EvidenceDimension, Range(-2, 2))
BARRIERS = DimensionGroup("barriers", "Barriers", Barrier, Range(0, 2))
PRINCIPLES = DimensionGroup("principles", "Protective principles", Principle, Range(0, 3))
"""Not in the formula; they feed the quick screen (section 5)."""
DIMENSION_GROUPS = (EVIDENCE, BARRIERS, PRINCIPLES)

TASK_SCORE = Range(1, 5)
GROWTH = Range(-2, 2)
GROWTH_NAME = "AI growth correlation"
TASK_RESISTANCE = Range(1, 5)
PUBLISHED_SCORE = Range(0, 100)
PERCENT = Range(0, 100)
WHOLE_TIME = Decimal(100)

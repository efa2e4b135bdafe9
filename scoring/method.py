"""The constants of AIJRI: dimensions, ranges, zones, sub-labels, and the formula's versions."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple


class Range(NamedTuple):
    """An inclusive range of values."""

    low: int
    high: int

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int | Decimal) and self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.low} to {self.high}"


class Mode(StrEnum):
    """How AI takes part in a task (section 1)."""

    DISPLACEMENT = "DISPLACEMENT"
    AUGMENTATION = "AUGMENTATION"
    NOT_INVOLVED = "NOT INVOLVED"


class EvidenceDimension(StrEnum):
    """The five dimensions of evidence, each -2..+2 (section 1)."""

    JOB_POSTING_TRENDS = "Job Posting Trends"
    COMPANY_ACTIONS = "Company Actions"
    WAGE_TRENDS = "Wage Trends"
    AI_TOOL_MATURITY = "AI Tool Maturity"
    EXPERT_CONSENSUS = "Expert Consensus"


class Barrier(StrEnum):
    """The five barriers to AI doing the work, each 0..2 (section 1)."""

    REGULATORY = "Regulatory/Licensing"
    PHYSICAL_PRESENCE = "Physical Presence"
    UNION = "Union/Collective Bargaining"
    LIABILITY = "Liability/Accountability"
    CULTURAL = "Cultural/Ethical"


class Principle(StrEnum):
    """The three protective principles, each 0..3; not in the formula (section 1)."""

    PHYSICALITY = "Embodied Physicality"
    CONNECTION = "Deep Interpersonal Connection"
    JUDGMENT = "Goal-Setting & Moral Judgment"


class Zone(StrEnum):
    """The three zones of a published score (section 3)."""

    GREEN = "Green"
    YELLOW = "Yellow"
    RED = "Red"


class SubLabel(StrEnum):
    """What sets roles of one zone apart (section 4)."""

    DISPLACING = "Displacing"
    EXPOSED = "Exposed"
    URGENT = "Urgent"
    MODERATE = "Moderate"
    ACCELERATED = "Accelerated"
    TRANSFORMING = "Transforming"
    STABLE = "Stable"


class Lean(StrEnum):
    """Where the quick screen leans; it never decides the zone (section 5)."""

    RED = "likely Red"
    GREEN = "likely Green"
    NONE = "no lean"


TASK_SCORE = Range(1, 5)
EVIDENCE_SCORE = Range(-2, 2)
BARRIER_SCORE = Range(0, 2)
PRINCIPLE_SCORE = Range(0, 3)
GROWTH = Range(-2, 2)
TASK_RESISTANCE = Range(1, 5)
PUBLISHED_SCORE = Range(0, 100)
EVIDENCE_TOTAL = Range(-10, 10)
BARRIER_TOTAL = Range(0, 10)
PROTECTIVE_TOTAL = Range(0, 9)

WHOLE_TIME = Decimal(100)
RESISTANCE_CEILING = Decimal("6.00")


@dataclass(frozen=True, slots=True)
class Method:
    """One version of the method: the coefficients of its formula (section 2).

    An assessment is scored by the version that it stores, for ever. Scales, zones and
    sub-labels are those of all versions.
    """

    version: str
    evidence_weight: Decimal
    barrier_weight: Decimal
    growth_weight: Decimal
    raw_floor: Decimal
    """The smallest raw there is, which becomes 0."""
    raw_span: Decimal
    """What lies between that and the raw that becomes 100."""


AIJRI_1_0 = Method(
    version="1.0",
    evidence_weight=Decimal("0.04"),
    barrier_weight=Decimal("0.02"),
    growth_weight=Decimal("0.05"),
    raw_floor=Decimal("0.54"),
    raw_span=Decimal("7.93"),
)
METHODS = {method.version: method for method in (AIJRI_1_0,)}
"""Every version that a stored assessment can have."""
CURRENT = AIJRI_1_0
"""The version by which new assessments are scored."""

GREEN_FROM = Decimal(48)
YELLOW_FROM = Decimal(25)

AUTOMATABLE_FROM = 3
URGENT_SHARE = Decimal(40)
TRANSFORMING_SHARE = Decimal(20)

LARGE_ADJUSTMENT = Decimal("0.50")
LARGE_OVERRIDE = Decimal("3.0")


def rounded(value: Decimal, places: int) -> Decimal:
    """``value`` rounded half up to ``places`` decimals, never as a negative zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0


def zone_of(published_score: Decimal) -> Zone:
    """The zone of a published score, 0..100, already rounded to one decimal (section 3)."""
    if published_score >= GREEN_FROM:
        return Zone.GREEN
    if published_score >= YELLOW_FROM:
        return Zone.YELLOW
    return Zone.RED


def sub_label_of(zone: Zone, growth: int, share_3_plus: Decimal) -> SubLabel:
    """The sub-label from zone, growth (-2..+2) and percent of time scoring 3+ (section 4)."""
    if zone is Zone.RED:
        return SubLabel.DISPLACING if growth < 0 else SubLabel.EXPOSED
    if zone is Zone.YELLOW:
        return SubLabel.URGENT if share_3_plus >= URGENT_SHARE else SubLabel.MODERATE
    if growth == GROWTH.high:
        return SubLabel.ACCELERATED
    return SubLabel.TRANSFORMING if share_3_plus >= TRANSFORMING_SHARE else SubLabel.STABLE


def lean_of(protective_total: int, growth: int) -> Lean:
    """The quick screen from protective total (0..9) and growth (-2..+2) (section 5)."""
    if protective_total <= 2 and growth < 0:
        return Lean.RED
    if protective_total >= 7 and growth >= 0:
        return Lean.GREEN
    return Lean.NONE

"""AIJRI: what is scored on which scale, zones and sub-labels, and the versions of the method.

Dimensions, their scales and the words for zones are the same in every version, since the
database holds them; every constant of the arithmetic belongs to a ``Method``.
"""

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

    @property
    def signed(self) -> bool:
        """Whether it has two sides, so that scores on it are written with their sign."""
        return self.low < 0

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
TASK_RESISTANCE = Range(1, 5)
PUBLISHED_SCORE = Range(0, 100)
PERCENT = Range(0, 100)
WHOLE_TIME = Decimal(100)


class Zone(StrEnum):
    """The three zones of a published score, the best first (section 3)."""

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


@dataclass(frozen=True, slots=True)
class Method:
    """One version of the method: every constant of its arithmetic (sections 2 to 5).

    An assessment is scored by the version that it stores, for ever, and whatever shows or
    recomputes one of its figures takes the constants from there.
    """

    version: str
    resistance_ceiling: Decimal
    """What the weighted total is taken from."""
    evidence_weight: Decimal
    barrier_weight: Decimal
    growth_weight: Decimal
    raw_floor: Decimal
    """The smallest raw there is, which becomes 0."""
    raw_span: Decimal
    """What lies between that and the raw that becomes 100."""
    green_from: Decimal
    yellow_from: Decimal
    urgent_share: Decimal
    transforming_share: Decimal
    lean_red_up_to: int
    """The protective total up to which the quick screen can lean to Red."""
    lean_green_from: int
    large_adjustment: Decimal
    large_override: Decimal

    @property
    def boundaries(self) -> tuple[Decimal, Decimal]:
        """The scores from which on a role is Yellow, and Green."""
        return self.yellow_from, self.green_from

    def zone_of(self, published_score: Decimal) -> Zone:
        """The zone of a published score, 0..100, already rounded to one decimal (section 3)."""
        if published_score >= self.green_from:
            return Zone.GREEN
        if published_score >= self.yellow_from:
            return Zone.YELLOW
        return Zone.RED

    def sub_label_of(self, zone: Zone, growth: int, share_3_plus: Decimal) -> SubLabel:
        """The sub-label from zone, growth (-2..+2) and percent of time scoring 3+ (section 4)."""
        if zone is Zone.RED:
            return SubLabel.DISPLACING if growth < 0 else SubLabel.EXPOSED
        if zone is Zone.YELLOW:
            return SubLabel.URGENT if share_3_plus >= self.urgent_share else SubLabel.MODERATE
        if growth == GROWTH.high:
            return SubLabel.ACCELERATED
        transforming = share_3_plus >= self.transforming_share
        return SubLabel.TRANSFORMING if transforming else SubLabel.STABLE

    def lean_of(self, protective_total: int, growth: int) -> Lean:
        """The quick screen from protective total (0..9) and growth (-2..+2) (section 5)."""
        if protective_total <= self.lean_red_up_to and growth < 0:
            return Lean.RED
        if protective_total >= self.lean_green_from and growth >= 0:
            return Lean.GREEN
        return Lean.NONE


AIJRI_1_0 = Method(
    version="1.0",
    resistance_ceiling=Decimal("6.00"),
    evidence_weight=Decimal("0.04"),
    barrier_weight=Decimal("0.02"),
    growth_weight=Decimal("0.05"),
    raw_floor=Decimal("0.54"),
    raw_span=Decimal("7.93"),
    green_from=Decimal(48),
    yellow_from=Decimal(25),
    urgent_share=Decimal(40),
    transforming_share=Decimal(20),
    lean_red_up_to=2,
    lean_green_from=7,
    large_adjustment=Decimal("0.50"),
    large_override=Decimal("3.0"),
)
METHODS = {method.version: method for method in (AIJRI_1_0,)}
"""Every version that a stored assessment can have."""
CURRENT = AIJRI_1_0
"""The version by which new assessments are scored."""


def rounded(value: Decimal, places: int) -> Decimal:
    """``value`` rounded half up to ``places`` decimals, never as a negative zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0

"""The versions of the method: every constant of its arithmetic, by version."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Method:
    """One version of the method: every constant of its arithmetic (sections 2 to 5, and 8).

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
    step_chance: Decimal
    """The probability that a rating is one step lower; the same again that it is one higher."""
    range_tail: Decimal
    """The probability that the range leaves out at either end."""

    @property
    def boundaries(self) -> tuple[Decimal, Decimal]:
        """The scores from which on a role is Yellow, and Green."""
        return self.yellow_from, self.green_from


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
    step_chance=Decimal("0.125"),
    range_tail=Decimal("0.05"),
)
METHODS = {method.version: method for method in (AIJRI_1_0,)}
"""Every version that a stored assessment can have."""
CURRENT = AIJRI_1_0
"""The version by which new assessments are scored."""

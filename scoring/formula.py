"""The formula: from the weighted tasks and three totals to a score (section 2)."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from scoring.dimensions import PUBLISHED_SCORE
from scoring.method import Method

# The longest exact product has fifteen decimals and a digit before them; the quotient is
# infinite, and 28 digits place it unmistakably on one side of any half at one decimal.
PRECISION = 28


def task_resistance(weighted: Decimal, method: Method) -> Decimal:
    """What is left of the ceiling by the weighted scores of the tasks."""
    return method.resistance_ceiling - weighted


def evidence_modifier(evidence_total: int, method: Method) -> Decimal:
    """0.60..1.40 in version 1.0, from a total of -10..+10."""
    return 1 + method.evidence_weight * evidence_total


def barrier_modifier(barrier_total: int, method: Method) -> Decimal:
    """1.00..1.20 in version 1.0, from a total of 0..10."""
    return 1 + method.barrier_weight * barrier_total


def growth_modifier(growth: int, method: Method) -> Decimal:
    """0.90..1.10 in version 1.0, from -2..+2."""
    return 1 + method.growth_weight * growth


def unclamped_score(raw: Decimal, method: Method) -> Decimal:
    """What task resistance times the modifiers comes to on the scale of scores."""
    with localcontext(prec=PRECISION):
        return (raw - method.raw_floor) * 100 / method.raw_span


def score_line(method: Method) -> tuple[Fraction, Fraction]:
    """The unclamped score as a straight line over raw, exact: its slope, and where it starts."""
    points = 100 / Fraction(method.raw_span)
    return points, -Fraction(method.raw_floor) * points


def clamped_score(unclamped: Decimal) -> Decimal:
    """A score held within 0..100."""
    return PUBLISHED_SCORE.held(unclamped)


def rounded(value: Decimal, places: int) -> Decimal:
    """``value`` rounded half up to ``places`` decimals, never as a negative zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0


def in_full(value: Decimal) -> str:
    """A number with all its decimals and no zero after them: 3.2, 2.223456, 75."""
    return f"{value.normalize() + 0:f}"

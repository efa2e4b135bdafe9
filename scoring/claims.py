"""What a document claims, held against what its inputs give (section 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from scoring.explain import gap
from scoring.formula import Score
from scoring.inputs import Inputs
from scoring.method import Mode, rounded


class Figure(StrEnum):
    """The figures that a document can state; most are named as in ``Score``."""

    TASK_WEIGHTED = "task_weighted"
    TIME_TOTAL = "time_total"
    WEIGHTED = "weighted"
    TASK_RESISTANCE_RAW = "task_resistance_raw"
    TASK_RESISTANCE = "task_resistance"
    EVIDENCE_TOTAL = "evidence_total"
    EVIDENCE_MODIFIER = "evidence_modifier"
    BARRIER_TOTAL = "barrier_total"
    BARRIER_MODIFIER = "barrier_modifier"
    GROWTH = "growth"
    GROWTH_MODIFIER = "growth_modifier"
    PROTECTIVE_TOTAL = "protective_total"
    LEAN = "lean"
    RAW = "raw"
    FORMULA_SCORE = "formula_score"
    PUBLISHED_SCORE = "published_score"
    ZONE = "zone"
    SUB_LABEL = "sub_label"
    SPLIT = "split"
    SHARE_3_PLUS = "share_3_plus"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a document states about a figure."""

    figure: Figure
    claimed: str
    """A plain decimal with as many decimals as the document gives, or the word it uses."""
    place: str = ""
    """Where in the document it is stated."""
    subject: str = ""
    """The task's number, the mode or the neighbour's title, for a figure there are many of."""


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim beside what the inputs give."""

    claim: Claim
    computed: str
    """Empty where there is nothing to hold the claim against."""
    reproduces: bool


def check_claim(
    claim: Claim, inputs: Inputs, scored: Score, neighbours: Mapping[str, Decimal]
) -> CheckedClaim:
    """Hold a claim against the computed figure (section 6).

    ``neighbours`` maps a neighbour's title to its published or cited score. A number
    reproduces when it is the computed one, rounded half up or cut off at the decimals
    that the document gives.
    """
    computed = computed_figure(claim.figure, claim.subject, inputs, scored, neighbours)
    if isinstance(computed, Decimal):
        return CheckedClaim(claim, _plain(computed), _reproduces(claim.claimed, computed))
    return CheckedClaim(claim, computed, claim.claimed == computed != "")


def computed_figure(
    figure: Figure,
    subject: str,
    inputs: Inputs,
    scored: Score,
    neighbours: Mapping[str, Decimal],
) -> Decimal | str:
    """What the inputs give for a figure; an empty string where the subject is unknown."""
    match figure:
        case Figure.TASK_WEIGHTED:
            index = int(subject) - 1
            return inputs.tasks[index].weighted if index < len(inputs.tasks) else ""
        case Figure.TIME_TOTAL:
            return sum((task.time or Decimal(0) for task in inputs.tasks), Decimal(0))
        case Figure.SPLIT:
            return scored.split[Mode(subject)]
        case Figure.GAP:
            return gap(scored.published_score, neighbours[subject]) if subject in neighbours else ""
    value = getattr(scored, figure)
    return str(value) if isinstance(value, StrEnum) else Decimal(value)


def _reproduces(claimed: str, computed: Decimal) -> bool:
    stated = Decimal(claimed)
    unit = Decimal(1).scaleb(min(0, int(stated.as_tuple().exponent)))
    return stated in (
        computed.quantize(unit, rounding=ROUND_DOWN),
        rounded(computed, -int(unit.as_tuple().exponent)),
    )


def _plain(value: Decimal) -> str:
    """Every digit of an exact decimal, without exponent or trailing zeros."""
    return f"{value.normalize() + 0:f}"

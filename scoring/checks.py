"""What deserves a second look: warnings, and claims held against figures (sections 2 and 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from scoring import method
from scoring.explain import gap
from scoring.formula import Score, score
from scoring.inputs import Inputs
from scoring.method import Mode, rounded


class Warned(StrEnum):
    """What a warning is about."""

    LARGE_ADJUSTMENT = "large adjustment"
    ADJUSTMENT_CHANGES_ZONE = "adjustment changes the zone"
    LARGE_OVERRIDE = "large override"
    OVERRIDE_CHANGES_ZONE = "override changes the zone"
    CLAMPED = "formula score clamped"


@dataclass(frozen=True, slots=True)
class ScoreWarning:
    """Something that is allowed, and that editor and reader are told (section 2)."""

    about: Warned
    message: str


def warnings(inputs: Inputs, scored: Score | None = None) -> list[ScoreWarning]:
    """The warnings of section 2 for inputs that can be scored; else InvalidInputs.

    ``scored`` is their score where it is known already.
    """
    scored = scored or score(inputs)
    found = []
    if inputs.adjusted_task_resistance is not None:
        found += _adjustment_warnings(inputs, scored)
    if inputs.override is not None:
        found += _override_warnings(inputs.override, scored)
    if scored.clamped:
        found.append(
            ScoreWarning(
                Warned.CLAMPED,
                f"The formula gives {rounded(scored.unclamped_score, 1)}, "
                f"which is held at {scored.formula_score}.",
            )
        )
    return found


def _adjustment_warnings(inputs: Inputs, scored: Score) -> list[ScoreWarning]:
    found = []
    change = scored.task_resistance - scored.task_resistance_raw
    if abs(change) > method.LARGE_ADJUSTMENT:
        found.append(
            ScoreWarning(
                Warned.LARGE_ADJUSTMENT,
                f"The adjustment moves task resistance by {rounded(change, 2):+}, "
                f"more than {method.LARGE_ADJUSTMENT}.",
            )
        )
    adjusted = score(inputs.without_override(), scored.by)
    unadjusted = score(inputs.without_adjustment(), scored.by)
    if adjusted.zone is not unadjusted.zone:
        found.append(
            ScoreWarning(
                Warned.ADJUSTMENT_CHANGES_ZONE,
                f"The adjustment decides the zone: without it the formula gives "
                f"{unadjusted.formula_score}, {unadjusted.zone}; "
                f"with it {adjusted.formula_score}, {adjusted.zone}.",
            )
        )
    return found


def _override_warnings(override: Decimal, scored: Score) -> list[ScoreWarning]:
    found = []
    change = override - scored.exact_score
    if abs(change) > method.LARGE_OVERRIDE:
        found.append(
            ScoreWarning(
                Warned.LARGE_OVERRIDE,
                f"The override moves the score by {rounded(change, 1):+} points, "
                f"more than {method.LARGE_OVERRIDE}.",
            )
        )
    formula_zone = method.zone_of(scored.formula_score)
    if scored.zone is not formula_zone:
        found.append(
            ScoreWarning(
                Warned.OVERRIDE_CHANGES_ZONE,
                f"The override decides the zone: the formula gives {scored.formula_score}, "
                f"{formula_zone}; the published score is {scored.published_score}, "
                f"{scored.zone}.",
            )
        )
    return found


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

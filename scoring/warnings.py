"""What deserves a second look before a score is published (section 2)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scoring import method
from scoring.formula import Score, score
from scoring.inputs import Inputs
from scoring.method import rounded


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

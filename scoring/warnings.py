"""What deserves a second look before a score is published (section 2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scoring.figures import Score
from scoring.formula import rounded
from scoring.zones import zone_of


class Warned(StrEnum):
    """What a warning is about."""

    LARGE_ADJUSTMENT = "large adjustment"
    ADJUSTMENT_CHANGES_ZONE = "adjustment changes the zone"
    LARGE_OVERRIDE = "large override"
    OVERRIDE_CHANGES_ZONE = "override changes the zone"
    CLAMPED = "formula score clamped"


@dataclass(frozen=True, slots=True)
class ScoreWarning:
    """Something that is allowed, and that editors and readers are warned of (section 2)."""

    about: Warned
    message: str
    """For editors, with the limit of section 2."""
    for_readers: str
    """The same as a sentence for those who never heard of the limit."""


def warnings(score: Score) -> list[ScoreWarning]:
    """The warnings of section 2 for a score."""
    found: list[ScoreWarning] = []
    if score.inputs.adjusted_task_resistance is not None:
        found += _adjustment_warnings(score)
    if score.inputs.override is not None:
        found += _override_warnings(score, score.inputs.override)
    if score.clamped:
        found.append(
            ScoreWarning(
                Warned.CLAMPED,
                f"The formula gives {rounded(score.unclamped_score, 1)}, "
                f"which is held at {score.formula_score}.",
                f"The formula gives {rounded(score.unclamped_score, 1)}; "
                f"the scale ends at {score.formula_score}.",
            )
        )
    return found


def _adjustment_warnings(score: Score) -> Iterator[ScoreWarning]:
    limit = score.method.large_adjustment
    change = score.task_resistance - score.task_resistance_raw
    if abs(change) > limit:
        yield ScoreWarning(
            Warned.LARGE_ADJUSTMENT,
            f"The adjustment moves task resistance by {rounded(change, 2):+}, more than {limit}.",
            f"The assessor {_moved(change)} the resistance of the tasks by hand, "
            f"from {rounded(score.task_resistance_raw, 2)} to {rounded(score.task_resistance, 2)} "
            "of 5, which is a lot.",
        )
    adjusted_zone = zone_of(score.formula_score, score.method)
    unadjusted = score.without_adjustment()
    if adjusted_zone is not unadjusted.zone:
        yield ScoreWarning(
            Warned.ADJUSTMENT_CHANGES_ZONE,
            f"The adjustment decides the zone: without it the formula gives "
            f"{unadjusted.formula_score}, {unadjusted.zone}; "
            f"with it {score.formula_score}, {adjusted_zone}.",
            f"The assessor {_moved(change)} the resistance of the tasks by hand, and that decides "
            f"the zone: as the tasks are rated, the score would be {unadjusted.formula_score}, "
            f"{unadjusted.zone}.",
        )


def _override_warnings(score: Score, override: Decimal) -> Iterator[ScoreWarning]:
    limit = score.method.large_override
    change = override - score.exact_score
    if abs(change) > limit:
        yield ScoreWarning(
            Warned.LARGE_OVERRIDE,
            f"The override moves the score by {rounded(change, 1):+} points, more than {limit}.",
            f"The assessor {_moved(change)} the score by hand, from {score.formula_score} "
            f"to {score.published_score}, which is a lot.",
        )
    formula_zone = zone_of(score.formula_score, score.method)
    if score.zone is not formula_zone:
        yield ScoreWarning(
            Warned.OVERRIDE_CHANGES_ZONE,
            f"The override decides the zone: the formula gives {score.formula_score}, "
            f"{formula_zone}; the published score is {score.published_score}, {score.zone}.",
            f"The assessor {_moved(change)} the score by hand, and that decides the zone: "
            f"the formula gives {score.formula_score}, {formula_zone}.",
        )


def _moved(change: Decimal) -> str:
    return "raised" if change > 0 else "lowered"


_SAYS_AS_MUCH = {
    Warned.LARGE_ADJUSTMENT: Warned.ADJUSTMENT_CHANGES_ZONE,
    Warned.LARGE_OVERRIDE: Warned.OVERRIDE_CHANGES_ZONE,
}
"""What need not be said beside another warning."""


def for_readers(found: list[ScoreWarning]) -> list[str]:
    """What readers are told, each thing once."""
    about = {warning.about for warning in found}
    return [
        warning.for_readers for warning in found if _SAYS_AS_MUCH.get(warning.about) not in about
    ]

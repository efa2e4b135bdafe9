"""What a document claims, held against what its inputs give (section 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from scoring.dimensions import Mode
from scoring.explain import gap
from scoring.figure_type import ComputedFigure, Figure
from scoring.figures import FIGURES, Score
from scoring.formula import in_full, rounded
from scoring.inputs import total_time

TASK_WEIGHTED = Figure("task_weighted", "Weighted score of a task", decimals=2)
TIME_TOTAL = Figure("time_total", "Total time", unit="%")
SPLIT = Figure("split", "Share of time by mode", unit="%")
GAP = Figure("gap", "Gap to a neighbour")

CLAIMABLE: dict[str, Figure] = {
    **FIGURES,
    **{figure.name: figure for figure in (TASK_WEIGHTED, TIME_TOTAL, SPLIT, GAP)},
}
"""Every figure that a document can state: those of a score, and those there are several of."""


class Reproduction(StrEnum):
    """How a stated figure stands to the computed one."""

    REPRODUCED = "reproduced"
    DIFFERS = "differs"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """What a document states about a figure."""

    figure: Figure
    claimed: str
    """A plain decimal with as many decimals as the document gives, or the word it uses."""
    place: str = ""
    """Where in the document it is stated."""
    subject: str = ""
    """The task's number, the mode or the neighbour's title, for a figure there are several of."""


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim beside what the inputs give."""

    claim: StatedClaim
    computed: str
    """Empty where there is nothing to hold the claim against."""
    reproduces: bool

    @property
    def standing(self) -> Reproduction:
        """Whether it was held against anything, and how it came out."""
        if not self.computed:
            return Reproduction.NOT_CHECKED
        return Reproduction.REPRODUCED if self.reproduces else Reproduction.DIFFERS


def check_claim(
    claim: StatedClaim, score: Score, neighbours: Mapping[str, Decimal]
) -> CheckedClaim:
    """Hold a claim against the computed figure (section 6).

    ``neighbours`` maps a neighbour's title to its published or cited score. A number
    reproduces when it is the computed one, rounded half up or cut off at the decimals
    that the document gives.
    """
    value = computed_value(claim.figure, claim.subject, score, neighbours)
    if isinstance(value, Decimal):
        return CheckedClaim(claim, in_full(value), _reproduces(claim.claimed, value))
    return CheckedClaim(claim, value, claim.claimed == value != "")


def computed_value(
    figure: Figure, subject: str, score: Score, neighbours: Mapping[str, Decimal]
) -> Decimal | str:
    """What the inputs give for a figure; an empty string where the subject is unknown."""
    tasks = score.inputs.tasks
    if figure is TASK_WEIGHTED:
        index = int(subject) - 1
        return tasks[index].weighted if index < len(tasks) else ""
    if figure is TIME_TOTAL:
        return total_time(tasks)
    if figure is SPLIT:
        return score.split[Mode(subject)]
    if figure is GAP:
        return gap(score.published_score, neighbours[subject]) if subject in neighbours else ""
    assert isinstance(figure, ComputedFigure)
    value = getattr(score, figure.name)
    return str(value) if isinstance(value, StrEnum) else Decimal(value)


def _reproduces(claimed: str, computed: Decimal) -> bool:
    stated = Decimal(claimed)
    unit = Decimal(1).scaleb(min(0, int(stated.as_tuple().exponent)))
    return stated in (
        computed.quantize(unit, rounding=ROUND_DOWN),
        rounded(computed, -int(unit.as_tuple().exponent)),
    )

"""The formula: inputs in, a score with every intermediate figure out (section 2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from scoring import method
from scoring.inputs import Inputs, Problem, Task, problems
from scoring.method import CURRENT, Lean, Method, Mode, SubLabel, Zone, rounded

# The longest exact product has nine decimals; the quotient is infinite, and 28 digits
# place it unmistakably on one side of any half at one decimal.
PRECISION = 28


@dataclass(frozen=True, slots=True)
class Score:
    """Every figure of one scored assessment, unrounded unless it says otherwise."""

    weighted: Decimal
    task_resistance_raw: Decimal
    task_resistance: Decimal
    evidence_total: int
    evidence_modifier: Decimal
    barrier_total: int
    barrier_modifier: Decimal
    growth: int
    growth_modifier: Decimal
    protective_total: int
    raw: Decimal
    unclamped_score: Decimal
    """The formula's result before it is clamped to 0..100 and rounded."""
    formula_score: Decimal
    """0..100, one decimal."""
    published_score: Decimal
    """0..100, one decimal: the override if there is one, else the formula score."""
    zone: Zone
    sub_label: SubLabel
    displacement: Decimal
    augmentation: Decimal
    not_involved: Decimal
    share_3_plus: Decimal
    """Percent of task time whose task scores 3 or more."""
    lean: Lean
    by: Method
    """The version of the method that gave these figures."""

    @property
    def exact_score(self) -> Decimal:
        """The formula score, 0..100, before it is rounded."""
        return _clamped(self.unclamped_score)

    @property
    def clamped(self) -> bool:
        """Whether the formula left 0..100 and was held at its edge (section 2)."""
        return self.unclamped_score not in method.PUBLISHED_SCORE

    @property
    def split(self) -> dict[Mode, Decimal]:
        """Percent of task time by mode."""
        return {
            Mode.DISPLACEMENT: self.displacement,
            Mode.AUGMENTATION: self.augmentation,
            Mode.NOT_INVOLVED: self.not_involved,
        }


class InvalidInputs(ValueError):
    """The inputs cannot be scored; ``problems`` holds every reason."""

    def __init__(self, found: list[Problem]) -> None:
        self.problems = found
        super().__init__("; ".join(str(problem) for problem in found))


def score(inputs: Inputs, by: Method = CURRENT) -> Score:
    """Score the inputs by sections 2 to 5, with the coefficients of a version of the method.

    Raises InvalidInputs, naming every problem, when they are incomplete or out of range.
    """
    if found := problems(inputs):
        raise InvalidInputs(found)
    assert inputs.growth is not None
    with localcontext(prec=PRECISION):
        return _score(inputs, inputs.growth, by)


def _score(inputs: Inputs, growth: int, by: Method) -> Score:
    weighted = sum((task.weighted for task in inputs.tasks), Decimal(0))
    task_resistance_raw = method.RESISTANCE_CEILING - weighted
    adjusted = inputs.adjusted_task_resistance
    task_resistance = task_resistance_raw if adjusted is None else adjusted

    evidence_total = sum(inputs.evidence.values())
    barrier_total = sum(inputs.barriers.values())
    protective_total = sum(inputs.principles.values())
    evidence_modifier = 1 + by.evidence_weight * evidence_total
    barrier_modifier = 1 + by.barrier_weight * barrier_total
    growth_modifier = 1 + by.growth_weight * growth

    raw = task_resistance * evidence_modifier * barrier_modifier * growth_modifier
    unclamped_score = (raw - by.raw_floor) * 100 / by.raw_span
    formula_score = rounded(_clamped(unclamped_score), 1)
    override = inputs.override
    published_score = formula_score if override is None else rounded(override, 1)

    zone = method.zone_of(published_score)
    share_3_plus = _time(
        task for task in inputs.tasks if (task.score or 0) >= method.AUTOMATABLE_FROM
    )
    return Score(
        weighted=weighted,
        task_resistance_raw=task_resistance_raw,
        task_resistance=task_resistance,
        evidence_total=evidence_total,
        evidence_modifier=evidence_modifier,
        barrier_total=barrier_total,
        barrier_modifier=barrier_modifier,
        growth=growth,
        growth_modifier=growth_modifier,
        protective_total=protective_total,
        raw=raw,
        unclamped_score=unclamped_score,
        formula_score=formula_score,
        published_score=published_score,
        zone=zone,
        sub_label=method.sub_label_of(zone, growth, share_3_plus),
        displacement=_time_in(inputs, Mode.DISPLACEMENT),
        augmentation=_time_in(inputs, Mode.AUGMENTATION),
        not_involved=_time_in(inputs, Mode.NOT_INVOLVED),
        share_3_plus=share_3_plus,
        lean=method.lean_of(protective_total, growth),
        by=by,
    )


def _clamped(value: Decimal) -> Decimal:
    low, high = method.PUBLISHED_SCORE
    return min(max(value, Decimal(low)), Decimal(high))


def _time(tasks: Iterable[Task]) -> Decimal:
    return sum((task.time or Decimal(0) for task in tasks), Decimal(0))


def _time_in(inputs: Inputs, mode: Mode) -> Decimal:
    return _time(task for task in inputs.tasks if task.mode == mode)

"""A score worked out on paper: every step with its numbers, then every figure, as lines of text."""

from collections.abc import Iterator
from decimal import Decimal

from scoring.dimensions import DIMENSION_GROUPS
from scoring.figures import FIGURES, Score
from scoring.formula import in_full
from scoring.plain import computation
from scoring.warnings import warnings

DECIMALS = 6
"""With which a quotient that never ends is written."""


def working(score: Score) -> Iterator[str]:
    """The whole computation; steps have their exact numbers, figures stand as JSON has them."""
    yield f"AIJRI {score.method.version}"
    yield from _headed("Inputs", _inputs(score))
    yield from _headed("Working", _steps(score))
    yield from _headed("Figures", _figures(score))
    yield from _headed("Beside the figures", _warned(score))


def _headed(heading: str, lines: Iterator[str]) -> Iterator[str]:
    yield from ("", heading, *(f"  {line}" for line in lines))


def _inputs(score: Score) -> Iterator[str]:
    for task in score.inputs.tasks:
        assert task.time is not None
        yield f"{in_full(task.time):>5} %  score {task.score}  {task.mode:<12}  {task.name}"
    for group in DIMENSION_GROUPS:
        for dimension, rated in score.inputs.scores_of(group).items():
            yield f"{rated:>5}  {group.label}: {dimension}"
    yield f"{score.growth:>5}  {FIGURES['growth'].label}"


def _steps(score: Score) -> Iterator[str]:
    """The formula of section 2 with the numbers in their places."""
    by, inputs = score.method, score.inputs
    parts = " + ".join(in_full(task.weighted) for task in inputs.tasks)
    yield _step("weighted", parts, score)
    yield _step(
        "task_resistance_raw", f"{by.resistance_ceiling} - {in_full(score.weighted)}", score
    )
    adjusted = inputs.adjusted_task_resistance is not None
    why = f"adjusted: {inputs.adjustment_reason}" if adjusted else "as the tasks give it"
    yield _step("task_resistance", why, score)
    for name, weight, total in (
        ("evidence_modifier", by.evidence_weight, score.evidence_total),
        ("barrier_modifier", by.barrier_weight, score.barrier_total),
        ("growth_modifier", by.growth_weight, score.growth),
    ):
        yield _step(name, f"1 + {weight} x {total}", score)
    factors = (
        score.task_resistance,
        score.evidence_modifier,
        score.barrier_modifier,
        score.growth_modifier,
    )
    yield _step("raw", " x ".join(map(in_full, factors)), score)
    quotient = f"({in_full(score.raw)} - {by.raw_floor}) / {by.raw_span} x 100"
    yield _step("formula_score", f"{quotient} = {_cut(score.unclamped_score)}", score)
    overridden = inputs.override is not None
    why = f"overridden: {inputs.override_reason}" if overridden else "the formula score"
    yield _step("published_score", why, score)


def _step(name: str, how: str, score: Score) -> str:
    return f"{FIGURES[name].label} = {in_full(getattr(score, name))}  ({how})"


def _figures(score: Score) -> Iterator[str]:
    for name, value in computation(score)["figures"].items():
        yield f"{name:<20} {value}"


def _warned(score: Score) -> Iterator[str]:
    for warning in warnings(score):
        yield warning.message
    if not (crossing := score.crossing):
        yield "No single rating puts the score into another zone."
        return
    yield (
        f"Smallest change into another zone: {crossing.name}, rated {crossing.becomes} "
        f"in place of {crossing.rated}, gives {crossing.score}, {crossing.zone}."
    )


def _cut(value: Decimal) -> str:
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")

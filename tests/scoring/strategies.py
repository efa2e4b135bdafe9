"""Generated inputs, any that the method allows."""

from decimal import Decimal

from hypothesis import strategies as st

from scoring import dimensions
from scoring.dimensions import Barrier, EvidenceDimension, Mode, Principle, Range
from scoring.inputs import Inputs, TaskInput


def whole_number(allowed: Range) -> st.SearchStrategy[int]:
    return st.integers(allowed.low, allowed.high)


def decimals(allowed: Range, places: int) -> st.SearchStrategy[Decimal]:
    scale = 10**places
    steps = st.integers(allowed.low * scale, allowed.high * scale)
    return steps.map(lambda step: Decimal(step).scaleb(-places))


@st.composite
def times(draw, parts: int) -> list[Decimal]:
    """So many shares of time, each at least 0.1 percent, that sum to exactly 100."""
    cuts = draw(st.lists(st.integers(1, 999), min_size=parts - 1, max_size=parts - 1, unique=True))
    edges = [0, *sorted(cuts), 1000]
    return [Decimal(edges[i + 1] - edges[i]).scaleb(-1) for i in range(parts)]


@st.composite
def inputs(draw, adjusted: bool | None = None, overridden: bool | None = None) -> Inputs:
    """Valid inputs; with an adjustment or override as given, or at random."""
    shares = draw(st.integers(1, 9).flatmap(times))
    adjustment = draw(decimals(dimensions.TASK_RESISTANCE, 2))
    override = draw(decimals(dimensions.PUBLISHED_SCORE, 1))
    adjusted = draw(st.booleans()) if adjusted is None else adjusted
    overridden = draw(st.booleans()) if overridden is None else overridden
    return Inputs(
        tasks=tuple(
            TaskInput(
                f"Task {n}",
                time,
                draw(whole_number(dimensions.TASK_SCORE)),
                draw(st.sampled_from(Mode)),
            )
            for n, time in enumerate(shares, start=1)
        ),
        evidence={dim: draw(whole_number(dimensions.EVIDENCE.scale)) for dim in EvidenceDimension},
        barriers={dim: draw(whole_number(dimensions.BARRIERS.scale)) for dim in Barrier},
        principles={dim: draw(whole_number(dimensions.PRINCIPLES.scale)) for dim in Principle},
        growth=draw(whole_number(dimensions.GROWTH)),
        adjusted_task_resistance=adjustment if adjusted else None,
        adjustment_reason="A reason." if adjusted else "",
        override=override if overridden else None,
        override_reason="A reason." if overridden else "",
    )

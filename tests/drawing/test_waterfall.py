from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from roles.drawing.waterfall import Way, from_the_best, on_one_scale
from scoring.figures import score
from tests.reference import CLINICAL_CODER
from tests.scoring.strategies import inputs


def follows(drawn) -> None:
    """Each bar begins at the score that the one before reached, and lies on the axis."""
    level, at = drawn.start.points, drawn.start.at
    for step in drawn.steps:
        level += step.points
        assert step.reached == level
        ends = {step.start, step.start + step.width}
        assert at in ends
        at = (ends - {at} or ends).pop()
        assert 0 <= step.start <= step.start + step.width <= 100
    assert (level, at) == (drawn.end.points, drawn.end.at)


@given(inputs())
@settings(max_examples=50)
def test_the_bars_lead_from_the_best_conceivable_score_to_this_one(given_inputs):
    drawn = from_the_best(score(given_inputs), "This role")
    assert drawn.start.points == 100
    assert drawn.end.points == score(given_inputs).published_score
    follows(drawn)


@given(st.tuples(inputs(), inputs(), inputs()))
@settings(max_examples=50)
def test_between_roles_all_are_on_one_axis(given_inputs):
    one, two, three = (score(each) for each in given_inputs)
    ways = [Way("One", one, "Two", two), Way("One", one, "Three", three)]
    first, second = on_one_scale(ways)
    follows(first)
    follows(second)
    assert first.start.at == second.start.at
    assert [first.ticks[0], first.ticks[-1]] == [second.ticks[0], second.ticks[-1]]


def test_the_axis_is_rounded_out_to_tens():
    low = score(replace(CLINICAL_CODER, override=Decimal("12.3")))
    (drawn,) = on_one_scale([Way("A", low, "B", score(CLINICAL_CODER))])
    assert [tick.points for tick in (drawn.ticks[0], drawn.ticks[-1])] == [10, 30]


def test_from_the_best_the_bars_first_go_up_to_where_its_ratings_lead():
    first = from_the_best(score(CLINICAL_CODER), "This role").steps[0]
    assert (first.factor, first.reached) == ("end of the scale", Decimal("109.7"))


def test_what_adds_nothing_has_no_bar():
    drawn = from_the_best(score(CLINICAL_CODER.without_adjustment()), "This role")
    assert "adjustment" not in [step.factor for step in drawn.steps]


def test_there_is_nothing_to_draw_of_no_pair():
    assert on_one_scale([]) == []

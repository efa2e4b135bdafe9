"""Marks on the line from 0 to 100: each at its score, none on another."""

from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from roles.drawing.beeswarm import LARGEST, NARROWEST, SMALLEST, Swarm, radius_of

scores = st.decimals(min_value=0, max_value=100, places=1)
marks = st.lists(st.tuples(scores, st.integers(SMALLEST, LARGEST)), max_size=60)
widths = st.integers(NARROWEST, 1100)


@given(marks, widths)
def test_no_two_marks_overlap_on_any_screen(given, width):
    for a, b in combinations(Swarm.of(given).places, 2):
        across = abs(a.score - b.score) * width / 100
        assert max(across, Decimal(abs(a.y - b.y))) >= a.radius + b.radius


@given(marks)
def test_each_mark_stands_at_its_score_and_within_the_drawing(given):
    swarm = Swarm.of(given)
    assert [(place.score, place.radius) for place in swarm.places] == given
    for place in swarm.places:
        assert 0 <= place.top <= place.top + place.side <= swarm.height


def test_marks_that_have_room_stand_on_one_line():
    swarm = Swarm.of([(Decimal(score), 7) for score in (0, 20, 40, 100)])
    assert len({place.y for place in swarm.places}) == 1


def test_equal_scores_stand_on_one_another():
    swarm = Swarm.of([(Decimal(50), 7)] * 5)
    assert len({place.y for place in swarm.places}) == 5
    assert swarm.height == 5 * 15 + 1


def test_nothing_takes_no_room():
    assert Swarm.of([]).places == []


def test_the_area_stands_for_the_amount():
    assert radius_of(4_000_000, 4_000_000) == LARGEST
    assert radius_of(1_000_000, 4_000_000) == LARGEST / 2
    assert radius_of(None, 4_000_000) == radius_of(10, 4_000_000) == SMALLEST

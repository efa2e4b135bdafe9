"""Scores beside another figure, as points."""

from decimal import Decimal

from roles.drawing.scatter import HEIGHT, Scatter
from scoring.dimensions import Range


def test_the_highest_value_is_at_the_top():
    points = [(Decimal(10), Decimal(1)), (Decimal(90), Decimal(5)), (Decimal(50), Decimal(3))]
    assert Scatter.of(points, Range(1, 5)).places == [
        (Decimal(10), HEIGHT),
        (Decimal(90), 0),
        (Decimal(50), HEIGHT / 2),
    ]


def test_a_figure_without_bounds_reaches_from_its_least_to_its_most():
    scatter = Scatter.of([(Decimal(10), Decimal("-1.2")), (Decimal(20), Decimal("0.8"))], None)
    assert (scatter.low, scatter.high) == (Decimal("-1.2"), Decimal("0.8"))
    assert [y for _, y in scatter.places] == [HEIGHT, 0]


def test_one_value_and_none_can_be_drawn():
    assert Scatter.of([(Decimal(10), Decimal(3))], None).places == [(Decimal(10), 0)]
    assert Scatter.of([], None).places == []

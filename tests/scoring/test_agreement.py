from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.agreement import Agreement, RatedTwice, weighted_kappa
from scoring.dimensions import Barrier, EvidenceDimension, Mode, Principle
from scoring.figures import score
from scoring.inputs import Inputs, TaskInput

RATINGS = st.integers(-2, 5)


def by_definition(pairs, categories=range(-2, 6)):
    """Cohen's kappa from the two tables, observed and expected, with weights of 0 to 1."""
    weight = {(i, j): Fraction((i - j) ** 2, 49) for i in categories for j in categories}
    many = len(pairs)
    firsts = {i: Fraction(sum(first == i for first, _ in pairs), many) for i in categories}
    seconds = {j: Fraction(sum(second == j for _, second in pairs), many) for j in categories}
    observed = sum(weight[pair] for pair in pairs) / many
    expected = sum(weight[i, j] * firsts[i] * seconds[j] for i, j in weight)
    return 1 - observed / expected if expected else None


@given(st.lists(st.tuples(RATINGS, RATINGS), min_size=1, max_size=12))
def test_kappa_is_cohens_whatever_the_ratings(pairs):
    assert weighted_kappa(pairs) == by_definition(pairs)


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([(1, 1), (2, 2), (4, 4)], 1),
        ([(1, 1), (1, 2), (2, 1), (2, 2)], 0),
        ([(1, 2), (2, 1)], -1),
        ([(1, 1), (3, 3), (1, 3)], Fraction(2, 5)),
        ([(1, 1), (1, 1)], None),
        ([], None),
    ],
)
def test_kappa_of_few_ratings(pairs, kappa):
    assert weighted_kappa(pairs) == kappa


def scored(task=3, evidence=0, barrier=1, growth=0, mode=Mode.AUGMENTATION):
    return score(
        Inputs(
            tasks=(
                TaskInput("Most", Decimal(60), task, mode),
                TaskInput("Some", Decimal(40), 3, Mode.AUGMENTATION),
            ),
            evidence=dict.fromkeys(EvidenceDimension, evidence),
            barriers=dict.fromkeys(Barrier, barrier),
            principles=dict.fromkeys(Principle, 1),
            growth=growth,
        )
    )


FIRST = scored()  # 34.8 Yellow
AGREEMENT = Agreement(
    [
        RatedTwice("As before", FIRST, FIRST),
        RatedTwice("A step in one task", FIRST, scored(task=2)),
        RatedTwice("All evidence worse", FIRST, scored(evidence=-2, mode=Mode.DISPLACEMENT)),
    ]
)


def test_scores_are_held_against_each_other():
    assert [role.difference for role in AGREEMENT.roles] == [0, Decimal("8.3"), Decimal("-16.6")]
    assert AGREEMENT.mean_difference == Decimal("-2.8")
    assert AGREEMENT.mean_distance == Decimal("8.3")
    assert AGREEMENT.change_zone == 1
    assert AGREEMENT.within_range == 2
    assert [role.name for role in AGREEMENT.far_apart] == ["All evidence worse"]
    assert AGREEMENT.same_mode == Fraction(5, 6)
    assert AGREEMENT.different == Fraction(6, 39)


def test_ten_points_are_far_apart_only_when_exceeded():
    lifted = [
        RatedTwice("", FIRST, score(replace(FIRST.inputs, override=points, override_reason="So.")))
        for points in (FIRST.published_score + 10, FIRST.published_score + Decimal("10.1"))
    ]
    assert [role.far_apart for role in lifted] == [False, True]


def test_each_kind_of_input_and_each_dimension_has_its_ratings():
    kinds = {kind.label: kind for kind in AGREEMENT.kinds}
    assert {name: kind.ratings for name, kind in kinds.items()} == {
        "Tasks": 6,
        "Evidence": 15,
        "Barriers": 15,
        "Protective principles": 9,
        "AI growth correlation": 3,
    }
    assert kinds["Tasks"].same == Fraction(5, 6)
    assert kinds["Tasks"].mean_difference == Fraction(-1, 6)
    assert kinds["Evidence"].within_a_step == Fraction(2, 3)
    assert [one.label for one in AGREEMENT.dimensions] == [
        *EvidenceDimension,
        *Barrier,
        *Principle,
        "AI growth correlation",
    ]
    assert {one.ratings for one in AGREEMENT.dimensions} == {3}

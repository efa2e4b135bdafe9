from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from scoring.explain import Factor, best_score, contributions, in_tenths
from scoring.figures import score
from scoring.method import CURRENT
from tests.reference import CLINICAL_CODER, SECOND
from tests.scoring.strategies import inputs

TINY = Fraction(1, 10**20)
"""More than a quotient of 28 digits can be off."""


@given(inputs(), inputs())
def test_the_parts_of_the_formula_add_up_to_the_difference_of_the_formula_scores(ours, theirs):
    mine, other = score(ours), score(theirs)
    parts = contributions(mine, other)
    formula = sum(part for factor, part in parts.items() if factor is not Factor.OVERRIDE)
    assert abs(formula - Fraction(mine.exact_score - other.exact_score)) < TINY


@given(inputs(overridden=True), inputs(overridden=True))
def test_the_override_adds_what_it_moves_either_score_by(ours, theirs):
    mine, other = score(ours), score(theirs)
    moved = (mine.published_score - mine.exact_score) - (other.published_score - other.exact_score)
    assert abs(contributions(mine, other)[Factor.OVERRIDE] - Fraction(moved)) < TINY


@given(inputs(), inputs())
def test_all_the_parts_add_up_to_the_gap(ours, theirs):
    mine, other = score(ours), score(theirs)
    parts = contributions(mine, other)
    assert sum(parts.values()) == Fraction(mine.published_score - other.published_score)


@given(inputs(adjusted=False, overridden=False))
def test_between_two_versions_of_the_method_the_version_makes_the_difference(given_inputs):
    mine, other = score(given_inputs), score(given_inputs, SECOND)
    parts = contributions(mine, other)
    difference = Fraction(mine.exact_score - other.exact_score)
    assert abs(parts[Factor.METHOD] + parts[Factor.CLAMPING] - difference) < TINY
    others = {Factor.METHOD, Factor.CLAMPING, Factor.OVERRIDE}
    assert {factor for factor, part in parts.items() if part} <= others


@given(inputs(), inputs())
def test_contributions_shown_in_tenths_add_up_to_the_gap_shown(ours, theirs):
    mine, other = score(ours), score(theirs)
    shown = in_tenths(contributions(mine, other))
    assert sum(shown.values()) == mine.published_score - other.published_score
    for factor, exact in contributions(mine, other).items():
        assert abs(Fraction(shown[factor]) - exact) < Fraction(1, 10)


@given(inputs(), inputs())
def test_the_other_way_round_every_part_changes_its_sign(ours, theirs):
    mine, other = score(ours), score(theirs)
    back = contributions(other, mine)
    assert contributions(mine, other) == {factor: -part for factor, part in back.items()}


@given(inputs(adjusted=False, overridden=False))
def test_a_factor_in_which_two_roles_are_alike_adds_nothing(given_inputs):
    if given_inputs.growth == 2:
        return
    other = replace(given_inputs, growth=given_inputs.growth + 1)
    parts = contributions(score(other), score(given_inputs))
    for factor in (Factor.TASKS, Factor.ADJUSTMENT, Factor.EVIDENCE, Factor.BARRIERS):
        assert parts[factor] == 0
    assert parts[Factor.GROWTH] >= 0


def test_against_itself_without_override_the_clinical_coder_loses_its_override():
    parts = in_tenths(
        contributions(score(CLINICAL_CODER), score(CLINICAL_CODER.without_override()))
    )
    assert parts[Factor.OVERRIDE] == Decimal("1.2")
    assert sum(parts.values()) == Decimal("1.2")


def test_against_itself_without_adjustment_both_of_its_corrections_show():
    parts = in_tenths(
        contributions(score(CLINICAL_CODER), score(CLINICAL_CODER.without_adjustment()))
    )
    assert parts[Factor.ADJUSTMENT] == Decimal("-6.1")
    assert sum(parts.values()) == Decimal("22.4") - Decimal("27.3")


class TestFromTheBestConceivableScore:
    @pytest.mark.parametrize("method", [CURRENT, SECOND])
    def test_which_is_100(self, method):
        assert best_score(method).published_score == 100

    def test_what_the_best_ratings_give_beyond_100_is_a_part_of_its_own(self):
        parts = in_tenths(contributions(score(CLINICAL_CODER), best_score(CURRENT)))
        assert parts[Factor.CLAMPING] == Decimal("9.7")

    @given(inputs())
    def test_the_parts_add_up_to_what_is_lost(self, given_inputs):
        scored = score(given_inputs)
        parts = contributions(scored, best_score(CURRENT))
        assert sum(parts.values()) == Fraction(scored.published_score) - 100
        assert sum(in_tenths(parts).values()) == scored.published_score - 100

    @given(inputs(adjusted=False))
    def test_no_rating_adds_anything_to_it(self, given_inputs):
        parts = contributions(score(given_inputs), best_score(CURRENT))
        for factor in (Factor.TASKS, Factor.EVIDENCE, Factor.BARRIERS, Factor.GROWTH):
            assert parts[factor] <= 0

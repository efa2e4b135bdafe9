from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given

from scoring.explain import Factor, contributions, in_tenths
from scoring.formula import score
from tests.reference import CLINICAL_CODER
from tests.scoring.strategies import inputs


@given(inputs(), inputs())
def test_contributions_add_up_exactly_to_the_gap(ours, theirs):
    mine, other = score(ours), score(theirs)
    parts = contributions(mine, other)
    assert sum(parts.values()) == Fraction(mine.published_score - other.published_score)


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

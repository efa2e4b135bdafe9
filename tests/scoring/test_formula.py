from dataclasses import replace
from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings

from scoring import dimensions
from scoring.dimensions import Barrier, EvidenceDimension, Mode, Principle
from scoring.figures import FIGURES, InvalidInputs, score
from scoring.formula import rounded
from scoring.inputs import Inputs, TaskInput
from scoring.method import CURRENT
from scoring.zones import Lean, SubLabel, Zone, lean_of, sub_label_of, zone_of
from tests.reference import CLINICAL_CODER, TABLE_7
from tests.scoring.strategies import inputs


@pytest.mark.parametrize("figure", TABLE_7)
def test_the_worked_example_comes_out_figure_by_figure(figure):
    assert getattr(score(CLINICAL_CODER), figure) == TABLE_7[figure]


def test_without_its_adjustment_the_clinical_coder_is_yellow():
    unadjusted = score(CLINICAL_CODER.without_adjustment())
    assert unadjusted.raw == Decimal("2.706816")
    assert unadjusted.formula_score == Decimal("27.3")
    assert unadjusted.zone is Zone.YELLOW


def extreme(task_score: int, evidence: int, barrier: int, growth: int) -> Inputs:
    return Inputs(
        tasks=(TaskInput("Everything", Decimal(100), task_score, Mode.AUGMENTATION),),
        evidence=dict.fromkeys(EvidenceDimension, evidence),
        barriers=dict.fromkeys(Barrier, barrier),
        principles=dict.fromkeys(Principle, 0),
        growth=growth,
    )


def test_the_smallest_raw_is_the_floor_and_scores_nothing():
    lowest = score(extreme(5, -2, 0, -2))
    assert lowest.raw == Decimal("0.54")
    assert lowest.published_score == 0
    assert not lowest.clamped


def test_the_largest_raw_is_held_at_100_and_says_so():
    highest = score(extreme(1, 2, 2, 2))
    assert highest.raw == Decimal("9.24")
    assert rounded(highest.unclamped_score, 1) == Decimal("109.7")
    assert highest.published_score == 100
    assert highest.clamped


@given(inputs())
def test_every_figure_stays_within_its_bounds(given_inputs):
    scored = score(given_inputs)
    assert Decimal(1) <= scored.task_resistance <= 5
    assert Decimal("0.60") <= scored.evidence_modifier <= Decimal("1.40")
    assert Decimal("1.00") <= scored.barrier_modifier <= Decimal("1.20")
    assert Decimal("0.90") <= scored.growth_modifier <= Decimal("1.10")
    assert Decimal("0.54") <= scored.raw <= Decimal("9.24")
    assert 0 <= scored.formula_score <= 100
    assert 0 <= scored.published_score <= 100
    assert sum(scored.split.values()) == 100
    assert scored.zone is zone_of(scored.published_score, CURRENT)


@given(inputs(adjusted=False, overridden=False))
def test_a_task_that_ai_does_better_never_raises_the_score(given_inputs):
    first = given_inputs.tasks[0]
    if first.score == dimensions.TASK_SCORE.high:
        return
    worse = replace(
        given_inputs, tasks=(replace(first, score=first.score + 1), *given_inputs.tasks[1:])
    )
    assert score(worse).raw < score(given_inputs).raw
    assert score(worse).published_score <= score(given_inputs).published_score


@given(inputs(overridden=False))
def test_better_evidence_never_lowers_the_score(given_inputs):
    dimension = EvidenceDimension.COMPANY_ACTIONS
    if given_inputs.evidence[dimension] == dimensions.EVIDENCE.scale.high:
        return
    better = replace(
        given_inputs,
        evidence={**given_inputs.evidence, dimension: given_inputs.evidence[dimension] + 1},
    )
    assert score(better).published_score >= score(given_inputs).published_score


@given(inputs())
def test_the_principles_are_not_in_the_formula(given_inputs):
    changed = replace(given_inputs, principles=dict.fromkeys(Principle, 3))
    assert score(changed).raw == score(given_inputs).raw


@given(inputs(overridden=False))
@settings(max_examples=20)
def test_the_order_of_tasks_does_not_matter(given_inputs):
    turned = replace(given_inputs, tasks=given_inputs.tasks[::-1])
    for figure in FIGURES:
        assert getattr(score(turned), figure) == getattr(score(given_inputs), figure)


def test_the_precision_of_the_caller_does_not_matter():
    expected = score(CLINICAL_CODER)
    with localcontext(prec=3):
        scored = score(CLINICAL_CODER)
        assert scored.raw == Decimal("2.223456")
        assert all(getattr(scored, name) == getattr(expected, name) for name in FIGURES)


def test_inputs_that_cannot_be_scored_name_every_problem():
    with pytest.raises(InvalidInputs) as raised:
        score(Inputs())
    assert len(raised.value.problems) == 1 + 5 + 5 + 3 + 1


class TestZone:
    @pytest.mark.parametrize(
        ("published", "zone"),
        [
            ("0", Zone.RED),
            ("24.9", Zone.RED),
            ("25.0", Zone.YELLOW),
            ("47.9", Zone.YELLOW),
            ("48.0", Zone.GREEN),
            ("100", Zone.GREEN),
        ],
    )
    def test_boundaries(self, published, zone):
        assert zone_of(Decimal(published), CURRENT) is zone

    def test_is_read_off_the_rounded_score(self):
        """The formula gives 47.985, which is published as 48.0, and 48.0 is Green."""
        scored = score(
            replace(
                extreme(3, 0, 0, 0),
                adjusted_task_resistance=Decimal("4.26"),
                adjustment_reason="A reason.",
                barriers={**dict.fromkeys(Barrier, 0), Barrier.UNION: 1},
            )
        )
        assert scored.unclamped_score < 48
        assert scored.published_score == Decimal("48.0")
        assert scored.zone is Zone.GREEN


class TestSubLabel:
    @pytest.mark.parametrize(
        ("zone", "growth", "share", "label"),
        [
            (Zone.RED, -1, "0", SubLabel.DISPLACING),
            (Zone.RED, 0, "100", SubLabel.EXPOSED),
            (Zone.YELLOW, -2, "40", SubLabel.URGENT),
            (Zone.YELLOW, -2, "39.9", SubLabel.MODERATE),
            (Zone.GREEN, 2, "100", SubLabel.ACCELERATED),
            (Zone.GREEN, 1, "20", SubLabel.TRANSFORMING),
            (Zone.GREEN, 1, "19.9", SubLabel.STABLE),
        ],
    )
    def test_rules(self, zone, growth, share, label):
        assert sub_label_of(zone, growth, Decimal(share), CURRENT) is label


class TestQuickScreen:
    @pytest.mark.parametrize(
        ("protective", "growth", "lean"),
        [
            (2, -1, Lean.RED),
            (2, 0, Lean.NONE),
            (3, -1, Lean.NONE),
            (7, 0, Lean.GREEN),
            (7, -1, Lean.NONE),
            (6, 2, Lean.NONE),
        ],
    )
    def test_rules(self, protective, growth, lean):
        assert lean_of(protective, growth, CURRENT) is lean


class TestRounding:
    @pytest.mark.parametrize(
        ("value", "places", "shown"),
        [("21.25", 1, "21.3"), ("21.2499", 1, "21.2"), ("-0.05", 1, "-0.1"), ("-0.04", 1, "0.0")],
    )
    def test_is_half_up_and_knows_no_negative_zero(self, value, places, shown):
        assert str(rounded(Decimal(value), places)) == shown

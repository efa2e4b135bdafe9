from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from scoring.claims import GAP, SPLIT, TASK_WEIGHTED, TIME_TOTAL, StatedClaim, check_claim
from scoring.dimensions import Mode
from scoring.explain import gap, margin
from scoring.figures import Score, score
from scoring.method import CURRENT
from scoring.warnings import Warned, for_readers, warnings
from scoring.zones import Zone
from tests.reference import CLINICAL_CODER
from tests.scoring.strategies import inputs

NEIGHBOURS = {"Health Information Technologist": Decimal("20.9")}


def check(figure, claimed, subject="", checked=CLINICAL_CODER):
    claim = StatedClaim(figure, claimed, subject=subject)
    return check_claim(claim, score(checked), NEIGHBOURS)


class TestClaims:
    @pytest.mark.parametrize(
        ("figure", "claimed", "subject"),
        [
            (Score.weighted, "3.20", ""),
            (TASK_WEIGHTED, "0.80", "1"),
            (TIME_TOTAL, "100", ""),
            (Score.evidence_total, "-1", ""),
            (Score.raw, "2.2234", ""),
            (Score.raw, "2.2235", ""),
            (Score.raw, "2.2", ""),
            (Score.formula_score, "21.2", ""),
            (Score.zone, "Red", ""),
            (Score.sub_label, "Displacing", ""),
            (Score.lean, "likely Red", ""),
            (SPLIT, "45", Mode.DISPLACEMENT),
            (GAP, "1.5", "Health Information Technologist"),
        ],
    )
    def test_that_reproduce(self, figure, claimed, subject):
        assert check(figure, claimed, subject).reproduces

    @pytest.mark.parametrize(
        ("figure", "claimed", "subject", "computed"),
        [
            (Score.share_3_plus, "55", "", "75"),
            (Score.raw, "2.2233", "", "2.223456"),
            (Score.formula_score, "21.3", "", "21.2"),
            (Score.zone, "Yellow", "", "Red"),
            (TASK_WEIGHTED, "0.80", "9", ""),
            (GAP, "1.4", "Health Information Technologist", "1.5"),
            (GAP, "1.5", "A role nobody cited", ""),
        ],
    )
    def test_that_do_not_reproduce_show_the_computed_figure(
        self, figure, claimed, subject, computed
    ):
        checked = check(figure, claimed, subject)
        assert not checked.reproduces
        assert checked.computed == computed

    @given(inputs())
    def test_the_computed_figure_always_reproduces(self, given_inputs):
        for figure in (Score.weighted, Score.raw, Score.published_score, Score.share_3_plus):
            stated = check(figure, "0", checked=given_inputs).computed
            assert check(figure, stated, checked=given_inputs).reproduces


class TestWarnings:
    def about(self, changed):
        return {warning.about for warning in warnings(score(changed))}

    def test_the_clinical_coders_adjustment_changes_the_zone_and_is_not_large(self):
        (warning,) = warnings(score(CLINICAL_CODER))
        assert warning.about is Warned.ADJUSTMENT_CHANGES_ZONE
        assert "27.3, Yellow" in warning.message
        assert for_readers([warning]) == [
            "The assessor lowered the resistance of the tasks by hand, and that decides the zone: "
            "as the tasks are rated, the score would be 27.3, Yellow."
        ]

    @pytest.mark.parametrize(("value", "large"), [("2.30", False), ("2.29", True), ("3.31", True)])
    def test_an_adjustment_of_more_than_half_a_point_is_large(self, value, large):
        changed = replace(CLINICAL_CODER, adjusted_task_resistance=Decimal(value))
        assert (Warned.LARGE_ADJUSTMENT in self.about(changed)) == large

    @pytest.mark.parametrize(("value", "large"), [("24.2", False), ("24.3", True), ("18.2", True)])
    def test_an_override_of_more_than_three_points_is_large(self, value, large):
        changed = replace(CLINICAL_CODER, override=Decimal(value))
        assert (Warned.LARGE_OVERRIDE in self.about(changed)) == large

    def test_an_override_that_changes_the_zone_says_which(self):
        changed = replace(CLINICAL_CODER, override=Decimal("25.0"))
        assert Warned.OVERRIDE_CHANGES_ZONE in self.about(changed)

    def test_without_adjustment_and_override_there_is_nothing_to_warn_of(self):
        assert warnings(score(CLINICAL_CODER.without_adjustment())) == []


class TestGapAndMargin:
    def test_gaps_of_the_worked_example(self):
        assert gap(Decimal("22.4"), Decimal("20.9")) == Decimal("1.5")
        assert gap(Decimal("22.4"), Decimal("34.8")) == Decimal("-12.4")

    @pytest.mark.parametrize(
        ("published", "points", "zone"),
        [
            ("22.4", "-2.6", Zone.YELLOW),
            ("25.0", "0.0", Zone.RED),
            ("36.4", "11.4", Zone.RED),
            ("36.6", "-11.4", Zone.GREEN),
            ("48.0", "0.0", Zone.YELLOW),
            ("90.0", "42.0", Zone.YELLOW),
        ],
    )
    def test_the_margin_names_the_zone_beyond_the_nearest_boundary(self, published, points, zone):
        found = margin(Decimal(published), CURRENT)
        assert found.points == Decimal(points)
        assert found.zone is zone

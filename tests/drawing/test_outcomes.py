from fractions import Fraction

import pytest

from roles.drawing.outcomes import outcomes, percent, zone_shares
from scoring.figures import score
from tests.reference import CLINICAL_CODER


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (Fraction(0), "0 %"),
        (Fraction(1, 1000), "under 1 %"),
        (Fraction(1, 200), "1 %"),
        (Fraction(8011, 10_000), "80 %"),
        (Fraction(994, 1000), "99 %"),
        (Fraction(999, 1000), "over 99 %"),
        (Fraction(1), "100 %"),
    ],
)
def test_nothing_is_said_to_be_certain_or_impossible_that_is_not(chance, words):
    assert percent(chance) == words


def test_outcomes_are_counted_in_words():
    assert outcomes(Fraction(4, 5)) == "80 % of the outcomes"
    assert outcomes(Fraction(1)) == "all outcomes"
    assert outcomes(Fraction(0)) == "no outcomes"


def test_every_zone_has_its_share_the_best_first():
    shares = zone_shares(score(CLINICAL_CODER))
    assert [(part.zone, part.share) for part in shares] == [
        ("Green", "under 1 %"),
        ("Yellow", "20 %"),
        ("Red", "80 %"),
    ]

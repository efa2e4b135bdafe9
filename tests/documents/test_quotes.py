"""What is read from prose that quotes the score of another role."""

from dataclasses import replace
from decimal import Decimal

import pytest

from roles.documents.fields import EMPTY
from roles.documents.quotes import neighbours


def quoted(note):
    (neighbour,) = neighbours(replace(EMPTY, not_this_role=f"NOT a Porter (carries -- {note})."))
    return neighbour.score, neighbour.zone


@pytest.mark.parametrize(
    ("note", "score", "zone"),
    [
        ("scored 24.9", "24.9", "Red"),
        ("scored 25.0", "25.0", "Yellow"),
        ("scored 47.9", "47.9", "Yellow"),
        ("scored 48.0", "48.0", "Green"),
        ("scored 100", "100", "Green"),
        ("scored 20.9 Yellow", "20.9", "Yellow"),
    ],
)
def test_the_zone_is_the_one_quoted_or_else_that_of_the_score(note, score, zone):
    assert quoted(note) == (Decimal(score), zone)


@pytest.mark.parametrize("note", ["scored 100.1", "scored 101 Green", "scored 999"])
def test_a_score_over_100_is_not_taken(note):
    assert quoted(note) == (None, None)

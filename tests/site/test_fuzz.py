"""A short form of `make fuzz`, which tries a hundred thousand."""

import pytest

from tests.fuzz import Fuzz


@pytest.mark.django_db
def test_no_input_is_answered_by_a_fault():
    fuzz = Fuzz(seed=20)
    fuzz.run(100)
    assert fuzz.wrong == []
    assert {kind for kind, _ in fuzz.answers} >= {
        "a_document",
        "a_page",
        "a_score",
        "a_form",
        "an_upload",
    }

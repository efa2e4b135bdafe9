"""How sure a score is: on the page of the role, in lists, in comparisons and in the method."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.html import strip_tags

from roles.models import Role
from roles.services.import_document import import_document
from tests.factories import published, reference_document, titled

pytestmark = pytest.mark.django_db


def words_of(url: str) -> str:
    response = Client().get(url)
    assert response.status_code == 200
    text = strip_tags(response.content.decode())
    return re.sub(r"\s+", " ", text).replace(" ,", ",")


def test_the_role_page_says_range_zones_and_the_smallest_crossing():
    published()
    words = words_of("/roles/clinical-coder-nhs/")
    assert "22.4, range 18 to 28; if every rating may be off by a step, 80 % of the out" in words
    assert "The range from 17.7 to 27.7" in words
    assert (
        "rated 3 instead of 4, the task “Assigning ICD-10 diagnosis codes” alone would make the "
        "score 25.5, Yellow." in words
    )
    assert "It is no forecast, and no poll of assessors." in words
    assert "From the best conceivable score to this one" in words


def test_lists_show_the_range_with_the_score():
    assessment = published()
    assert "range 18 to 28" in words_of("/roles/")
    role = Role.objects.get(pk=assessment.role_id)
    assert (role.range_low, role.range_high) == (Decimal("17.7"), Decimal("27.7"))


def test_a_cited_score_has_no_range():
    published()
    cited = Role.objects.filter(standing="Cited")
    assert cited
    assert {(role.range_low, role.range_high) for role in cited} == {(None, None)}


class TestComparison:
    def compared(self, **changes) -> str:
        published()
        changes = {"claims": (), **changes}
        import_document(titled("Other Coder", **changes), publishing=True)
        return words_of("/compare/?role=clinical-coder-nhs&role=other-coder")

    def test_scores_that_differ_by_little_are_about_the_same(self):
        words = self.compared(override=Decimal("22.0"))
        assert "scores 0.4 points more than Other Coder. That is about the same." in words
        assert "neither clearly scores higher: Clinical Coder (NHS) scores higher in 5" in words

    def test_scores_that_differ_by_much_are_not(self):
        words = self.compared(override=Decimal("60.0"))
        assert "scores 37.6 points less than Other Coder." in words
        assert "That is about the same" not in words
        assert "Other Coder scores higher in over 99 % of the outcomes." in words


class TestMethod:
    def test_works_the_rule_out_for_the_reference_document(self):
        published()
        words = words_of("/method/")
        assert "one step lower with a probability of 12.5 %" in words
        assert "its range is 17.7 to 27.7" in words
        assert "0.00 % Green, 19.89 % Yellow and 80.11 % Red" in words
        assert "it would be 27.3, range 22.4 to 32.9" in words

    def test_does_without_an_example_where_that_is_not_published(self):
        assert "An example:" not in words_of("/method/")


def test_where_no_rating_can_cross_the_page_says_so():
    document = reference_document()
    best = replace(
        titled("Best", claims=(), override=Decimal(98)),
        tasks=document.tasks,
    )
    import_document(best, publishing=True)
    assert "No single rating, changed as far as its scale goes" in words_of("/roles/best/")

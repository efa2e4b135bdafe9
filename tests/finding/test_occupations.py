"""Occupations are found beside roles, and cannot be taken for one that is assessed."""

import pytest
from django.test import Client

from roles.models import AlsoKnownAs, Occupation, OccupationName
from roles.vocabulary import TitleSource
from tests.finding.test_browse import titles
from tests.finding.test_results import publish_titled
from tests.reading.test_role import text_of

pytestmark = pytest.mark.django_db


def search(words, **facets):
    return Client().get("/roles/", {"q": words, **facets}, follow=True)


@pytest.fixture
def tellers():
    occupation = Occupation.objects.create(code="43-3071.00", title="Tellers")
    source = TitleSource.WRITTEN
    OccupationName.objects.create(occupation=occupation, title="bank cashier", source=source)
    return occupation


def test_the_better_match_comes_first(tellers):
    publish_titled("Fortune Teller")
    assert titles(search("teller")) == ["Tellers", "Fortune Teller"]
    assert titles(search("fortune tell")) == ["Fortune Teller"]


def test_are_found_by_other_names_and_code_and_say_which(tellers):
    response = search("bank cashier")
    assert titles(response) == ["Tellers"]
    assert "also known as: bank cashier" in text_of(response)
    assert titles(search("43-3071")) == titles(search("43-3071.00")) == ["Tellers"]


def test_have_no_score_no_zone_and_no_colour_of_one(tellers):
    response = search("bank cashier")
    assert "not assessed here" in text_of(response)
    listed = response.content.decode().partition('<ol class="role-list"')[2].partition("</ol>")[0]
    assert tellers.get_absolute_url() in listed
    for mark in ("figure", "zone", "badge", "<svg", "checkbox"):
        assert mark not in listed


def test_are_counted_apart(tellers):
    role = publish_titled("Fortune Teller").role
    assert "1 role and 1 occupation not assessed here" in text_of(search("teller"))
    AlsoKnownAs.objects.create(role=role, title="Clairvoyant")
    assert "1 role found" in text_of(search("clairvoyant"))


def test_are_left_out_by_a_filter_which_says_so(tellers):
    role = publish_titled("Fortune Teller").role
    role.refresh_from_db()
    response = search("teller", zone=role.zone)
    assert titles(response) == ["Fortune Teller"]
    assert "1 occupation not assessed here is left out" in text_of(response)


def test_come_after_the_roles_in_any_other_order(tellers):
    publish_titled("Fortune Teller")
    assert titles(search("teller", sort="title")) == ["Fortune Teller", "Tellers"]


def test_are_not_browsed_among_roles(tellers):
    publish_titled("Fortune Teller")
    browsed = titles(Client().get("/roles/"))
    assert "Fortune Teller" in browsed
    assert "Tellers" not in browsed

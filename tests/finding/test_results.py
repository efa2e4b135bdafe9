"""What a search and a list put first, and what they show of it."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from django.test import Client

from roles.finding.state import Finder
from roles.models import AlsoKnownAs, Role
from roles.services.import_document import import_document
from roles.services.listing import refresh_listing
from roles.services.publish import publish
from tests.factories import titled
from tests.finding.test_browse import titles

pytestmark = pytest.mark.django_db


def publish_titled(title, **changes):
    return import_document(titled(title, claims=(), **changes), publishing=True).assessment


def search(words):
    return titles(Client().get("/roles/", {"q": words}))


def test_a_title_that_is_the_query_comes_first():
    """Both begin with it, and the other one has it in three more names."""
    other = publish_titled("Nurse Assistant").role
    for title in ("Nurse Aide", "Nurse Helper", "Nurse Auxiliary"):
        AlsoKnownAs.objects.create(role=other, title=title)
    refresh_listing([other.pk])
    publish_titled("Nurse")
    assert search("nurse")[:2] == ["Nurse", "Nurse Assistant"]


def test_a_title_that_ends_with_the_query_comes_before_one_that_only_has_it():
    """A staff nurse is a nurse, and a nurse assistant is not."""
    publish_titled("Nurse Assistant")
    publish_titled("Staff Nurse")
    assert search("nurse")[:2] == ["Staff Nurse", "Nurse Assistant"]


def cite_the_porter(by, score):
    not_this_role = f"NOT a Porter (carries -- scored {score})."
    return import_document(titled(by, not_this_role=not_this_role, claims=())).assessment


def test_the_newest_citation_is_the_one_shown():
    """The one stored first is published last."""
    newest, older = cite_the_porter("Ward Clerk", "31.0"), cite_the_porter("Chef", "60.0")
    publish(older)
    publish(newest)
    role = Role.objects.get(slug="porter")
    assert (role.score, role.zone) == (Decimal("31.0"), "Yellow")
    page = page_of_the_porter()
    assert page.index("31.0") < page.index("60.0")


def test_a_newer_citation_takes_the_place_of_an_older_one():
    first, second = cite_the_porter("Ward Clerk", "31.0"), cite_the_porter("Chef", "60.0")
    publish(first)
    publish(second)
    assert Role.objects.get(slug="porter").score == Decimal("60.0")
    page = page_of_the_porter()
    assert page.index("60.0") < page.index("31.0")


def page_of_the_porter():
    return Client().get("/roles/porter/").content.decode()


class TestAChosenFacet:
    def test_goes_back_to_the_first_page(self):
        finder = Finder.of(QueryDict("page=3&zone=Red"))
        assert finder.toggled("sector", "Law").url == "/zones/red/?sector=Law"
        assert finder.toggled("zone", "Red").url == "/roles/"
        assert finder.cleared().url == "/roles/"

    def test_posts_no_page(self):
        publish_titled("Nurse")
        form = Client().get("/roles/").content.decode()
        form = form.partition('<form id="facets"')[2].partition("</form>")[0]
        assert 'name="zone"' in form
        assert 'name="page"' not in form

"""What readers could open once: a page says what happened and when, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.test import Client

from roles.services.import_document import import_document
from roles.services.synthetic import make_synthetic_roles
from roles.services.workflow import delete, restore
from tests.factories import draft, published, reference_document, titled

pytestmark = pytest.mark.django_db

URL = "/roles/clinical-coder-nhs/"
HISTORY = f"{URL}history/"
FIRST = [f"{URL}versions/1/", f"{URL}versions/1.md"]
SECOND = [f"{URL}versions/2/", f"{URL}versions/2.md"]
DAY = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture
def versions():
    """The superseded first version and the published second one."""
    first = published()
    changed = replace(reference_document(), timeline="Sooner than was thought.")
    second = import_document(changed, publishing=True).assessment
    first.refresh_from_db()
    return first, second


def withdraw(assessment):
    with patch("django.utils.timezone.now", return_value=DAY):
        delete(assessment)


def statuses(*urls):
    return [Client().get(url).status_code for url in urls]


def words(url):
    return " ".join(Client().get(url).content.decode().split())


def cite_the_coder():
    document = titled("Ward Clerk", not_this_role="NOT a Clinical Coder (NHS) (scored 31.0).")
    import_document(document, publishing=True)


class TestARole:
    def test_all_its_pages_say_when_it_was_withdrawn(self, versions):
        withdraw(versions[1])
        for url in (URL, HISTORY, *FIRST, *SECOND):
            response = Client().get(url)
            assert response.status_code == 410, url
            assert "withdrawn on 3 November 2026" in response.content.decode(), url

    def test_none_of_them_shows_its_text_or_score(self, versions):
        withdraw(versions[1])
        for url in (URL, HISTORY, *FIRST, *SECOND):
            assert "histopathology" not in words(url), url
            assert "22.4" not in words(url), url

    def test_that_others_cite_shows_the_cited_score_only(self, versions):
        cite_the_coder()
        withdraw(versions[1])
        page = words(URL)
        assert "31.0" in page
        assert "No full assessment of this role is published here" in page
        assert "histopathology" not in page
        assert statuses(HISTORY, *FIRST, *SECOND) == [410] * 5

    def test_comes_back_with_all_its_versions(self, versions):
        withdraw(versions[1])
        restore(versions[1])
        assert statuses(URL, HISTORY, *FIRST, *SECOND) == [200] * 6

    def test_that_was_never_published_is_not_found(self):
        delete(draft())
        assert statuses(URL, HISTORY, *FIRST) == [404] * 4


class TestOneVersion:
    def test_that_was_superseded_goes_alone(self, versions):
        withdraw(versions[0])
        assert statuses(*FIRST) == [410, 410]
        assert "withdrawn on 3 November 2026" in words(FIRST[0])
        assert statuses(URL, HISTORY, *SECOND) == [200] * 4
        assert "1 version<" in words(HISTORY)

    def test_that_never_was_is_not_found(self, versions):
        assert statuses(f"{URL}versions/3/", f"{URL}versions/0/") == [404, 404]
        withdraw(versions[1])
        assert statuses(f"{URL}versions/3/", f"{URL}versions/0/") == [404, 404]

    def test_that_is_a_draft_is_not_found_beside_published_ones(self, versions):
        import_document(replace(reference_document(), timeline="A draft."))
        assert statuses(f"{URL}versions/3/", f"{URL}versions/3.md") == [404, 404]
        assert "2 versions<" in words(HISTORY)


class TestChanges:
    def test_say_when_a_role_was_withdrawn_and_not_what_it_scored(self, versions):
        withdraw(versions[1])
        page = words("/changes/")
        assert page.count('withdrawn on <time datetime="2026-11-03') == 2
        assert "22.4" not in page
        assert "what changed" not in page

    def test_say_when_a_version_was_withdrawn(self, versions):
        withdraw(versions[0])
        page = words("/changes/")
        assert "version 1, withdrawn on" in page
        assert page.count("22.4") == 1

    def test_name_no_draft_and_no_synthetic_role(self):
        import_document(titled("Zymurgist", claims=()))
        make_synthetic_roles(5)
        assert "Nothing is published yet" in words("/changes/")

"""What is looked for and not found: a way on for the reader, and a number for editors."""

import pytest
from django.test import Client

from roles.editing import worklist
from roles.models import MissedSearch, Occupation
from tests.factories import published
from tests.finding.test_browse import titles
from tests.finding.test_results import publish_titled
from tests.reading.test_role import text_of

pytestmark = pytest.mark.django_db


def search(words, **headers):
    return Client().get("/roles/", {"q": words}, headers=headers)


def counted():
    return dict(MissedSearch.objects.values_list("words", "times"))


class TestThePage:
    def test_says_so_and_leads_on(self):
        published()
        response = search("zymurgist")
        page = response.content.decode()
        assert "No job here is called “zymurgist”" in text_of(response)
        assert 'href="/suggest/"' in page
        assert 'href="/roles/"' in page

    def test_names_the_nearest_titles_and_no_score(self):
        publish_titled("Staff Nurse")
        response = search("zymurgy nurse")
        assert titles(response) == []
        assert "The nearest titles" in text_of(response)
        assert ">Staff Nurse</a>" in response.content.decode()

    def test_names_the_occupational_family_of_the_nearest_titles(self):
        Occupation.objects.create(code="29-1141.00", title="Registered Nurses")
        page = search("zymurgy nurses").content.decode()
        assert 'href="/occupations/?family=29">Healthcare Practitioners and Technical</a>' in page
        assert "?family=29" not in search("zymurgist").content.decode()

    def test_blames_filters_where_only_they_leave_nothing(self):
        publish_titled("Staff Nurse")
        page = text_of(Client().get("/roles/?q=nurse&country=Nowhere&zone=Green", follow=True))
        assert "No role has these filters" in page or "Staff Nurse" in page
        assert counted() == {}

    def test_how_to_suggest_a_role(self):
        response = Client().get("/suggest/")
        assert "Suggest a role" in text_of(response)
        assert "<form" not in response.content.decode().partition("<main")[2]

    @pytest.mark.parametrize(
        ("contact", "said"),
        [
            ("", "Open a new issue in the repository"),
            ("roles@jobzone.example", 'href="mailto:roles@jobzone.example"'),
            ("https://jobzone.example/contact", 'href="https://jobzone.example/contact"'),
        ],
    )
    def test_where_a_suggestion_goes(self, settings, contact, said):
        settings.CONTACT = contact
        assert said in Client().get("/suggest/").content.decode()


class TestTheCount:
    def test_is_by_the_words(self):
        published()
        for words in ("zymurgist", "Zymurgist", "Bog Snorkeller"):
            search(words)
        assert counted() == {"zymurgist": 2, "bog snorkeller": 1}

    def test_is_of_what_nothing_is_called(self):
        published()
        search("clinical coder")
        search("clinicl coder")
        assert counted() == {}

    def test_is_not_of_what_is_still_being_typed(self):
        search("zymurg", HX_Request="true")
        assert counted() == {}

    @pytest.mark.parametrize(
        "words",
        ["jane@example.org", "07700 900123", "my name is jane and i look for work", "%", "x" * 100],
    )
    def test_is_not_of_what_can_be_no_title(self, words):
        search(words)
        assert counted() == {}

    def test_is_made_each_time_since_such_a_page_is_not_kept(self):
        assert search("zymurgist")["Cache-Control"] == "no-cache"
        published()
        assert "Cache-Control" not in search("clinical coder")

    def test_ends_where_there_are_too_many_words(self, monkeypatch):
        monkeypatch.setattr("roles.models.missed_search.MOST", 1)
        for words in ("zymurgist", "thatcher of barns", "zymurgist"):
            search(words)
        assert counted() == {"zymurgist": 2}


class TestTheWorklist:
    def test_has_what_was_looked_for_most_and_more_than_once(self):
        for words, times in (("zymurgist", 2), ("thatcher", 3), ("jane roe", 1)):
            for _ in range(times):
                search(words)
        assert [missed.words for missed in worklist.not_found()] == ["thatcher", "zymurgist"]

    def test_drops_what_is_found_by_now(self):
        search("thatcher")
        search("thatcher")
        publish_titled("Thatcher")
        assert worklist.not_found() == []

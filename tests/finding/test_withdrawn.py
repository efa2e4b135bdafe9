"""Search and lists know nothing of what is not published: drafts, and what was withdrawn."""

from dataclasses import replace

import pytest
from django.test import Client

from roles.models import Role, RoleText
from roles.services.import_document import import_document
from roles.services.listing import refresh_listing
from roles.services.workflow import delete, restore
from tests.factories import published, reference_document, titled
from tests.finding.test_browse import titles
from tests.finding.test_mentions import mentioned

pytestmark = pytest.mark.django_db

CODER = "Clinical Coder (NHS)"
ONLY_IN_THE_TEXT = "histopathology"


def search(words):
    return Client().get("/roles/", {"q": words})


def cite_the_coder(score="31.0"):
    """Another role's assessment that quotes a score for the coder."""
    document = titled("Ward Clerk", not_this_role=f"NOT a {CODER} (codes -- scored {score}).")
    text = replace(document, further_notes="")
    return import_document(text, publishing=True).assessment


class TestWithdrawn:
    def test_its_words_are_not_found(self):
        assessment = published()
        assert mentioned(search(ONLY_IN_THE_TEXT)) == [CODER]
        delete(assessment)
        assert mentioned(search(ONLY_IN_THE_TEXT)) == []
        assert titles(search("clinical coder")) == []
        assert not RoleText.objects.exists()

    def test_its_words_are_not_found_while_others_cite_it(self):
        assessment = published()
        citing = cite_the_coder()
        delete(assessment)
        assert titles(search("clinical coder"))[0] == CODER
        assert CODER not in mentioned(search(ONLY_IN_THE_TEXT))
        assert "NCCQ" not in search("clinical coder").content.decode()
        assert list(RoleText.objects.values_list("role", flat=True)) == [citing.role_id]

    def test_what_it_cited_is_not_listed(self):
        assessment = published()
        assert Role.objects.public().count() == 3
        delete(assessment)
        assert titles(Client().get("/roles/")) == []
        assert not Role.objects.public().exists()

    def test_it_cannot_be_compared(self):
        import_document(
            titled("Ward Clerk", not_this_role="NOT a Porter.", claims=()), publishing=True
        )
        compared = {"role": ["clinical-coder-nhs", "ward-clerk"]}
        assessment = published()
        assert CODER in Client().get("/compare/", compared).content.decode()
        delete(assessment)
        assert CODER not in Client().get("/compare/", compared).content.decode()

    def test_all_is_found_again_once_it_is_restored(self):
        assessment = published()
        delete(assessment)
        restore(assessment)
        assert mentioned(search(ONLY_IN_THE_TEXT)) == [CODER]


class TestDraft:
    def store(self, document):
        """Also do what saving a role in the admin does."""
        import_document(document)
        refresh_listing(Role.objects.values_list("pk", flat=True))

    @pytest.mark.parametrize("words", [CODER, "health information technologist", "29-2072"])
    def test_neither_its_name_nor_those_it_cites_are_found(self, words):
        self.store(reference_document())
        assert titles(search(words)) == []

    def test_its_words_are_not_found_beside_a_published_version(self):
        published()
        self.store(replace(reference_document(), timeline="Zymurgy in five years."))
        assert mentioned(search("zymurgy")) == []

    def test_its_name_is_not_suggested(self):
        published()
        self.store(titled("Zymurgist", claims=()))
        assert "zymurgist" not in search("zymurgst").content.decode()

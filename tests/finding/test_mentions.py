"""Words that only the text of an assessment has are shown apart, and never as an answer."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from roles.services.import_document import import_document
from tests.factories import published, reference_document
from tests.finding.test_browse import titles

pytestmark = pytest.mark.django_db


def search(words, **facets):
    return Client().get("/roles/", {"q": words, **facets}, follow=True)


def mentioned(response):
    """The titles of the roles whose text is quoted."""
    html = response.content.decode().partition('class="mentions"')[2].partition("</section>")[0]
    return re.findall(r"<li>\s*<a [^>]*>(.*?)</a>", html, flags=re.S)


def test_are_quoted_apart_from_the_answer():
    published()
    response = search("histopathology")
    assert titles(response) == []
    assert mentioned(response) == ["Clinical Coder (NHS)"]
    assert "<mark>histopathology</mark> reports" in response.content.decode()


def test_are_no_part_of_what_was_found_by_its_name():
    published()
    assert mentioned(search("clinical coder")) == []


def test_have_the_words_as_they_were_written():
    """To a stemmer, a programmer and a programme are one word."""
    import_document(
        replace(reference_document(), timeline="The programme ends in five years."), publishing=True
    )
    assert mentioned(search("programme")) == ["Clinical Coder (NHS)"]
    assert mentioned(search("programmer")) == []


def test_have_all_words_in_their_order():
    published()
    assert mentioned(search("histopathology report")) == ["Clinical Coder (NHS)"]
    assert mentioned(search("report histopathology")) == []


def test_respect_the_filters():
    zone = published().zone
    assert mentioned(search("histopathology", zone=zone)) == ["Clinical Coder (NHS)"]
    other = "Green" if zone != "Green" else "Red"
    assert mentioned(search("histopathology", zone=other)) == []

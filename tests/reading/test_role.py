"""What a reader finds on the page of a role."""

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from roles.documents.fields import TaskRow
from roles.documents.parse import parse
from roles.services.import_document import import_document
from roles.services.publish import publish
from scoring.dimensions import Mode
from tests.factories import draft, guards_off, published, reference_document, sql, titled

pytestmark = pytest.mark.django_db

URL = "/roles/clinical-coder-nhs/"


def text_of(response):
    """The words of a page, white space as single spaces."""
    assert response.status_code == 200
    html = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page(url=URL):
    return text_of(Client().get(url))


FIGURES = [
    "22.4 of 100",
    "Red (Displacing)",
    "2.6 points short of Yellow",
    "6.00 − 3.20 = 2.80, adjusted to 2.30",
    "1 + 0.04 × −1",
    "× 0.96",
    "1 + 0.02 × 3",
    "× 1.06",
    "1 + 0.05 × −1",
    "× 0.95",
    "2.30 × 0.96 × 1.06 × 0.95 = 2.223456",
    "= 2.2235",
    "(2.223456 − 0.54) / 7.93 × 100 = 21.2290",
    "Why 22.4 and not 21.2",
    "45 % displacement, 40 % augmentation, 15 % not involved",
    "75 % of the week is work that AI can do much of",
    "Evidence −1 of ±10",
    "Barriers 3 of 10",
    "protective principles 1/9",
    "likely Red",
    "as the tasks are rated, the score would be 27.3, Yellow",
    "The document claims 55 % for the share of task time scoring 3+; its own inputs give 75 %",
    "20.9 Red cited 1.5 points lower",
    "34.8 Yellow (Urgent) cited 12.4 points higher",
    "method AIJRI 1.0",
    "Trainee coders (Band 3-4, pre-NCCQ) 16–18",
    "Senior/Lead coders (Band 7-8A) 30–34",
]


def test_the_figures_of_the_worked_example():
    published()
    words = page()
    assert [figure for figure in FIGURES if figure not in words] == []


def test_every_text_of_the_document_is_on_the_page():
    published()
    document = reference_document()
    words = page()
    texts = [
        *(getattr(document, name) for name in document.__slots__ if name != "identity"),
        *(row.rationale for row in document.tasks + document.evidence + document.barriers),
        *(row.rationale for row in document.principles),
        *(row.name for row in document.tasks),
    ]
    for text in texts:
        if isinstance(text, str):
            for line in text.replace(" -- ", " – ").split("\n"):
                assert line.removeprefix("- ").casefold() in words.casefold()
    for step in document.survival_strategy:
        assert step in words


def test_neighbours_with_a_score_are_linked_and_names_only_are_not():
    published()
    html = Client().get(URL).content.decode()
    assert 'href="/roles/health-information-technologist/"' in html
    assert 'href="/roles/medical-secretary/"' not in html
    assert "Medical Secretary" in html


def test_a_role_with_only_a_cited_score_says_so():
    published()
    words = page("/roles/clinical-documentation-improvement-specialist/")
    assert "34.8" in words
    assert "Yellow (Urgent)" in words
    assert "No full assessment of this role is published here" in words
    assert "Clinical Coder (NHS) cites 34.8 Yellow (Urgent)" in words


def test_a_neighbours_own_assessment_counts_before_the_cited_score():
    published()
    other = titled("Health Information Technologist", override=Decimal("20.0"))
    import_document(other, publishing=True)
    words = page()
    assert "2.4 points lower" in words
    assert "2 of the 45 figures that the document states do not follow" in words
    assert "the document claims 1.5, its own inputs give 2.4" in words


@pytest.mark.parametrize(
    "slug", ["medical-secretary", "no-such-role", "clinical-coder-nhs/versions/9"]
)
def test_what_has_no_page_is_not_found(slug):
    published()
    response = Client().get(f"/roles/{slug}/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_a_draft_is_not_shown():
    draft()
    assert Client().get(URL).status_code == 404
    assert Client().get(f"{URL}versions/1/").status_code == 404
    assert Client().get("/roles/health-information-technologist/").status_code == 404


def test_a_superseded_version_stays_at_its_own_address():
    published()
    changed = replace(reference_document(), timeline="Sooner than was thought.")
    publish(import_document(changed).assessment)
    assert "Sooner than was thought." in page()
    old = page(f"{URL}versions/1/")
    assert "Sooner than was thought." not in old
    assert "This is version 1" in old
    assert "superseded on" in old


def test_the_document_can_be_downloaded_and_read_again():
    published()
    response = Client().get(f"{URL}versions/1.md")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert parse(response.content).document == reference_document()


def test_markup_in_a_stored_text_is_escaped():
    """It is not published; a text that came into the database otherwise does no harm."""
    published()
    with guards_off():
        sql("UPDATE roles_assessment SET timeline = %s", '<script>alert("x")</script> & more')
    html = Client().get(URL).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_score_held_at_the_edge_says_so():
    document = reference_document()
    best = replace(
        document,
        tasks=(TaskRow("Everything", Decimal(100), 1, Mode.NOT_INVOLVED, "A reason."),),
        evidence=tuple(replace(row, score=2) for row in document.evidence),
        barriers=tuple(replace(row, score=2) for row in document.barriers),
        growth=2,
        adjusted_task_resistance=None,
        adjustment_reason="",
        override=None,
        override_reason="",
        claims=(),
    )
    import_document(best, publishing=True)
    words = page()
    assert "held within 0 to 100" in words
    assert "The formula gives 109.7; the scale ends at 100.0." in words
    assert "Green (Accelerated)" in words


def test_the_number_of_queries_does_not_grow_with_the_content(django_assert_num_queries):
    """Three of them read the occupations, which otherwise is done once for each version."""
    published()
    with django_assert_num_queries(18):
        Client().get(URL)
    document = reference_document()
    for number in range(5):
        import_document(titled(f"Neighbour {number}"), publishing=True)
    names = " ".join(f"NOT a Neighbour {number} (other)." for number in range(5))
    more = replace(document, not_this_role=document.not_this_role + names)
    publish(import_document(more).assessment)
    with django_assert_num_queries(18):
        Client().get(URL)

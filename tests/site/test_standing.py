"""What every score on a public page rests on stands beside it."""

import re
from dataclasses import replace

import pytest
from django.urls import URLPattern, resolve

from jobzone import urls
from roles.documents.parse import parse
from roles.models import Occupation
from roles.services.import_document import import_document
from roles.vocabulary import Provenance
from scoring.zones import SubLabel
from tests.factories import published, reference_document, stored_once
from tests.reading.test_role import page
from tests.reference import ROOT

pytestmark = pytest.mark.django_db

STANDINGS = "published|sample|cited|your estimate"
SCORE = re.compile(
    r"(?<!scored )(?<!cites )\b\d{1,2}\.\d(?: of 100)? (?:Red|Yellow|Green)\b"
    rf"(?: \((?:{'|'.join(SubLabel)})\))?"
)
"""A score with its zone, but where an assessor's sentence "scored 20.9 Red" is quoted."""
QUOTED = ("formula", "definition", "evidence", "claims", "commentary", "words")
"""Sections whose figures are those of the page's own score, or stand in an assessor's words."""
SLUG = "senior-clinical-coder-nhs"


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """A published assessment; a sample, in two versions; and roles that are only cited."""
    with stored_once(django_db_blocker):
        published()
        content = (ROOT / "fixtures" / "assessments" / f"{SLUG}.md").read_bytes()
        document = parse(content).document
        import_document(document, publishing=True)
        import_document(replace(document, growth_check="Looked at again."), publishing=True)
        Occupation.objects.create(code="29-2072.00", title="Medical Records Specialists")
        yield


def unaccompanied(html):
    """The scores on a page that no standing follows, each with what does."""
    for section in QUOTED:
        html = re.sub(rf'<section id="{section}">.*?</section>', " ", html, flags=re.DOTALL)
    description = re.search(r'name="description" content="([^"]*)"', html)
    html = re.sub(r"<(script|style).*?</\1>", " ", html, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", html) + (description[1] if description else "")
    words = " ".join(text.split())
    return [
        words[found.start() : found.end() + 25]
        for found in SCORE.finditer(words)
        if not re.match(rf"\W{{0,3}}(?:{STANDINGS})\b", words[found.end() :])
    ]


PATHS = [
    "/",
    "/roles/",
    "/roles/?q=coder",
    "/zones/red/",
    "/suggest/",
    "/about/",
    "/corrections/",
    "/licence/",
    "/privacy/",
    "/accessibility/",
    "/changes/feed.atom",
    "/zones/red/feed.atom",
    "/roles/clinical-coder-nhs/feed.atom",
    "/roles/clinical-coder-nhs/badge.svg",
    "/embed/clinical-coder-nhs/",
    "/changes/",
    "/method/",
    "/provenance/",
    "/compare/",
    "/compare/?add=coder",
    "/overview/",
    f"/compare/?role={SLUG}",
    f"/compare/?role={SLUG}&role=clinical-coder-nhs&role=health-information-technologist",
    "/roles/clinical-coder-nhs/",
    "/roles/health-information-technologist/",
    f"/roles/{SLUG}/",
    f"/roles/{SLUG}/versions/1/",
    f"/roles/{SLUG}/history/",
    f"/roles/{SLUG}/my-mix/",
    f"/roles/{SLUG}/my-mix/?t1=5&v=2&method=1.0",
    "/score/",
    "/score/?job=Porter&task=Beds&time=9&score=1&mode=not-involved&method=1.0",
    "/occupations/",
    "/occupations/29-2072.00-medical-records-specialists/",
    "/data/",
    "/api/v1/",
]
NO_PAGES = {"health", "live", "ready", "preview", "titles", "all_figures", "occupation_figures"}
NO_PAGES |= {"role_as", "version_as", "occupation_json", "package", "schema", "library"}
NO_PAGES |= {"table", "json_lines", "sqlite", "openapi"}
NO_PAGES |= {"site_card", "role_card", "zone_card", "compare_card", "oembed", "security"}
NO_PAGES |= {"sitemap", "sitemap_part", "robots", "manifest", "opensearch"}
"""Files, and what readers cannot find."""


@pytest.mark.parametrize("path", PATHS)
def test_each_score_is_followed_by_what_it_rests_on(library, client, path):
    response = client.get(path, follow=True)
    assert response.status_code == 200
    assert unaccompanied(response.content.decode()) == []


def test_every_public_page_is_walked():
    walked = {resolve(path.partition("?")[0]).url_name for path in PATHS}
    public = {pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
    assert public - walked == NO_PAGES


def test_the_walk_sees_a_score_without_its_standing():
    assert unaccompanied("<p>Porter 33.4 <b>Red</b> (Urgent)</p><p>Cook 20.1 Red sample</p>") == [
        "33.4 Red (Urgent) Cook 20.1 Red sample"
    ]


def test_home_counts_the_samples(library):
    assert "1 of 4 roles here is a sample, written by this project to show the method." in page("/")


def test_a_sample_says_so_in_title_and_description(library, client):
    html = client.get(f"/roles/{SLUG}/").content.decode()
    head = html.partition("<body>")[0]
    assert "(Urgent), sample – JobZone" in " ".join(head.split())
    assert "sample, written by this project to show the method" in " ".join(head.split())


def test_provenance_names_the_published_assessment_with_its_source_and_counts_countries(library):
    words = page("/provenance/")
    assert "Clinical Coder (NHS) The document that this assessment comes from" in words
    assert "jobzonerisk.com" in words
    assert "1 of jobs as done in United Kingdom." in words


def test_a_published_document_without_notes_names_no_source():
    document = replace(reference_document(), further_notes="", provenance=Provenance.PUBLISHED)
    import_document(document, publishing=True)
    assert "says neither who wrote it nor where it was published" in page("/provenance/")


def test_the_formula_promises_no_more_than_it_shows():
    assert "lets you see what another value would give" not in page("/provenance/")

"""Every public role at once."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from roles.finding import overview
from roles.models import Occupation, Role
from roles.services.import_document import import_document
from roles.services.synthetic import make_synthetic_roles
from tests.factories import published, reference_document, titled
from tests.reading.test_role import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def occupation():
    """That of the coder's code, which is only the closest one."""
    return Occupation.objects.create(
        code="29-2072.00",
        title="Medical Records Specialists",
        employment=200_000,
        mean_rating="4.0",
    )


def html(query=""):
    return Client().get(f"/overview/{query}").content.decode()


def marks(page):
    """The roles of the first drawing, with where they stand."""
    drawing = page.partition('<svg class="swarm"')[2].partition('<g aria-hidden="true">')[2]
    drawing = drawing.partition("</g>")[2].partition('<ul class="key">')[0]
    return re.findall(r'<a href="/roles/([^/]+)/".*?<svg x="([\d.]+)%"', drawing, flags=re.S)


def test_each_role_is_a_mark_at_its_score_that_leads_to_it():
    published()
    assert dict(marks(html())) == {
        slug: str(score) for slug, score in Role.objects.public().values_list("slug", "score")
    }


def test_each_mark_is_named_with_what_it_stands_at():
    published()
    title = re.search(r"<title>\s*(Clinical Coder.*?)</title>", html(), flags=re.S)[1]
    assert " ".join(title.split()) == "Clinical Coder (NHS): 22.4 Red (Displacing), published"


def test_each_role_is_a_row_of_the_table():
    published()
    table = html().partition("<table")[2]
    for slug in Role.objects.public().values_list("slug", flat=True):
        assert f'href="/roles/{slug}/"' in table


def test_sectors_lead_to_their_roles_of_each_zone():
    published()
    page = html()
    for url, count in re.findall(r'href="(/zones/\w+/\?sector=[^"]*)">(\d+) \w+</a>', page):
        words = text_of(Client().get(url.replace("&amp;", "&")))
        assert f"{count} role" in words
    assert '/zones/red/?sector=Healthcare">1 Red' in page


def test_us_figures_stand_beside_no_role_of_another_country(occupation):
    published()
    assert "200,000" not in html()


def test_us_figures_stand_beside_us_roles_of_that_code(occupation):
    document = reference_document()
    codes = tuple(replace(code, system="SOC 2018") for code in document.identity.codes)
    identity = replace(document.identity, title="Coder", country="United States", codes=codes)
    import_document(replace(document, identity=identity, claims=()), publishing=True)
    assert "200,000" in html()


def test_scores_stand_beside_the_measure_that_is_asked_for(occupation):
    published()
    words = text_of(Client().get("/overview/?measure=mean_rating"))
    assert "1 role, 0 of them by their own occupational code" in words
    assert "They are too few for a correlation" in words
    unknown = text_of(Client().get("/overview/?measure=frey_osborne"))
    assert "None of the roles here can be matched" in unknown


def test_a_measure_that_does_not_exist_is_the_first(occupation):
    published()
    assert html("?measure=<script>") == html()


def test_too_many_roles_are_bars(monkeypatch):
    published()
    make_synthetic_roles(8)
    monkeypatch.setattr(overview, "MOST_MARKS", 10)
    page = html()
    assert marks(page) == []
    assert 'class="distribution"' in page
    assert "<table" not in page
    assert "/zones/red/?sector=Healthcare" in page


def test_without_content():
    assert "No role is published yet" in text_of(Client().get("/overview/"))


def test_titled_roles_of_equal_score_have_a_mark_each():
    for title in ("One", "Two", "Three"):
        import_document(titled(title, claims=()), publishing=True)
    drawn = html().partition('<ul class="key">')[0]
    places = re.findall(r'<svg x="22.4%" y="(\d+)"', drawn)
    assert len(places) == len(set(places)) == 3

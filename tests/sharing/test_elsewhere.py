"""Badges, boxes and oEmbed on the pages of others; and pages in no frame but the one for it."""

from xml.etree import ElementTree

import pytest

from tests.sharing.conftest import CITED, CODER, NASTY, NASTY_SLUG

pytestmark = pytest.mark.django_db


def test_only_the_box_may_be_framed(client, library):
    box = client.get("/embed/clinical-coder-nhs/")
    assert "frame-ancestors *" in box["Content-Security-Policy"]
    assert "default-src 'self'" in box["Content-Security-Policy"]
    assert "X-Frame-Options" not in box
    assert box["Cross-Origin-Resource-Policy"] == "cross-origin"
    page = client.get(CODER)
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert page["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_box_says_the_score_and_leads_back(client, library):
    html = client.get("/embed/clinical-coder-nhs/").content.decode()
    assert f'href="http://testserver{CODER}" target="_top"' in html
    assert "<strong>22.4</strong>" in html
    assert "Red (Displacing)" in html
    assert "<script" not in html


@pytest.mark.parametrize("path", ["/embed/health-information-technologist/", f"{CITED}badge.svg"])
def test_a_role_that_is_only_cited_is_not_assessed_here(client, library, path):
    said = client.get(path).content.decode()
    assert "ot assessed here" in said
    assert "20.9" not in said


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("clinical-coder-nhs", "22.4 Red (Displacing), published"),
        (NASTY_SLUG, "22.4 Red (Displacing), sample"),
    ],
)
def test_a_badge_is_an_image_with_words_and_no_script(client, library, slug, said):
    response = client.get(f"/roles/{slug}/badge.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    image = ElementTree.fromstring(response.content)
    assert image.get("aria-label").endswith(f"AI resistance {said}")
    tags = {one.tag.rpartition("}")[2] for one in image.iter()}
    assert tags == {"svg", "title", "rect", "path", "g", "text"}


def test_oembed_gives_a_frame_for_the_address_of_a_role(client, library):
    asked = {"url": f"http://testserver/roles/{NASTY_SLUG}/", "maxwidth": "300"}
    response = client.get("/oembed", asked)
    assert response["Access-Control-Allow-Origin"] == "*"
    said = response.json()
    assert (said["version"], said["type"], said["title"]) == ("1.0", "rich", NASTY)
    assert (said["width"], said["height"]) == (300, 200)
    frame = ElementTree.fromstring(said["html"])
    assert frame.get("src") == f"http://testserver/embed/{NASTY_SLUG}/"
    assert frame.get("title") == f"JobZone: {NASTY}"
    assert client.get(frame.get("src")).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://elsewhere.example" + CODER,
        "ftp://testserver" + CODER,
        "http://testserver/",
        "http://testserver/roles/withdrawn/",
        "http://[",
        "\x00",
    ],
)
def test_oembed_knows_no_other_address(client, library, url):
    assert client.get("/oembed", {"url": url}).status_code == 404


@pytest.mark.parametrize("width", ["", "0", "-1", "9" * 30, "x"])
def test_a_width_that_makes_no_sense_is_that_of_the_box(client, library, width):
    asked = {"url": "http://testserver" + CODER, "maxwidth": width}
    assert client.get("/oembed", asked).json()["width"] == 480


def test_the_page_of_a_role_says_where_that_is(client, library):
    html = client.get(CODER).content.decode()
    assert "/oembed?url=http%3A%2F%2Ftestserver%2Froles%2Fclinical-coder-nhs%2F" in html

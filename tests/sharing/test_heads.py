"""The head of each page: its own title and description, and a card for sites that show it."""

import re
from html import unescape

import pytest

from roles.sharing.pages import PAGES
from roles.sharing.sitemaps import Pages
from tests.sharing.conftest import CITED, CODER

pytestmark = pytest.mark.django_db
COMPARED = "/compare/?role=clinical-coder-nhs&role=health-information-technologist"


def meta(html):
    """The title and what the head says by property or name."""
    found = re.findall(r'<meta (?:property|name)="([\w:-]+)" content="([^"]*)">', html)
    assert len(found) == len(dict(found))
    return {"title": re.search("<title>(.*?)</title>", html)[1], **dict(found)}


@pytest.fixture
def heads(client, library):
    occupation = "/occupations/29-2072.00-medical-records-specialists/"
    paths = [*Pages().items(), CODER, CITED, f"{CODER}history/", COMPARED, occupation, "/score/"]
    return {path: meta(client.get(path).content.decode()) for path in paths}


def test_each_page_has_words_of_its_own(heads):
    for name in ("title", "description"):
        said = [head[name] for head in heads.values()]
        assert all(said)
        assert sorted(set(said)) == sorted(said)
        assert [head[f"og:{name}"] for head in heads.values()] == said
    for path, head in heads.items():
        assert len(unescape(head["title"])) <= 110, path
        assert 50 <= len(unescape(head["description"])) <= 320, path


def test_each_page_has_a_card(client, heads):
    pictures = {path: unescape(head["og:image"]) for path, head in heads.items()}
    assert pictures["/"] == "http://testserver/card.png"
    assert pictures[CODER] == f"http://testserver{CODER}card.png"
    assert pictures["/zones/red/"] == "http://testserver/zones/red/card.png"
    assert pictures[COMPARED].endswith(COMPARED.replace("/compare/", "/compare/card.png"))
    for picture in set(pictures.values()):
        answer = client.get(picture)
        assert answer["Content-Type"] == "image/png"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert {head["twitter:card"] for head in heads.values()} == {"summary_large_image"}


def test_the_address_of_a_page_leaves_out_what_is_no_part_of_it(client, library):
    for asked, address in (
        (f"{COMPARED}&show=clinical-coder-nhs", COMPARED),
        ("/changes/?page=1", "/changes/"),
        (f"{CODER}versions/1/", CODER),
        ("/about/?utm_source=x", "/about/"),
    ):
        html = client.get(asked).content.decode()
        found = unescape(re.search('rel="canonical" href="([^"]*)"', html)[1])
        assert found == f"http://testserver{address}"


def test_what_is_not_there_asks_not_to_be_listed(client, library):
    for path in ("/no/such/page/", "/roles/withdrawn/"):
        html = client.get(path).content.decode()
        assert '<meta name="robots" content="noindex">' in html
        assert "canonical" not in html


def test_the_foot_of_every_page_leads_to_the_pages_about_the_site(client, library):
    html = client.get("/").content.decode()
    assert all(f'href="/{name}/"' in html for name in PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_about_the_site_says_whom_to_write_to(client, settings, name):
    settings.CONTACT = "editors@jobzone.example"
    said = client.get(f"/{name}/").content.decode()
    assert ("mailto:editors@jobzone.example" in said) == (name != "licence")

"""The files that browsers and search engines look for at known addresses."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders

from roles.models import Role
from roles.sharing import sitemaps
from tests.sharing.conftest import CITED, CODER

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def listed(client, path):
    """Each address of a sitemap with the day of its last change."""
    root = ElementTree.fromstring(client.get(path).content)
    assert root.tag in (f"{SITEMAP}urlset", f"{SITEMAP}sitemapindex")
    found = {one.find(f"{SITEMAP}loc").text: one.findtext(f"{SITEMAP}lastmod") for one in root}
    assert len(found) == len(root)
    return found


def test_the_sitemap_lists_every_public_page_once(client, library):
    parts = listed(client, "/sitemap.xml")
    found = {}
    for part in parts:
        found |= listed(client, urlsplit(part).path)
    roles = Role.objects.public()
    assert (
        found["http://testserver" + CODER]
        == f"{roles.get(slug='clinical-coder-nhs').last_assessed:%Y-%m-%d}"
    )
    assert "http://testserver" + CITED in found
    assert "http://testserver/zones/red/" in found
    assert "http://testserver/occupations/29-2072.00-medical-records-specialists/" in found
    assert not [url for url in found if "withdrawn" in url or "my-mix" in url]
    for url in found:
        page = client.get(url)
        assert page.status_code == 200
        assert f'<link rel="canonical" href="{url}">' in page.content.decode()


def test_a_long_sitemap_comes_in_parts(client, library, monkeypatch):
    monkeypatch.setattr(sitemaps.Roles, "limit", 2)
    parts = [part for part in listed(client, "/sitemap.xml") if "roles" in part]
    assert len(parts) == 2
    assert [len(listed(client, f"/sitemap-roles.xml?p={page}")) for page in (1, 2)] == [2, 2]
    assert client.get("/sitemap-roles.xml?p=3").status_code == 404


def test_roles_made_for_tests_are_not_listed(client, library):
    before = listed(client, "/sitemap-roles.xml")
    stands = {"score": 22, "zone": "Red", "standing": "Sample"}
    Role.objects.create(slug="made-up", title="Made up", synthetic=True, **stands)
    assert listed(client, "/sitemap-roles.xml") == before


def test_robots_leads_to_the_sitemap_under_the_name_of_the_site(client, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://jobzone.example", ["*"]
    said = client.get("/robots.txt").content.decode()
    assert "Sitemap: https://jobzone.example/sitemap.xml\n" in said
    assert "Disallow: /roles/*/my-mix/?\n" in said


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("a@jobzone.example", "mailto:a@jobzone.example"),
        ("https://x.example/c", "https://x.example/c"),
    ],
)
def test_who_is_told_of_a_weakness_and_until_when(client, settings, contact, said):
    settings.CONTACT = contact
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == said
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=170) < left < timedelta(days=365)
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"


def test_the_manifest_names_icons_that_exist(client):
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    said = json.loads(response.content)
    assert client.get(said["start_url"]).status_code == 200
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    for name in ("icon-192.png", "icon-512.png", "maskable-512.png", "icon-32.png"):
        assert finders.find(f"icons/{name}")


def test_a_browser_learns_how_to_search(client, library):
    root = ElementTree.fromstring(client.get("/opensearch.xml").content)
    space = root.tag.removesuffix("OpenSearchDescription")
    template = root.find(f"{space}Url").get("template")
    assert client.get(template.format(searchTerms="coder")).status_code == 200
    assert len(root.find(f"{space}ShortName").text) <= 16


@pytest.mark.parametrize("path", ["/favicon.ico", "/apple-touch-icon.png"])
def test_icons_are_where_browsers_ask_for_them_unasked(client, path):
    assert client.get(path).status_code == 200

"""What pages say to programs: read by a JSON-LD parser, and never a way into a page."""

import json
import re
from datetime import date

import pytest
from pyld import jsonld

from roles.sharing.structured import breadcrumbs, dataset, script
from tests.sharing.conftest import CITED, CODER, NASTY, NASTY_SLUG

SCHEMA = "https://schema.org/"
pytestmark = pytest.mark.django_db


def context(url, _):
    """The vocabulary without asking for it: every name is one of schema.org."""
    assert url.rstrip("/") == SCHEMA.rstrip("/")
    said = {"@vocab": SCHEMA, "url": {"@type": "@id"}, "item": {"@type": "@id"}}
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": said}}


def blocks(html):
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, flags=re.S)


def read(html):
    """The nodes of a page by type, as a parser of JSON-LD has them."""
    (block,) = blocks(html)
    nodes = jsonld.expand(json.loads(block), {"documentLoader": context})
    return {node["@type"][0].removeprefix(SCHEMA): node for node in nodes}


def value(node, *names):
    for name in names:
        node = node[SCHEMA + name][0]
    return node.get("@value", node.get("@id"))


def test_a_role_is_an_occupation_with_a_report(client, library):
    found = read(client.get(CODER).content.decode())
    role = found["Occupation"]
    assert value(role, "name") == "Clinical Coder (NHS)"
    assert value(role, "url") == "http://testserver" + CODER
    assert value(role, "occupationLocation", "name") == "United Kingdom"
    assert value(role, "subjectOf", "name").endswith("22.4 of 100, Red (Displacing), published")
    assert value(role, "subjectOf", "version") == 2
    steps = found["BreadcrumbList"][SCHEMA + "itemListElement"]
    assert [value(step, "name") for step in steps] == ["Roles", "Red zone", "Clinical Coder (NHS)"]
    assert [value(step, "position") for step in steps] == [1, 2, 3]
    assert all(client.get(value(step, "item")).status_code == 200 for step in steps)


def test_a_role_that_is_only_cited_and_an_occupation_have_no_report(client, library):
    occupation = "/occupations/29-2072.00-medical-records-specialists/"
    for path in (CITED, occupation):
        found = read(client.get(path).content.decode())
        assert SCHEMA + "subjectOf" not in found["Occupation"]
    assert value(found["Occupation"], "occupationalCategory", "codeValue") == "29-2072.00"


def test_an_earlier_version_says_nothing_that_would_pass_for_the_current_one(client, library):
    assert blocks(client.get(f"{CODER}versions/1/").content.decode()) == []


def test_no_title_can_end_the_block(client, library):
    html = client.get(f"/roles/{NASTY_SLUG}/").content.decode()
    assert value(read(html)["Occupation"], "name") == NASTY


def test_every_sign_of_markup_is_escaped():
    block = script({"@type": "Thing", "name": "</script><!-- & \u2028"})
    assert not re.search("[<>&\u2028]", block[len('<script type="application/ld+json">') : -9])


def test_the_data_as_a_dataset():
    url, file = "https://jobzone.example/data/", "https://jobzone.example/data/roles.csv"
    way = breadcrumbs([("Data", url)])
    found = read(
        script(dataset(url, "All", "All roles.", date(2026, 11, 26), [("text/csv", file)]), way)
    )
    assert value(found["Dataset"], "dateModified") == "2026-11-26"
    assert value(found["Dataset"], "license") == "https://creativecommons.org/licenses/by/4.0/"
    assert value(found["Dataset"], "distribution", "contentUrl") == file

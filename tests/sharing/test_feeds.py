"""Feeds by the rules of RFC 4287: what has to be there is, ids stay, dates are true."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from roles.models import Assessment
from tests.sharing.conftest import CITED, CODER, NASTY

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def checked(response):
    """The entries of a feed, if it is one by section 4 of the RFC."""
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == response.wsgi_request.build_absolute_uri()
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(one.findall(ATOM + name)) == 1
            assert one.find(ATOM + name).text
        assert one.find(f"{ATOM}id").text.startswith("tag:testserver,2026:")
        assert datetime.fromisoformat(one.find(f"{ATOM}updated").text).tzinfo
    for entry in entries:
        assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
    ids = [entry.find(f"{ATOM}id").text for entry in entries]
    assert len(set(ids)) == len(ids)
    newest = [datetime.fromisoformat(one.find(f"{ATOM}updated").text) for one in (feed, *entries)]
    assert newest[0] == max(newest[1:], default=newest[0])
    return entries


def said(entries):
    return [entry.find(f"{ATOM}title").text for entry in entries]


def test_all_that_was_published_and_can_be_read(client, library):
    entries = checked(client.get("/changes/feed.atom"))
    verdict = "22.4 Red (Displacing)"
    assert said(entries) == [
        f"{NASTY}: {verdict}, sample",
        f"Clinical Coder (NHS): {verdict}, published",
        f"Clinical Coder (NHS): {verdict}, published",
    ]
    summaries = [entry.find(f"{ATOM}summary").text for entry in entries]
    assert summaries[1] == "Version 2; before, 22.4 Red (published)."
    assert summaries[2] == "First assessment."
    newest = Assessment.objects.readable().first()
    updated = datetime.fromisoformat(entries[0].find(f"{ATOM}updated").text)
    assert updated == newest.published_at
    for entry in entries:
        assert client.get(entry.find(f"{ATOM}link").get("href")).status_code == 200


def test_a_zone_and_a_role_have_their_own(client, library):
    assert len(checked(client.get("/zones/red/feed.atom"))) == 3
    assert len(checked(client.get(f"{CODER}feed.atom"))) == 2


def test_a_feed_without_an_entry_stays_as_it_is(client, library):
    for path in ("/zones/green/feed.atom", f"{CITED}feed.atom"):
        first, second = client.get(path), client.get(path)
        assert checked(first) == []
        assert first.content == second.content
        assert b"2026-01-01T00:00:00" in first.content

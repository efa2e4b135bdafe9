"""Opening the addresses of sources: what counts as gone, and what is never opened."""

import threading
from collections import Counter
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from roles.models import LinkCheck, Source
from roles.services import links
from roles.services.import_document import import_document
from tests.factories import titled


class Site(BaseHTTPRequestHandler):
    """Answers by what the path says."""

    asked: Counter = Counter()

    def answer(self):
        self.asked[self.command, self.path] += 1
        status, _, location = self.path.partition("?")[0].strip("/").partition("/to/")
        if status == "no-head":
            status = 405 if self.command == "HEAD" else 200
        self.send_response(int(status))
        if location:
            self.send_header("Location", f"/{location}")
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815 - what the server calls

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def machine():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(machine, monkeypatch):
    """A site that counts as public; asked without pauses."""
    Site.asked.clear()
    monkeypatch.setattr(links, "is_public", lambda _: True)
    monkeypatch.setattr(links, "PAUSE", 0)
    return machine


@pytest.mark.parametrize(
    ("path", "status", "ok"),
    [
        ("/200", "200 OK", True),
        ("/404", "404 Not Found", False),
        ("/500", "500 Internal Server Error", False),
        ("/403", "403 Forbidden", True),
        ("/no-head", "200 OK", True),
        ("/302/to/301/to/200", "200 OK", True),
        ("/302/to/410", "410 Gone", False),
        ("/301/to/301/to/301/to/301/to/301/to/301/to/200", "more than 5 redirections", False),
        ("/200?q=grüße", "200 OK", True),
    ],
)
def test_what_an_address_answers(site, path, status, ok):
    assert links.opened(site + path) == links.Answer(status, ok)


def test_the_whole_is_asked_for_only_where_the_head_says_too_little(site):
    links.opened(f"{site}/200")
    links.opened(f"{site}/no-head")
    assert Site.asked == {("HEAD", "/200"): 1, ("HEAD", "/no-head"): 1, ("GET", "/no-head"): 1}


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
    ],
)
def test_an_address_of_a_network_of_ones_own_is_not_public(address):
    assert not links.is_public(address)


def test_the_internet_is_public():
    assert links.is_public("1.1.1.1")
    assert links.is_public("2606:4700:4700::1111")


@pytest.mark.parametrize("named", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
def test_no_machine_of_ones_own_is_ever_asked(machine, named):
    Site.asked.clear()
    url = machine.replace("127.0.0.1", named)
    assert links.opened(f"{url}/200") == links.Answer(
        "not an address of the public internet", ok=False
    )
    assert not Site.asked


def test_nor_where_a_public_one_sends_there(site, monkeypatch):
    answers = iter((True, False))
    monkeypatch.setattr(links, "is_public", lambda _: next(answers))
    assert not links.opened(f"{site}/302/to/200").ok
    assert Site.asked == {("HEAD", "/302/to/200"): 1}


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/x", "http://", "http://[x", "http://x:y/"]
)
def test_what_is_no_address_of_the_web_is_told_and_not_opened(url):
    assert not links.opened(url).ok


def test_a_machine_that_does_not_answer_is_told(site):
    assert links.opened("http://127.0.0.1:1/").status == "no answer: Connection refused"


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture
    def cited(self, site):
        """Three addresses in a published version, one of them gone."""
        assessment = import_document(titled("Porter", claims=(), sources=())).assessment
        for url in (f"{site}/200", f"{site}/404", f"{site}/no-head", ""):
            assessment.sources.create(
                dimension="Wage Trends", title="x", publisher="x", url=url, seen="2025"
            )
        return assessment

    def run(self, **options):
        out = StringIO()
        call_command("check_links", stdout=out, **options)
        return out.getvalue()

    def test_keeps_what_each_answers_and_names_what_is_gone(self, site, cited):
        said = self.run()
        assert f"{site}/404: 404 Not Found" in said
        assert "Addresses opened: 3. Nothing is there at 1." in said
        assert dict(LinkCheck.objects.values_list("url", "ok")) == {
            f"{site}/200": True,
            f"{site}/404": False,
            f"{site}/no-head": True,
        }
        assert Source.objects.count() == 4

    def test_opens_again_only_what_was_not_opened_for_long(self, site, cited):
        self.run(limit=2)
        assert LinkCheck.objects.count() == 2
        assert "Addresses opened: 1" in self.run()
        assert "Addresses opened: 0" in self.run()
        LinkCheck.objects.filter(url__endswith="404").update(
            checked_at=timezone.now() - timedelta(days=31), ok=True
        )
        assert "Addresses opened: 1" in self.run()
        assert not LinkCheck.objects.get(url__endswith="404").ok
        assert "Addresses opened: 0" in self.run(older_than=60)
        assert "Addresses opened: 3" in self.run(older_than=0)

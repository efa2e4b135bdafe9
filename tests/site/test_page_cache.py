"""Pages from memory: the same as without, of the version that is committed, for whom they are."""

import gzip
import threading
import time
from collections import Counter
from dataclasses import dataclass

import psycopg
import pytest
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client, RequestFactory

from jobzone.catalogue import Catalogue
from jobzone.kept_pages import KeptPages, Page
from jobzone.page_cache import KEEP, PageCache, takes_gzip
from roles.models import AlsoKnownAs, Role
from roles.services.workflow import delete
from tests.factories import as_superuser, published
from tests.run.server import until

pytestmark = pytest.mark.django_db

ROOM = 10_000_000
CODER = "/roles/clinical-coder-nhs/"
GZIP = {"accept-encoding": "gzip"}


@dataclass
class Got:
    """An answer as it goes to the server."""

    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def body(self) -> bytes:
        zipped = self.headers.get("Content-Encoding") == "gzip"
        return gzip.decompress(self.sent) if zipped else self.sent


def get(application, path="/", method="GET", secure=False, **headers) -> Got:
    """Ask as a server does; a header's name has underscores here."""
    asked = {"host": "testserver"}
    asked |= {name.replace("_", "-"): value for name, value in headers.items()}
    request = RequestFactory().generic(method, path, secure=secure, headers=asked)
    started = []
    response = application(request.environ, lambda status, head: started.append((status, head)))
    try:
        sent = b"".join(response)
    finally:
        getattr(response, "close", lambda: None)()
    [(status, head)] = started
    assert len({name.lower() for name, _ in head}) == len(head), "a header is sent twice"
    return Got(int(status.split()[0]), dict(head), sent)


class Site:
    """An application in Django's place: its answers can be kept, and it counts them."""

    def __init__(self, *headers, body=b"<p>page</p>", status="200 OK", keep=True):
        self.headers, self.body, self.status, self.keep = [*headers], body, status, keep
        self.asked = Counter()

    def __call__(self, environ, start_response):
        self.asked[environ["PATH_INFO"]] += 1
        if self.keep:
            environ[KEEP] = True
        start_response(self.status, [("Content-Type", "text/html"), *self.headers])
        return [self.body]


@pytest.fixture
def around():
    """Puts the cache around an application.

    Django closes a connection at the end of a request whose transaction is open, as is that
    of a test; its own test client keeps it from doing so like this.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    made = []

    def make(application, most_bytes=ROOM, **more):
        made.append(PageCache(application, most_bytes, **more))
        return made[-1]

    yield make
    for cache in made:
        cache.catalogue.close()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def cache(around):
    """The cache around the whole site."""
    return around(WSGIHandler())


def change_the_catalogue():
    """Commit something that public pages read."""
    Role.objects.create(slug=f"role-{Role.objects.count()}", title="Role")


class TestWhatIsKept:
    def test_a_page_is_worked_out_once(self, around):
        cache = around(site := Site())
        assert [get(cache).body for _ in range(3)] == [b"<p>page</p>"] * 3
        assert site.asked["/"] == 1

    @pytest.mark.parametrize(
        "site",
        [
            Site(keep=False),
            Site(status="503 Service Unavailable"),
            Site(status="302 Found"),
            Site(("Set-Cookie", "session=1")),
            Site(("set-cookie", "session=1")),
            Site(("Vary", "Cookie")),
            Site(("Cache-Control", "private")),
            Site(("Content-Encoding", "br")),
        ],
    )
    def test_nothing_else_is(self, around, site):
        cache = around(site)
        first, second = get(cache), get(cache)
        assert first == second
        assert first.sent == site.body
        assert "ETag" not in first.headers
        assert site.asked["/"] == 2
        assert len(cache.pages) == 0

    @pytest.mark.parametrize("method", ["POST", "OPTIONS", "PUT", "DELETE"])
    def test_a_kept_page_does_not_answer_other_methods(self, around, method):
        cache = around(site := Site())
        get(cache)
        assert "ETag" not in get(cache, method=method).headers
        assert site.asked["/"] == 2

    def test_not_the_answers_for_who_is_signed_in(self, cache):
        client = Client()
        client.force_login(User.objects.create_superuser("root"))
        cookie = client.cookies.output(header="", attrs=[]).strip()
        assert get(cache, "/admin/", cookie=cookie).status == 200
        assert get(cache, "/admin/").status == 302


class TestHead:
    @pytest.mark.parametrize("path", ["/", CODER, "/roles/nobody/", "/health/", "/admin/"])
    def test_head_has_the_headers_of_get_alone(self, cache, path):
        published()
        for _ in range(2):
            head, full = get(cache, path, method="HEAD"), get(cache, path)
            assert head.sent == b""
            assert (head.status, head.headers) == (full.status, full.headers)


@pytest.mark.django_db(transaction=True)
class TestNeverStale:
    def test_another_version_is_worked_out(self, around):
        cache = around(site := Site())
        get(cache)
        site.body = b"<p>changed</p>"
        change_the_catalogue()
        assert get(cache).body == b"<p>changed</p>"

    def test_a_publication_is_in_the_next_answer(self, cache):
        assert get(cache, CODER).status == 404
        assert b"Nobody" not in get(cache).body
        assessment = published()
        assert b"Clinical Coder" in get(cache).body
        assert get(cache, CODER).status == 200
        delete(assessment)
        assert get(cache, CODER).status == 410
        assert b"Clinical Coder (NHS)" not in get(cache).body

    def test_a_change_by_plain_sql_is_too(self, cache):
        published()
        get(cache, CODER)
        AlsoKnownAs.objects.filter(role__slug="clinical-coder-nhs").delete()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE roles_role SET title = 'Coder' WHERE slug LIKE 'clinical-%'")
        assert b"Clinical Coder (NHS)</h1>" not in get(cache, CODER).body

    def test_a_change_while_a_page_is_worked_out_drops_it(self, around):
        """The version is read first: what is worked out may be newer than it, never older."""

        def slow(environ, start_response):
            body = site(environ, start_response)
            if site.asked["/"] == 1:
                change_the_catalogue()
            return body

        cache, site = around(slow), Site()
        get(cache)
        get(cache)
        assert site.asked["/"] == 2

    def test_a_page_of_a_version_that_was_left_is_not_kept(self):
        pages, page = KeptPages(ROOM), Page.of(b"old", [])
        pages.move_to(b"1")
        pages.move_to(b"2")
        pages.put(b"1", ("/",), page)
        assert len(pages) == 0

    def test_a_tag_outlives_a_version_that_did_not_change_the_page(self, around):
        cache = around(Site())
        tag = get(cache).headers["ETag"]
        change_the_catalogue()
        assert get(cache, if_none_match=tag).status == 304


class TestOneAnswerForEach:
    def test_host_scheme_and_query(self, around):
        cache = around(site := Site())
        for _ in range(2):
            get(cache)
            get(cache, "/?page=2")
            get(cache, host="elsewhere.example")
            get(cache, x_forwarded_proto="https")
            get(cache, secure=True)
            get(cache, x_forwarded_proto="https, http")
            get(cache, secure=True, x_forwarded_proto="http")
        assert site.asked["/"] == 4

    def test_a_path_with_a_question_mark_is_not_a_query(self, around):
        cache = around(site := Site())
        get(cache, "/roles/?q=a")
        get(cache, "/roles/%3Fq=a")
        assert site.asked == {"/roles/": 1, "/roles/?q=a": 1}

    def test_a_forged_host_is_refused_and_leaves_no_trace(self, cache):
        assert get(cache).status == 200
        assert get(cache, host="evil.example").status == 400
        assert b"evil" not in get(cache).body
        assert get(cache, host="evil.example").status == 400

    def test_a_forged_scheme_is_in_no_other_answer(self, cache):
        published()
        assert b"https://testserver" in get(cache, CODER, x_forwarded_proto="https").body
        assert b"https://testserver" not in get(cache, CODER).body

    def test_a_cookie_makes_no_difference(self, around):
        cache = around(site := Site())
        get(cache, cookie="sessionid=1")
        get(cache)
        assert site.asked["/"] == 1


class TestEncoding:
    @pytest.mark.parametrize(
        ("accepted", "compressed"),
        [
            ("", False),
            ("gzip", True),
            ("gzip, deflate, br, zstd", True),
            ("GZIP;Q=1.0", True),
            ("*", True),
            ("br;q=1, gzip;q=0", False),
            ("br;q=1, gzip;q=0.000", False),
            ("*;q=0", False),
            ("gzip;q=0, *", False),
            ("identity;q=0", True),
            ("identity;q=0, gzip;q=0", False),
            ("*;q=0, gzip", True),
            ("gzip;q=0.5, identity", False),
            ("gzip;q=0.5, identity;q=0.2", True),
            ("gzip;q=2", False),
            ("gzip;q=", False),
            ("gzip;q=nan", False),
            ("\x00;;,,;q=", False),
            ("x" * 5000, False),
        ],
    )
    def test_is_what_was_asked_for(self, around, accepted, compressed):
        assert takes_gzip(accepted) is compressed
        got = get(around(Site(body=b"page " * 999)), accept_encoding=accepted)
        assert ("Content-Encoding" in got.headers) == compressed
        assert got.body == b"page " * 999
        assert got.headers["Vary"] == "Accept-Encoding"

    def test_each_has_a_tag_of_its_own(self, around):
        cache = around(Site())
        assert get(cache).headers["ETag"] != get(cache, **GZIP).headers["ETag"]

    @pytest.mark.parametrize("path", ["/roles/nobody/", "/admin/login/"])
    def test_what_is_not_kept_is_compressed_too(self, cache, path):
        got = get(cache, path, **GZIP)
        assert got.headers["Content-Encoding"] == "gzip"
        assert b"</html>" in got.body


class TestRevalidation:
    @pytest.mark.parametrize(
        ("given", "status"),
        [
            ("{tag}", 304),
            ("W/{tag}", 304),
            ("*", 304),
            (" * ", 304),
            ('"other", W/"more", {tag}', 304),
            ('"with, comma",{tag}', 304),
            ('"other"', 200),
            ("", 200),
            ('"', 200),
            ('W/"', 200),
            ("garbage, *", 200),
            ("\x00\xff", 200),
        ],
    )
    def test_by_tags(self, around, given, status):
        cache = around(Site())
        tag = get(cache, **GZIP).headers["ETag"]
        for method in ("GET", "HEAD"):
            got = get(cache, "/", method, if_none_match=given.format(tag=tag), **GZIP)
            assert got.status == status
            assert got.headers["ETag"] == tag
            assert got.headers["Vary"] == "Accept-Encoding"
            assert "no-cache" in got.headers["Cache-Control"]
            if status == 304:
                assert got.sent == b""
                assert "Content-Length" not in got.headers

    def test_a_tag_without_its_quotes_is_garbage(self, around):
        cache = around(Site())
        tag = get(cache).headers["ETag"].strip('"')
        assert get(cache, if_none_match=tag).status == 200

    def test_other_headers_make_another_tag(self, around):
        """A 304 leaves the headers of the kept answer in force."""
        strict = Site(("Content-Security-Policy", "default-src 'none'"))
        assert get(around(Site())).headers["ETag"] != get(around(strict)).headers["ETag"]

    def test_proxies_ask_and_help_out_and_purged_ones_need_not_ask(self, around):
        headers = get(around(Site())).headers
        assert headers["Cache-Control"] == "public, no-cache, stale-if-error=86400"
        assert "CDN-Cache-Control" not in headers
        headers = get(around(Site(), cdn_max_age=600)).headers
        assert headers["CDN-Cache-Control"] == "max-age=600"
        assert "no-cache" in headers["Cache-Control"]


class TestRoom:
    def test_a_flood_of_addresses_costs_no_page_its_place(self, around):
        cache = around(site := Site(body=b"page"), most_bytes=200_000)
        real = [f"/roles/{number}/" for number in range(10)]
        for path in real * 2:
            get(cache, path)
        for number in range(20_000):
            get(cache, f"/roles/?q={number}")
            assert cache.pages.bytes <= 200_000
        for path in real:
            get(cache, path)
        assert [site.asked[path] for path in real] == [1] * 10

    def test_pages_that_are_asked_for_again_and_again_make_room_too(self):
        pages = KeptPages(100_000)
        pages.move_to(b"1")
        for number in range(1000):
            pages.put(b"1", (f"/{number}",), Page.of(b"page", []))
            assert pages.get(b"1", (f"/{number}",))
            assert pages.get(b"1", (f"/{number}",))
            assert pages.bytes <= 100_000
        assert pages.get(b"1", ("/999",))
        assert not pages.get(b"1", ("/1",))

    def test_a_page_too_large_is_answered_and_not_kept(self, around):
        cache = around(Site(), most_bytes=4_000)
        assert get(cache).status == 200
        assert len(cache.pages) == 0


class TestManyAtOnce:
    def at_once(self, cache, site, **headers):
        """Eight ask while the first is being answered."""
        entered, go, got = threading.Event(), threading.Event(), []

        def slow(environ, start_response):
            entered.set()
            go.wait(10)
            return site(environ, start_response)

        cache.application = slow

        def ask():
            got.append(get(cache, **headers))
            cache.catalogue.close()

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        entered.wait(10)
        time.sleep(0.3)
        go.set()
        for thread in threads:
            thread.join(10)
        return got

    def test_a_page_is_worked_out_by_one(self, around):
        got = self.at_once(around(site := Site()), site)
        assert [one.body for one in got] == [b"<p>page</p>"] * 8
        assert site.asked["/"] == 1

    def test_what_is_not_kept_by_each(self, around):
        got = self.at_once(around(site := Site(keep=False)), site)
        assert [one.status for one in got] == [200] * 8
        assert site.asked["/"] == 8

    def test_a_fault_of_one_is_not_that_of_the_others(self, around):
        site = Site()

        def failing(environ, start_response):
            body = site(environ, start_response)
            if site.asked["/"] == 1:
                raise RuntimeError("a fault of ours")
            return body

        cache = around(failing)
        with pytest.raises(RuntimeError):
            get(cache)
        assert get(cache).status == 200


class TestDatabaseAway:
    def test_the_last_known_version_serves(self, around, monkeypatch):
        cache = around(site := Site())
        get(cache)
        self.away(cache, monkeypatch)
        assert get(cache).body == b"<p>page</p>"
        assert site.asked["/"] == 1

    def test_without_one_the_application_answers_and_nothing_is_kept(self, around, monkeypatch):
        cache = around(site := Site())
        self.away(cache, monkeypatch)
        assert [get(cache).status for _ in range(2)] == [200, 200]
        assert site.asked["/"] == 2

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_what_is_not_kept_is_not_waited_for(self, cache, monkeypatch, method):
        """Django is not asked for a page that it cannot work out."""
        assert get(cache, CODER, method).status in (404, 405)
        self.away(cache, monkeypatch)
        got = get(cache, CODER, method)
        assert (got.status, got.headers["Retry-After"]) == (503, "5")

    def test_it_is_not_asked_again_and_again(self, around, monkeypatch):
        cache = around(Site())
        tried = self.away(cache, monkeypatch, seconds=0.2)
        for _ in range(20):
            get(cache)
        assert len(tried) == 1

    def test_a_lost_connection_is_renewed_within_the_question(self, around):
        cache = around(Site())
        get(cache)
        with as_superuser(), connection.cursor() as cursor:
            pid = cache.catalogue.connection.info.backend_pid
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        time.sleep(0.1)
        assert cache.catalogue.version() is not None

    def test_it_is_asked_again_when_it_is_back(self, around, monkeypatch):
        cache = around(Site())
        with monkeypatch.context() as patched:
            self.away(cache, patched)
            assert cache.catalogue.version() is None
        assert until(lambda: cache.catalogue.version() is not None)

    def away(self, cache, monkeypatch, seconds=0.0):
        tried = []

        def refuse(*args, **kwargs):
            tried.append(time.sleep(seconds))
            raise psycopg.OperationalError("connection refused")

        cache.catalogue.close()
        monkeypatch.setattr("jobzone.catalogue.psycopg.connect", refuse)
        return tried


def test_a_database_that_falls_silent_counts_as_away(monkeypatch):
    """It is given so many seconds, and not the whole of a reader's patience."""
    catalogue = Catalogue()
    catalogue.version()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(1)")
    slow = b"SELECT pg_advisory_lock(1)::text"
    catalogue.connection.pgconn.exec_(b"DEALLOCATE version")
    catalogue.connection.pgconn.prepare(b"version", slow)
    monkeypatch.setattr("jobzone.catalogue.SECONDS", 0.2)
    monkeypatch.setattr("jobzone.catalogue.VERSION", slow)
    began = time.monotonic()
    assert catalogue.version() is None
    assert time.monotonic() - began < 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(1)")
    catalogue.close()


def test_development_does_without(settings, monkeypatch):
    from jobzone import wsgi

    assert isinstance(wsgi._application(), PageCache)
    settings.DEBUG = True
    assert isinstance(wsgi._application(), WSGIHandler)

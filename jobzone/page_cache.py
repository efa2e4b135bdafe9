"""Public pages from memory: worked out once for each version of the catalogue, never stale.

A WSGI layer in front of Django that knows nothing of the site. For every request it asks
Postgres for the catalogue's version, and answers a page that it keeps of that version. What
may be kept is for the URL conf to say (``cached_by_version``): a 200 to GET or HEAD that is
the same for everybody. So neither admin, previews, redirects, 404 and 410 pages nor errors
are ever kept.

The version is read before a page is worked out, so a page can be newer than its version, and
is then dropped with it, but never older. The key needs no release: pages live and die with
the process that made them, and their tags are made from their bytes, names of assets included.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from threading import Event, Lock
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from jobzone.catalogue import Catalogue
from jobzone.kept_pages import Headers, KeptPages, Key, Page
from jobzone.replica import reading_only

AWAY = "jobzone.away"
"""By this name it carries that the database does not answer, and Django need not ask it."""
KEEP = "jobzone.keep"
"""By this name the WSGI environment carries that an answer may be kept; no client can send it."""
SAYS_OTHERWISE = {"set-cookie", "vary", "cache-control", "content-encoding"}
"""Headers of an answer for one reader only, or with rules of its own."""
PATIENCE = 5
"""Seconds for which one waits for a page that another thread works out."""
STALE_IF_ERROR = 86_400
"""Seconds for which a proxy may repeat its last answer while the site does not answer."""

type View = Callable[..., HttpResponse]


def cached_by_version(view: View) -> View:
    """Keep what a view answers: it depends on nothing but the URL and what is published.

    Such a view takes no POST, so it needs no token to say so.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with reading_only():
            response = view(request, *args, **kwargs)
        if response.status_code == 200:
            request.META[KEEP] = True
        return response

    return answer


class Answer:
    """What the application answered."""

    def __init__(self, application: WSGIApplication, environ: WSGIEnvironment) -> None:
        self.status, self.headers = "", list[tuple[str, str]]()
        self.response = application(environ, self._start)

    def _start(self, status: str, headers: Headers, _: Any = None) -> Any:
        self.status, self.headers = status, headers

    def may_be_kept(self, environ: WSGIEnvironment) -> bool:
        """Whether it is the same for everybody until the catalogue changes."""
        said = {name.lower() for name, _ in self.headers}
        return KEEP in environ and self.status.startswith("200 ") and not SAYS_OTHERWISE & said

    def close(self) -> None:
        """Let the application clean up after it."""
        if close := getattr(self.response, "close", None):
            close()


class Flight:
    """A page that one thread works out while others wait for it."""

    def __init__(self) -> None:
        self.landed = Event()
        self.page: Page | None = None


class PageCache:
    """The layer around a WSGI application."""

    def __init__(self, application: WSGIApplication, most_bytes: int, cdn_max_age: int = 0) -> None:
        self.application = application
        self.catalogue = Catalogue()
        self.pages = KeptPages(most_bytes)
        self._flights: dict[tuple[bytes, Key], Flight] = {}
        self._lock = Lock()
        self._rules = [
            ("Vary", "Accept-Encoding"),
            ("Cache-Control", f"public, no-cache, stale-if-error={STALE_IF_ERROR}"),
        ]
        if cdn_max_age:
            self._rules.append(("CDN-Cache-Control", f"max-age={cdn_max_age}"))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or by asking the application."""
        known, key = self.catalogue.version(), _key(environ)
        environ[AWAY] = known is None
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        version = self._version(known)
        answer = self.pages.get(version, key) or self._work_out(environ, version, key)
        if isinstance(answer, Page):
            return self._send(answer, environ, start_response)
        start_response(answer.status, answer.headers)
        if environ["REQUEST_METHOD"] == "GET":
            return answer.response
        # The server warns of every body that it drops.
        answer.close()
        return []

    def _version(self, version: bytes | None) -> bytes | None:
        """The committed version; the last known one while the database does not answer."""
        if version is None:
            return self.pages.version
        self.pages.move_to(version)
        return version

    def _work_out(self, environ: WSGIEnvironment, version: bytes | None, key: Key) -> Page | Answer:
        """What the application answers; asked once for all who want a page at the same time.

        Who brings a cookie may be signed in, and asking for what is not kept: that would be
        worked out one after the other.
        """
        if version is None or environ.get("HTTP_COOKIE"):
            return self._ask(environ, version, key)
        with self._lock:
            joined = self._flights.get((version, key))
            flight = joined or self._flights.setdefault((version, key), Flight())
        if joined:
            joined.landed.wait(PATIENCE)
            return joined.page or self._ask(environ, version, key)
        try:
            answer = self._ask(environ, version, key)
            flight.page = answer if isinstance(answer, Page) else None
            return answer
        finally:
            with self._lock:
                del self._flights[version, key]
            flight.landed.set()

    def _ask(self, environ: WSGIEnvironment, version: bytes | None, key: Key) -> Page | Answer:
        answer = Answer(self.application, environ)
        if not answer.may_be_kept(environ):
            return answer
        try:
            page = Page.of(b"".join(answer.response), answer.headers)
        finally:
            answer.close()
        self.pages.put(version, key, page)
        return page

    def _send(
        self, page: Page, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        compressed = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        tag = f'"{page.tag}-gzip"' if compressed else f'"{page.tag}"'
        rules = [("ETag", tag), *self._rules]
        if names_tag(environ.get("HTTP_IF_NONE_MATCH", ""), tag):
            # Without it a page of another site may not know that nothing has changed.
            shared = [one for one in page.headers if one[0] == "Access-Control-Allow-Origin"]
            start_response("304 Not Modified", [*rules, *shared])
            return []
        body = page.gzipped if compressed else page.body
        encoding = [("Content-Encoding", "gzip")] if compressed else []
        length = ("Content-Length", str(len(body)))
        start_response("200 OK", [*page.headers, *rules, *encoding, length])
        return [body] if environ["REQUEST_METHOD"] == "GET" else []


def _key(environ: WSGIEnvironment) -> Key:
    """The address, with scheme and host as Django determines them.

    Whether the host is one of ours is for Django to say: it answers others by a 400.
    """
    scheme = environ["wsgi.url_scheme"]
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if (given := environ.get(name)) is not None:
            scheme = "https" if given.split(",", 1)[0].strip() == secure else "http"
    own = f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return scheme, environ.get("HTTP_HOST", own), path, environ.get("QUERY_STRING", "")


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding asks for gzip rather than for nothing (RFC 9110, 12.5.3).

    Without the header, or with one that cannot be read, the answer is not compressed.
    """
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        coding, _, weight = part.replace(" ", "").replace("\t", "").partition(";")
        if not weight:
            weights[coding] = 1
        elif re.fullmatch(r"q=(0(\.\d{0,3})?|1(\.0{0,3})?)", weight):
            weights[coding] = float(weight[2:])
    gzip = weights.get("gzip", weights.get("x-gzip", weights.get("*")))
    identity = weights.get("identity", 0 if weights.get("*") == 0 else None)
    if gzip is None:
        return identity == 0
    return gzip > 0 and gzip >= (identity or 0)


def names_tag(if_none_match: str, tag: str) -> bool:
    """Whether an If-None-Match holds for a page; weak tags compare like strong ones."""
    if if_none_match.strip() == "*":
        return True
    return tag in re.findall(r'(?:W/)?("[^"]*")', if_none_match)

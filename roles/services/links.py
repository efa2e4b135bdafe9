"""Opens the addresses of sources and keeps what they answer.

An address is whatever an assessor typed, so only public machines are asked, on every step of a
redirection, and nothing of an answer is read but its head.
"""

import http.client
import socket
import ssl
import string
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import quote, urljoin, urlsplit

from django.utils import timezone

from roles.models import LinkCheck, Source
from roles.models.link_check import LONGEST_ADDRESS
from roles.vocabulary import OPEN, Status

SECONDS = 15
"""What is waited for a connection, and for each part of an answer."""
PAUSE = 2.0
"""Seconds between two requests to one machine."""
MOST_REDIRECTIONS = 5
REDIRECTED = (301, 302, 303, 307, 308)
TURNED_AWAY = (401, 403, 429)
"""Answers of sites that let no program in; a person may well be, so they say nothing."""
HEADERS = {"User-Agent": "JobZone link check", "Accept": "*/*"}


class NotOpened(Exception):
    """An address is not opened at all; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered."""

    status: str
    """In words: "404 Not Found", or why there was no answer."""
    ok: bool


def to_open(checked_before: datetime) -> list[str]:
    """The addresses in open and published assessments that were not opened since a time.

    Those that were never opened come first, then those that were not for the longest.
    """
    cited = Source.objects.filter(assessment__status__in=(*OPEN, Status.PUBLISHED))
    found = cited.exclude(url="").values_list("url", flat=True).distinct()
    urls = {url for url in found if len(url.encode()) <= LONGEST_ADDRESS}
    checked = dict(LinkCheck.objects.order_by("checked_at").values_list("url", "checked_at"))
    old = [url for url, at in checked.items() if url in urls and at < checked_before]
    return [*sorted(urls - checked.keys()), *old]


def check(urls: list[str]) -> Iterator[LinkCheck]:
    """Open each address and keep what it answers; no machine is asked in haste."""
    asked: dict[str, float] = {}
    for url in urls:
        machine = url.split("/", 3)[2]
        time.sleep(max(0.0, asked.get(machine, 0.0) + PAUSE - time.monotonic()))
        answer = opened(url)
        asked[machine] = time.monotonic()
        values = {"checked_at": timezone.now(), "status": answer.status, "ok": answer.ok}
        yield LinkCheck.objects.update_or_create(url=url, defaults=values)[0]


def opened(url: str) -> Answer:
    """What an address answers: to a question for its head, or else for the whole."""
    try:
        status = _followed("HEAD", url)
        if status >= HTTPStatus.BAD_REQUEST:
            status = _followed("GET", url)
    except NotOpened as error:
        return Answer(str(error), ok=False)
    except (OSError, ValueError, http.client.HTTPException) as error:
        return Answer(f"no answer: {_reason(error)}"[:200], ok=False)
    ok = status < HTTPStatus.BAD_REQUEST or status in TURNED_AWAY
    return Answer(_in_words(status), ok)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet, not of this machine or its network."""
    found = ip_address(address)
    return found.is_global and not found.is_multicast


def _followed(method: str, url: str) -> int:
    """The status at the end of all redirections."""
    for _ in range(MOST_REDIRECTIONS + 1):
        status, location = _asked(method, url)
        if status not in REDIRECTED or not location:
            return status
        url = urljoin(url, location)
    raise NotOpened(f"more than {MOST_REDIRECTIONS} redirections")


def _asked(method: str, url: str) -> tuple[int, str]:
    """The status of one answer, and where it redirects to."""
    parts = urlsplit(url)
    if parts.scheme not in CONNECTIONS or not parts.hostname:
        raise NotOpened("not an address of the web")
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    connection = CONNECTIONS[parts.scheme](parts.hostname, parts.port, timeout=SECONDS)
    with closing(connection):
        connection.request(method, _ascii(path), headers=HEADERS)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")


def _public_socket(host: str, port: int) -> socket.socket:
    """A connection to a public machine; its name is looked up once, so that it stays the same."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(address[0]) for *_, address in found]
    if not all(is_public(address) for address in addresses):
        raise NotOpened("not an address of the public internet")
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=SECONDS)
    return socket.create_connection((addresses[-1], port), timeout=SECONDS)


class _Http(http.client.HTTPConnection):
    """A connection to a public machine."""

    def connect(self) -> None:
        self.sock = _public_socket(self.host, self.port)


class _Https(http.client.HTTPSConnection):
    """The same, encrypted, with a certificate that is valid for the name."""

    def connect(self) -> None:
        plain = _public_socket(self.host, self.port)
        self.sock = _certificates().wrap_socket(plain, server_hostname=self.host)


CONNECTIONS: dict[str, type[http.client.HTTPConnection]] = {"http": _Http, "https": _Https}


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def _ascii(path: str) -> str:
    """A path as it is sent: what is encoded already stays, the rest is encoded."""
    return quote(path, safe=string.punctuation)


def _in_words(status: int) -> str:
    known = status in set(HTTPStatus)
    return f"{status} {HTTPStatus(status).phrase}" if known else str(status)


def _reason(error: Exception) -> str:
    """Why there was no answer, in a few words."""
    if isinstance(error, TimeoutError):
        return f"not within {SECONDS} seconds"
    if isinstance(error, socket.gaierror):
        return "there is no such machine"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__

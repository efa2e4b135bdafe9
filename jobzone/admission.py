"""How many requests are worked on at once, how many wait, and what is refused at the door.

A WSGI layer between the page cache and Django. A process of gunicorn has more threads than it
works on pages: while all slots are taken the others still send kept pages, static files and
refusals, and wait for those who are slow to say what they want. What Django is asked for runs in a
slot, so there are as many connections to the database as slots.
"""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from tempfile import SpooledTemporaryFile
from threading import Semaphore
from typing import cast
from wsgiref.types import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

from jobzone.page_cache import AWAY

SLOTS = 4
"""Requests that Django works on at once, in each process."""
WAITING = 12
"""Requests that may wait for a slot: half a second for the last, at 30 ms a page."""
SECONDS = 5
"""How long one may wait, where those in front of it take longer than that."""
BUSY = "jobzone.busy"
"""By this name the environment carries that there is no slot, and Django answers no page."""
TOO_LARGE = "jobzone.too_large"
"""By this name it carries that a body is larger than any form of the site."""
ANONYMOUS_BYTES = 1_000_000
"""What somebody who has not signed in may send: the one form for them is that of signing in."""
MEMORY_BYTES = 500_000
"""A larger body is kept on disk until it is read."""


class Admission:
    """The layer around Django; ``most_bytes`` is the largest body that any form sends."""

    def __init__(self, application: WSGIApplication, most_bytes: int, session: str) -> None:
        self.application = application
        self._most_bytes, self._session = most_bytes, f"{session}="
        self._slots = ThreadPoolExecutor(SLOTS, thread_name_prefix="slot")
        self._places = Semaphore(SLOTS + WAITING)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Have Django answer in a slot, or say at once that it does not."""
        environ[TOO_LARGE] = not self._read(environ)
        if environ[TOO_LARGE] or environ.get(AWAY):
            return self.application(environ, start_response)
        if self._places.acquire(blocking=False):
            work = self._slots.submit(copy_context().run, self.application, environ, start_response)
            work.add_done_callback(self._leave)
            if answer := _answer(work):
                return answer
        environ[BUSY] = True
        return self.application(environ, start_response)

    def _leave(self, _: "Future[Iterable[bytes]]") -> None:
        self._places.release()

    def _read(self, environ: WSGIEnvironment) -> bool:
        """Read a body before it takes a slot; False where it is too large to be read at all."""
        length = environ.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdigit() else 0
        known = self._session in environ.get("HTTP_COOKIE", "")
        if size > (self._most_bytes if known else ANONYMOUS_BYTES):
            return False
        if size:
            environ["wsgi.input"] = _copied(environ["wsgi.input"], size)
        return True


def _answer(work: "Future[Iterable[bytes]]") -> Iterable[bytes] | None:
    """What the work comes to; None where it has not begun in time, and will not."""
    try:
        return work.result(SECONDS)
    except TimeoutError:
        # What has begun is waited for; a fault of Django's own would be one of its answer.
        return None if work.cancel() else work.result()


def _copied(body: InputStream, size: int) -> InputStream:
    copy = SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115 - it goes with the request
    while size and (part := body.read(min(size, 65_536))):
        copy.write(part)
        size -= len(part)
    copy.seek(0)
    return cast(InputStream, copy)

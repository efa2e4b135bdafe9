"""Under load: what is kept is still sent, what waits is bounded, the rest is told to come back."""

import io
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client, RequestFactory

from jobzone import admission
from jobzone.admission import ANONYMOUS_BYTES, BUSY, TOO_LARGE, Admission
from jobzone.page_cache import AWAY
from tests.run.server import until

MOST = 10_000_000


class Slow:
    """An application that answers when it is let, and at once where it works nothing out."""

    def __init__(self):
        self.gate, self.begun = threading.Event(), 0

    def __call__(self, environ, start_response):
        if environ.get(BUSY) or environ.get(AWAY) or environ.get(TOO_LARGE):
            return [b"refused"]
        self.begun += 1
        self.gate.wait(30)
        return [environ["wsgi.input"].read()]


class Endless(io.RawIOBase):
    """A body that counts how much of it was asked for."""

    asked = 0

    def readable(self):
        return True

    def read(self, size=-1):
        self.asked += size
        return b"x" * size


def environ(**more):
    return RequestFactory().get("/").environ | more


def ask(layer, **more):
    return b"".join(layer(environ(**more), None))


@pytest.fixture
def slow():
    return Slow()


@pytest.fixture
def layer(slow):
    made = Admission(slow, MOST, "sessionid")
    yield made
    slow.gate.set()


def test_as_many_are_worked_on_as_there_are_slots_and_few_wait(layer, slow):
    crowd = admission.SLOTS + admission.WAITING
    with ThreadPoolExecutor(crowd) as pool:
        asked = [pool.submit(ask, layer) for _ in range(crowd)]
        assert until(lambda: layer._places._value == 0 and slow.begun == admission.SLOTS)
        began = time.monotonic()
        assert ask(layer) == b"refused"
        assert time.monotonic() - began < 2
        assert slow.begun == admission.SLOTS
        slow.gate.set()
        assert [one.result() for one in asked] == [b""] * crowd
    assert ask(layer) == b""


def test_nobody_waits_for_long_behind_what_hangs(layer, slow, monkeypatch):
    monkeypatch.setattr(admission, "SECONDS", 0.1)
    with ThreadPoolExecutor(admission.SLOTS) as pool:
        for _ in range(admission.SLOTS):
            pool.submit(ask, layer)
        assert until(lambda: slow.begun == admission.SLOTS)
        assert ask(layer) == b"refused"
        slow.gate.set()
    assert ask(layer) == b""


def test_without_a_database_nobody_waits_at_all(layer):
    assert ask(layer, **{AWAY: True}) == b"refused"


@pytest.mark.parametrize(
    ("size", "cookie", "taken"),
    [
        (ANONYMOUS_BYTES, "", True),
        (ANONYMOUS_BYTES + 1, "", False),
        (ANONYMOUS_BYTES + 1, "sessionid=a", True),
        (MOST + 1, "sessionid=a", False),
    ],
)
def test_a_body_that_no_form_sends_is_not_read(layer, slow, size, cookie, taken):
    slow.gate.set()
    body = Endless()
    more = {"CONTENT_LENGTH": str(size), "HTTP_COOKIE": cookie, "wsgi.input": body}
    assert (ask(layer, REQUEST_METHOD="POST", **more) != b"refused") == taken
    assert body.asked == (size if taken else 0)


@pytest.mark.django_db
def test_it_is_said_on_a_page_of_ours():
    busy = Client().get("/roles/", **{BUSY: True})
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    assert "Too many people ask at once." in busy.content.decode()
    large = Client().post("/admin/login/", **{TOO_LARGE: True})
    assert (large.status_code, "Content-Security-Policy" in large.headers) == (413, True)

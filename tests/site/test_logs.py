"""One line an event; what happens over and over is said once; what is refused has no trace."""

import io
import json
import logging

import pytest
from django.core.exceptions import DisallowedHost
from django.db import OperationalError
from django.test import Client

from jobzone import logs


class Log:
    """What a logger writes in production."""

    def __init__(self):
        self.now = 0.0
        self.handler = logging.StreamHandler(io.StringIO())
        self.handler.setFormatter(logs.Json())
        self.handler.addFilter(logs.NamesRequest())
        self.handler.addFilter(logs.SaysOnce(now=lambda: self.now))

    def lines(self):
        return [json.loads(line) for line in self.handler.stream.getvalue().splitlines()]


@pytest.fixture
def log():
    made = Log()
    logging.getLogger().addHandler(made.handler)
    django = logging.getLogger("django")
    django.addHandler(made.handler)
    yield made
    logging.getLogger().removeHandler(made.handler)
    django.removeHandler(made.handler)


def test_an_outage_is_a_line_every_ten_seconds(log, monkeypatch, db):
    def lost(*_args, **_options):
        raise OperationalError("gone")

    monkeypatch.setattr("roles.models.Assessment.objects.published", lost)
    for _ in range(50):
        assert Client().get("/roles/clinical-coder-nhs/").status_code == 503
    assert len(log.lines()) == 1
    log.now += logs.PAUSE
    answer = Client().get("/roles/another/")
    last = log.lines()[-1]
    assert len(log.lines()) == 2
    assert last["message"] == "Service Unavailable: /roles/another/"
    assert (last["level"], last["status"], last["repeated"]) == ("ERROR", 503, 49)
    assert last["request_id"] == answer.headers["X-Request-ID"]
    assert last["time"].endswith("+00:00")


def test_each_fault_has_its_trace_whatever_else_went_wrong(log):
    for wrong in (ValueError, KeyError):
        for _ in range(3):
            try:
                raise wrong("\nof two lines")
            except wrong:
                logging.getLogger("roles").exception("Internal Server Error: %s", "/")
    assert [line["trace"].count("Traceback") for line in log.lines()] == [1, 1]


def test_what_is_refused_has_no_trace(log, db, settings):
    settings.ALLOWED_HOSTS = ["jobzone.example"]
    assert Client().get("/", headers={"host": "another.example"}).status_code == 400
    logging.getLogger("django.security.DisallowedHost").error("No.", exc_info=DisallowedHost())
    assert log.lines()
    assert not any("trace" in line for line in log.lines())


def test_every_failed_sign_in_is_a_line(log):
    for _ in range(20):
        logging.getLogger("axes.watch_login").warning("AXES: failure")
    assert len(log.lines()) == 20


def test_an_answer_that_may_be_kept_has_no_number(client, db):
    assert "X-Request-ID" not in client.get("/method/").headers
    assert "X-Request-ID" not in client.get("/no/such/page/").headers

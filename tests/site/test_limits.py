"""Cookies that scripts and plain HTTP do not get, and what is answered without a database."""

import json
import os
import subprocess
import sys

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client

from jobzone.page_cache import AWAY
from tests.editing.conftest import person
from tests.reference import ROOT

NAMES = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")


@pytest.mark.parametrize(("https", "expected"), [("1", True), ("0", False)])
def test_cookies_are_for_https_only_where_the_site_is(https, expected):
    read = f"print(json.dumps([getattr(settings, name) for name in {NAMES}]))"
    read = f"import json; from jobzone import settings; {read}"
    environment = os.environ | {"HTTPS": https}
    command = [sys.executable, "-c", read]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    assert json.loads(done.stdout) == [expected] * len(NAMES)


@pytest.mark.django_db
def test_scripts_and_other_sites_do_not_get_the_session(settings):
    settings.SESSION_COOKIE_SECURE = True
    person("ann", "Assessor")
    posted = {"username": "ann", "password": "x"}
    cookie = Client().post("/admin/login/", posted).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.django_db
def test_health_says_that_the_database_does_not_answer(monkeypatch):
    """Nothing listens on the first port."""
    unreachable = connections["default"].copy()
    unreachable.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1"}
    monkeypatch.setattr("jobzone.health.connection", unreachable)
    response = Client().get("/health/")
    assert (response.status_code, response.content) == (503, b"JobZone: no database")


@pytest.mark.django_db
def test_a_lost_database_is_said_and_not_logged_as_a_fault(caplog, monkeypatch):
    def lost(*_args, **_options):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("roles.models.Assessment.objects.published", lost)
    answer = Client().get("/roles/clinical-coder-nhs/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert b"cannot reach its data" in answer.content
    assert b"noted" not in answer.content
    assert not any(record.exc_info for record in caplog.records)


@pytest.mark.django_db
def test_what_is_known_to_be_away_is_not_waited_for(client):
    answer = client.get("/roles/clinical-coder-nhs/", **{AWAY: True})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.django_db
def test_a_statement_that_takes_too_long_is_given_up(settings):
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == (f"{settings.STATEMENT_SECONDS}s",)
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == (f"{settings.LOCK_SECONDS}s",)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/admin/login/", "/no/such/page/"])
def test_what_is_lost_outside_of_views_is_no_fault_of_ours_either(monkeypatch, path):
    def lost(*_args, **_options):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("django.middleware.common.CommonMiddleware.process_request", lost)
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == 503

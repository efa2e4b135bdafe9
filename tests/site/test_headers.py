"""What every answer tells a browser, and under which names the site answers."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.test import Client

from tests.editing.conftest import person
from tests.factories import published
from tests.reference import ROOT

pytestmark = pytest.mark.django_db
CODER = "/roles/clinical-coder-nhs/"


@pytest.mark.parametrize("path", ["/", "/admin/login/", "/no/such/page/", "/health/"])
def test_what_browsers_may_do(client, path):
    headers = client.get(path).headers
    if path != "/health/":
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_browsers_report_where_they_are_told_to(client, settings):
    assert "Reporting-Endpoints" not in client.get("/method/").headers
    settings.CSP_REPORT_URL = "https://reports.example/csp"
    answer = client.get("/method/").headers
    assert answer["Reporting-Endpoints"] == 'csp="https://reports.example/csp"'
    read = "from jobzone import settings; print(settings.SECURE_CSP['report-uri'])"
    environment = os.environ | {"CSP_REPORT_URL": settings.CSP_REPORT_URL}
    done = subprocess.run(
        [sys.executable, "-c", read], env=environment, cwd=ROOT, check=True, capture_output=True
    )
    assert b"https://reports.example/csp" in done.stdout


@pytest.mark.parametrize(
    ("given", "expected"),
    [("jobzone.example", ["jobzone.example"]), ("", ["localhost", "127.0.0.1", "[::1]"])],
)
def test_localhost_is_no_name_of_a_site_that_has_one(given, expected):
    read = "import json; from jobzone import settings; print(json.dumps(settings.ALLOWED_HOSTS))"
    environment = os.environ | {"ALLOWED_HOSTS": given}
    done = subprocess.run(
        [sys.executable, "-c", read], env=environment, cwd=ROOT, check=True, capture_output=True
    )
    assert json.loads(done.stdout) == expected


def test_a_wrong_name_is_refused_in_words_and_health_is_not(client, settings):
    settings.ALLOWED_HOSTS = ["jobzone.example"]
    answer = client.get("/", headers={"host": "localhost"})
    assert answer.status_code == 400
    assert "not served under this name" in answer.content.decode()
    assert client.get("/health/", headers={"host": "localhost"}).content == b"JobZone: ok"


@pytest.mark.parametrize(
    ("site", "expected"),
    [("https://jobzone.example", "https://jobzone.example"), ("", "http://testserver")],
)
def test_the_address_that_a_page_gives_as_its_own(client, settings, site, expected):
    published()
    settings.SITE_URL = site
    settings.ALLOWED_HOSTS = ["testserver", "jobzone.example"]
    page = client.get(CODER).content.decode()
    assert re.search('rel="canonical" href="([^"]*)"', page)[1] == expected + CODER


def test_a_form_without_its_token_is_refused_on_a_page_of_ours():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})
    assert answer.status_code == 403
    assert "This form could not be taken" in answer.content.decode()
    assert "<style" not in answer.content.decode()


def test_whoever_signs_in_without_saying_where_to_go_comes_to_the_worklist():
    person("ann", "Assessor")
    answer = Client().post("/admin/login/", {"username": "ann", "password": "x"})
    assert answer.url == "/admin/"

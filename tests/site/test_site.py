"""The home page, the method page, errors and headers."""

import pytest
from django.test import Client, override_settings
from django.urls import path

from jobzone import urls
from tests.factories import published
from tests.reading.test_role import page

pytestmark = pytest.mark.django_db


def test_home_shows_the_roles_by_zone():
    published()
    words = page("/")
    assert "Green 0 roles" in words
    assert "Yellow 1 role" in words
    assert "Red 2 roles" in words
    assert "Clinical Coder (NHS) 22.4 Red (Displacing)" in words
    assert "Health Information Technologist 20.9 Red cited score" in words
    assert "Medical Secretary" not in words


def test_home_without_content():
    assert "No role is published in this zone yet" in page("/")


def test_home_draws_all_roles_and_names_the_newest():
    published()
    words = page("/")
    assert "All 3 roles" in words
    assert "Newest assessments Clinical Coder (NHS) 22.4 Red (Displacing)" in words


def test_home_asks_the_database_five_times(django_assert_num_queries):
    """For the counts, the first roles of each zone, and the newest assessments."""
    published()
    with django_assert_num_queries(5):
        Client().get("/")


def test_method_shows_the_constants_of_the_library():
    words = page("/method/")
    assert "formula score = (raw − 0.54) / 7.93 × 100" in words
    assert "evidence modifier = 1 + 0.04 × evidence total" in words
    assert "Yellow (Urgent) 40 % or more of task time scores 3 or more site" in words


def test_health():
    assert Client().get("/health/").content == b"JobZone: ok"


def fail(request):
    raise RuntimeError("a fault of ours")


class Failing:
    urlpatterns = [*urls.urlpatterns, path("fail/", fail)]


def test_a_fault_shows_our_page_and_nothing_technical(caplog):
    with override_settings(ROOT_URLCONF=Failing):
        response = Client(raise_request_exception=False).get("/fail/")
    assert response.status_code == 500
    html = response.content.decode()
    assert "Something went wrong on our side" in html
    assert "RuntimeError" not in html


def test_pages_allow_nothing_from_elsewhere():
    response = Client().get("/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"http" not in response.content.replace(b"http://testserver", b"")


@pytest.mark.parametrize("url", ["/", "/method/", "/roles/clinical-coder-nhs/"])
def test_pages_are_read_only(url):
    assert Client().post(url).status_code == 405


def test_provenance_says_what_a_sample_is():
    words = page("/provenance/")
    assert "written for this project to show how the method works" in words
    assert "cannot be recomputed" in words


def test_method_words_each_score():
    words = page("/method/")
    assert "4: software does it, a person checks or handles exceptions" in words
    assert "-2: steep decline" in words

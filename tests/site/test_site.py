"""The home page, the method page, errors and headers."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import URLPattern, path, reverse

from jobzone import urls
from roles.documents.second_ratings import agreement
from roles.models import Occupation
from roles.services.import_document import import_document
from roles.services.preview_link import preview_url
from tests.factories import published, titled
from tests.reading.test_role import page
from tests.reference import ROOT

pytestmark = pytest.mark.django_db


def test_home_counts_the_roles_of_each_zone_and_leads_to_them():
    published()
    words = page("/")
    assert "Green no role yet" in words
    assert "Yellow 1 role" in words
    assert "Red 2 roles" in words
    assert "Browse all 3 roles" in words
    assert 'href="/zones/red/"' in Client().get("/").content.decode()


def test_home_without_content():
    words = page("/")
    assert words.count("no role yet") == 3
    assert "Browse" not in words


def test_home_draws_all_roles_and_names_the_newest():
    published()
    words = page("/")
    assert "How all 3 roles score" in words
    assert "Newest assessments Clinical Coder (NHS) 22.4 Red (Displacing) published" in words


def test_home_asks_the_database_twice(django_assert_num_queries):
    """For the index and the newest assessments."""
    published()
    with django_assert_num_queries(2):
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
    assert "written by this project to show how the method works" in words
    assert "cannot be recomputed" in words
    assert "45 of them, drawn at random, were rated a second time" in words
    assert "Neither set has been reviewed by anybody who does the job" in words


def test_method_words_each_score():
    words = page("/method/")
    assert "4: software does it, a person checks or handles exceptions" in words
    assert "-2: steep decline" in words


def test_method_says_how_far_two_sets_of_ratings_agree():
    words = page("/method/")
    found = agreement()
    assert f"{found.change_zone} of {len(found.roles)} roles change zone" in words
    for one in [*found.kinds, *found.dimensions]:
        assert f"{one.label} {one.ratings} +{one.kappa:.2f}" in words


def public_paths(key):
    """A path of every page that is no part of the admin, from the URL conf."""
    values = {"slug": "clinical-coder-nhs", "number": 1, "name": "red", "key": key}
    values |= {"form": "json", "table": "roles"}
    values["address"] = Occupation.objects.get().address
    for pattern in urls.urlpatterns:
        if isinstance(pattern, URLPattern):
            names = pattern.pattern.converters
            yield reverse(pattern.name, kwargs={name: values[name] for name in names})


def test_no_public_page_sets_or_reads_a_cookie(rf):
    """Not even for those who are signed in: one page is kept for all."""
    published()
    Occupation.objects.create(code="29-2072.00", title="Medical Records Specialists")
    unpublished = import_document(titled("Ward Clerk")).assessment
    key = preview_url(rf.get("/"), unpublished).rstrip("/").rpartition("/")[2]
    signed_in = Client()
    signed_in.force_login(get_user_model().objects.create_superuser("ed"))
    paths = list(public_paths(key))
    assert len(paths) > 10
    for client in (Client(), signed_in):
        for url in [
            *paths,
            "/roles/?q=coder",
            "/roles/?zone=blue",
            "/compare/?role=clinical-coder-nhs",
            "/roles/nobody/",
        ]:
            response = client.get(url)
            assert response.status_code == (404 if "nobody" in url else 200), url
            assert not response.cookies, url
            assert "Cookie" not in response.get("Vary", ""), url
            assert b"csrf" not in b"".join(response), url


def test_each_page_describes_itself():
    published()
    found = [
        re.search(r'name="description" content="(.*?)"', response, flags=re.S)[1]
        for url in ("/", "/compare/", "/method/", "/roles/", "/provenance/", "/changes/", "/data/")
        for response in [Client().get(url).content.decode()]
    ]
    assert all(text.strip() for text in found)
    assert len(set(found)) == len(found)


def test_no_public_template_knows_who_is_reading():
    folder = ROOT / "templates"
    public = [path for path in folder.rglob("*.html") if "admin" not in path.parts]
    known = re.compile(r"\{[{%][^}]*\b(request|user|perms|messages|csrf_token)\b")
    assert {
        path.name: found[1] for path in public if (found := known.search(path.read_text()))
    } == {}


def test_a_page_that_takes_no_post_says_so_without_asking_for_a_token():
    response = Client(enforce_csrf_checks=True).post("/roles/", {"q": "coder"})
    assert response.status_code == 405

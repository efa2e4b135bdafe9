"""A job that is not assessed, by the tasks that a reader puts in and rates."""

import re

import pytest
from django.test import Client

from roles.models import Occupation
from scoring.method import METHODS
from tests.factories import published
from tests.reading.test_role import text_of
from tests.reference import SECOND

pytestmark = pytest.mark.django_db

PORTER = (
    "/score/?job=Porter"
    "&task=Moving+patients&time=60&score=1&mode=not-involved"
    "&task=Paperwork&time=40&score=4&mode=displacement"
)
CLOSING = "&method=1.0"


def get(address):
    response = Client().get(address, follow=True)
    assert response.status_code == 200
    return response


def words(address):
    return text_of(get(address))


def fields(html):
    """What the form holds, but for the words that are chosen by nobody."""
    return re.findall(r'<input type="text"[^>]*name="(?:task|time)"[^>]*value="([^"]+)"', html)


def test_starts_empty():
    html = get("/score/").content.decode()
    assert fields(html) == []
    assert html.count('name="task"') == 3
    assert "zone-red" not in html
    assert "Nothing to score yet" in words("/score/")


def test_takes_no_more_than_the_title_from_the_name_of_an_occupation():
    Occupation.objects.create(code="29-2072.00", title="Medical Records Specialists")
    published()
    html = get("/score/?job=Medical+Records+Specialists").content.decode()
    assert "Score your own tasks: Medical Records Specialists" in " ".join(html.split())
    assert fields(html) == []
    assert "Nothing to score yet" in html


def test_the_tasks_are_scored_by_the_formula_with_neutral_ratings():
    """6.00 - 0.6 x 1 - 0.4 x 4 = 3.80; (3.80 - 0.54) / 7.93 x 100 = 41.1."""
    said = words(PORTER + CLOSING)
    assert "Your tasks 41.1 of 100 Yellow (Urgent) your estimate Range " in said
    assert "Your estimate, not an assessment" in said
    assert "With evidence, barriers and AI growth neutral, the same tasks score 41.1." in said


def test_neutral_is_said_beside_each_rating():
    html = " ".join(get("/score/").content.decode().split())
    assert html.count("(neutral: 0)") == 11
    assert "Evidence: neutral unless you choose otherwise" in html


def test_ratings_change_it_and_are_said():
    said = words(f"{PORTER}&wage_trends=-2&regulatory=2&growth=-1{CLOSING}")
    assert re.search(r"What you chose there changes it by [+−]\S+ from \w+", said)
    for factor in ("evidence", "barriers", "AI growth"):
        assert f"from {factor}" in said


def test_says_which_task_would_reach_the_next_zone():
    said = words(PORTER + CLOSING)
    assert "What would reach Green 18.1 % more of the week on Moving patients" in said


def test_the_address_names_the_method():
    assert Client().get(PORTER).status_code == 200, "its end is missing, which is said there"
    assert "The end of this address is missing" in words(PORTER)
    assert Client().get("/score/?job=Porter").url == "/score/?job=Porter&method=1.0"


def test_an_unknown_method_is_said():
    said = words(f"{PORTER}&method=9.9")
    assert "There is no such version of the method; version 1.0 is used here." in said
    assert "Your tasks 41.1" in said


def test_an_older_method_goes_on_and_says_that_there_is_a_newer_one(monkeypatch):
    monkeypatch.setitem(METHODS, SECOND.version, SECOND)
    said = words(f"{PORTER}&method={SECOND.version}")
    assert "Your tasks 41.1" not in said
    assert f"This address keeps to version {SECOND.version}" in said


def test_a_row_that_is_not_filled_in_is_not_kept_at_the_end_but_between_others():
    blank = "&task=&time=&score=&mode="
    last = "&task=Phone&time=5&score=3&mode=augmentation"
    assert Client().get(PORTER + blank + CLOSING).url == PORTER + CLOSING
    assert Client().get(PORTER + blank + last + CLOSING).status_code == 200


def test_is_for_no_index_and_sets_no_cookie():
    response = get(PORTER + CLOSING)
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


class TestLinks:
    def test_from_a_profile(self):
        Occupation.objects.create(code="29-2072.00", title="Medical Records Specialists")
        html = get("/occupations/29-2072/").content.decode()
        assert 'href="/score/?job=Medical%20Records%20Specialists"' in html

    def test_from_a_search_that_finds_nothing(self):
        html = get("/roles/?q=zzyzx+wrangler").content.decode()
        assert 'href="/score/?job=zzyzx%20wrangler"' in html

    def test_from_a_role(self):
        published()
        html = get("/roles/clinical-coder-nhs/").content.decode()
        assert 'href="/roles/clinical-coder-nhs/my-mix/"' in html

"""The box that completes titles asks an address of its own."""

import pytest
from django.test import Client

from roles.models import Occupation
from roles.services.synthetic import make_synthetic_roles
from tests.factories import published

pytestmark = pytest.mark.django_db


def titles(words, **more):
    return Client().get("/titles/", {"q": words, **more}).json()["titles"]


def test_a_beginning_gives_the_roles_it_may_become_with_what_they_stand_at():
    published()
    assert titles("clinical cod")[0] == {
        "title": "Clinical Coder (NHS)",
        "url": "/roles/clinical-coder-nhs/",
        "slug": "clinical-coder-nhs",
        "detail": "22.4 Red, published",
    }


def test_an_occupation_says_that_it_is_not_assessed():
    published()
    Occupation.objects.create(code="29-2072.00", title="Medical Records Specialists")
    (found,) = titles("medical rec")
    assert (found["detail"], found["slug"]) == ("not assessed here", "")


def test_a_box_that_takes_a_role_is_given_roles_only():
    published()
    Occupation.objects.create(code="29-2072.00", title="Clinical Records Specialists")
    assert all(one["slug"] for one in titles("clinical", roles=""))
    assert not all(one["slug"] for one in titles("clinical"))


def test_there_are_never_many():
    published()
    make_synthetic_roles(60, seed=7)
    assert len(titles("nurse")) <= 7


@pytest.mark.parametrize("words", ["", " ", "x" * 5000, "a\x00b", "<script>", "%", "🙂"])
def test_any_words_are_answered(words):
    published()
    assert isinstance(titles(words), list)

"""Whatever stands in an address, the page answers, and its own address opens to the same."""

import re
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import published

ROLE = "/roles/clinical-coder-nhs/my-mix/"
JOB = "/score/"
NAMES = [
    *(f"t{number}" for number in range(9)),
    *("task", "time", "score", "mode", "job", "v", "method", "drop", "add"),
    *("regulatory", "liability", "wage_trends", "growth", "own1", "utm_source"),
]
values = st.one_of(
    st.sampled_from(
        ["", "0", "5", "20", "140", "-1", "1e9", "NaN", "1", "2", "1.0", "augmentation", "own1"]
    ),
    st.integers(-(10**9), 10**9).map(str),
    st.text(max_size=30),
    st.just("<script>alert(1)</script>"),
    st.just("n" * 200),
)
asked = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=25).map(urlencode)
raw = st.binary(max_size=60).map(lambda junk: quote(junk, safe="=&;?+%"))
tasks = st.integers(0, 200).map(lambda many: "&".join(["task=A&time=1&score=1&mode=x"] * many))


def result(response):
    """The scores that a page shows."""
    html = response.content.decode()
    return re.findall(r'<span class="figure">([^<]*)', html.partition('id="result"')[2])


class AnyAddress(TestCase):
    @classmethod
    def setUpTestData(cls):
        published()

    @settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from([ROLE, JOB]), st.one_of(asked, raw, tasks))
    @example(ROLE, "t1=60&v=1&method=1.0")
    @example(ROLE, "&".join(["task=A"] * 1500))
    def test_answers_and_its_own_address_opens_to_the_same(self, path, query):
        response = Client().get(f"{path}?{query}", follow=True)
        assert response.status_code == 200
        assert len(response.redirect_chain) <= 1
        html = response.content.decode()
        assert "<script>alert" not in html
        by_htmx = Client().get(f"{path}?{query}", headers={"HX-Request": "true"})
        assert by_htmx.status_code == 200
        again = Client().get(by_htmx["HX-Replace-Url"])
        assert again.status_code == 200, "the address is the one that it is sent on to"
        assert result(again) == result(response) == result(by_htmx)


@pytest.mark.django_db
def test_every_beginning_of_an_address_answers():
    published()
    whole = f"{ROLE}?t2=5&t5=30&task=%E2%82%AC+x&time=5&score=2&mode=augmentation&v=1&method=1.0"
    for length in range(len(ROLE), len(whole)):
        assert Client().get(whole[:length], follow=True).status_code == 200

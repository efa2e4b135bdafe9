"""What the API says of what is published."""

from decimal import Decimal

import pytest
from django.test import Client

from roles.models import Role
from tests.site.test_page_cache import around, cache, get  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored")]

CODER = "/roles/clinical-coder-nhs"


def slugs(answer) -> list[str]:
    return [role["slug"] for role in answer.json["roles"]]


def test_roles_are_found_by_filters_words_and_order(ask):
    assert slugs(ask("/roles?zone=Red&standing=Published&sort=title")) == [
        "clinical-coder-nhs",
        "other-coder",
    ]
    assert slugs(ask("/roles?sector=Healthcare&q=other%20coder"))[0] == "other-coder"
    found = ask("/roles?q=clinical%20coder").json
    assert found["roles"][0]["score"] == "22.4"
    assert (found["count"], found["next"], found["instead"]) == (len(found["roles"]), None, None)
    assert ask("/roles?q=clinicl%20coder").json["instead"] == "clinical coder"


@pytest.mark.parametrize("address", ["/roles?sort=title&", "/occupations?"])
def test_a_long_list_is_read_page_by_page_to_its_end(ask, address):
    kind = address[1 : address.index("?")]
    whole = ask(address + "limit=200").json
    pages, following = [], address + "limit=2"
    while following:
        page = ask(following).json
        pages += page[kind]
        following = page["next"]
    assert pages == whole[kind]
    assert len(pages) == whole["count"] > 2


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/roles?colour=red", "colour"),
        ("/roles?format=xml", "format"),
        ("/roles?zone=Blue", "zone"),
        ("/roles?sector=Alchemy", "sector"),
        ("/roles?sector=%00", "sector"),
        ("/roles?sort=magic", "sort"),
        ("/roles?limit=0", "limit"),
        ("/roles?limit=1000000", "limit"),
        ("/roles?limit=1&limit=2", "limit"),
        (f"/roles?q={'a' * 201}", "q"),
        ("/roles?cursor=nowhere", "cursor"),
        ("/roles?cursor=%FF%00", "cursor"),
        ("/roles?q=%FF", "q"),
        ("/occupations?family=99", "family"),
        (f"{CODER}?pretty=1", "pretty"),
        (f"/compare?role={CODER[7:]}", "role"),
        (f"/compare?role={CODER[7:]}&role={CODER[7:]}", "role"),
    ],
)
def test_what_is_not_understood_is_refused_by_its_name(ask, address, parameter):
    problem = ask(address, status=400).json
    assert [error["parameter"] for error in problem["errors"]] == [parameter]
    assert problem["detail"].startswith(parameter)


def test_a_cursor_belongs_to_one_list(ask):
    following = ask("/roles?sort=title&limit=1").json["next"]
    cursor = following.partition("cursor=")[2]
    assert ask(f"/roles?sort=title&limit=2&cursor={cursor}").json["roles"]
    for other in ("sort=score&", "sort=title&zone=Red&", ""):
        problem = ask(f"/roles?{other}cursor={cursor}", status=400).json
        assert problem["errors"][0]["parameter"] == "cursor"


def test_a_cursor_whose_role_has_left_the_list_says_so(ask):
    following = ask("/roles?sort=title&limit=1").json
    Role.objects.filter(slug=following["roles"][0]["slug"]).update(
        standing="", score=None, zone="", sub_label=""
    )
    assert "has left the list" in ask(following["next"], status=400).json["detail"]


def test_a_role_is_what_its_own_address_gives(ask):
    assert ask(CODER).json == Client().get("/roles/clinical-coder-nhs.json").json()
    versions = ask(f"{CODER}/versions").json["versions"]
    assert [one["version"] for one in versions] == [2, 1]
    first = ask(f"{CODER}/versions/1").json
    assert first["version"] == 1
    assert first["texts"]["timeline"] != "Sooner."
    cited = ask("/roles/health-information-technologist").json
    assert cited["standing"] == "Cited"


def test_what_is_not_there_any_more_or_never_was(ask):
    assert "Withdrawn on" in ask("/roles/gone-coder", status=410).json["detail"]
    ask("/roles/gone-coder/versions", status=410)
    ask("/roles/gone-coder/versions/1", status=410)
    for path in ("/roles/drafted-coder", "/roles/none", f"{CODER}/versions/9", "/nothing"):
        ask(path, status=404)
    assert ask("/compare?role=none&role=nobody", status=404).json["errors"][0]["parameter"]
    Role.objects.filter(slug="other-coder").update(slug="renamed")
    moved = ask("/roles/other-coder/versions/1", status=301)
    assert moved.headers["Location"] == "/api/v1/roles/renamed/versions/1"


def test_the_parts_of_a_gap_add_up_to_it(ask):
    compared = ask(
        "/compare?role=other-coder&role=clinical-coder-nhs&role=health-information-technologist"
    ).json
    assert slugs(ask("/compare?role=other-coder&role=clinical-coder-nhs")) == [
        "other-coder",
        "clinical-coder-nhs",
    ]
    gap, cited, _ = compared["gaps"]
    assert gap["points"] == "-1.2"
    assert sum(Decimal(part["points"]) for part in gap["parts"]) == Decimal("-1.2")
    assert gap["parts"][-1] == {"factor": "override", "points": "-1.2"}
    assert gap["about_the_same"] is True
    assert cited["points"] == "0.3"
    assert cited["parts"] is None


def test_occupations_have_what_others_have_published(ask):
    codes = [one["code"] for one in ask("/occupations?sort=employment&limit=2").json["occupations"]]
    assert codes == ["29-2074.00", "29-2073.00"]
    one = ask("/occupations/29-2074.00").json
    assert one["figures"][0]["value"] == "4000"
    assert one["figures"][0]["source"]["name"] == "BLS OEWS"
    ask("/occupations/29-2074", status=301)
    ask("/occupations/nothing", status=404)


def test_head_and_what_a_browser_asks_before_it_sends(ask):
    ask("/roles", method="HEAD")
    told = ask("/score", method="OPTIONS", status=204).headers
    assert "POST" in told["Access-Control-Allow-Methods"]
    assert told["Access-Control-Allow-Headers"] == "Content-Type, If-None-Match"
    refused = ask("/roles", method="DELETE", status=405)
    assert set(refused.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_whoever_has_an_answer_is_told_that_nothing_has_changed(cache):  # noqa: F811
    first = get(cache, "/api/v1/roles")
    again = get(cache, "/api/v1/roles", if_none_match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"

"""Roles and occupations as JSON, as documents and as tables, each at an address of its own."""

import csv
import json
import re

import pytest
from jsonschema import Draft202012Validator

from roles.documents.fields import FIELDS
from roles.documents.parse import parse
from roles.models import OldAddress, Role
from roles.open_data.representation import stated
from roles.open_data.schema import schema
from scoring.figures import FIGURES, score
from scoring.reading import loaded, score_of
from tests.documents.test_library import library
from tests.factories import reference_document
from tests.open_data.conftest import OCCUPATION

CODER = "/roles/clinical-coder-nhs"
CLERK = "/roles/ward-clerk"
SCHEMA = Draft202012Validator(
    schema("https://jobzone.example"), format_checker=Draft202012Validator.FORMAT_CHECKER
)


def test_everything_of_a_role_is_in_its_json(get):
    coder = get(f"{CODER}.json").json()
    assert coder["identity"]["title"] == "Clinical Coder (NHS)"
    assert coder["standing"] == "Published"
    assert len(coder["inputs"]["tasks"]) == 7
    assert coder["inputs"]["tasks"][0]["time"] == "20"
    assert coder["inputs"]["evidence"][1]["score"] == -1
    everywhere = {**coder, **coder["inputs"], **coder["texts"]}
    assert FIELDS.keys() - everywhere.keys() == {"provenance"}, "which is its standing"
    assert coder["figures"].keys() == coder["as_shown"].keys() == FIGURES.keys()
    assert coder["links"]["role"] == f"http://testserver{CODER}/"


def test_figures_are_exact_and_beside_them_as_pages_show_them(get):
    coder = get(f"{CODER}.json").json()
    assert coder["figures"]["raw"] == "2.223456"
    assert coder["as_shown"]["raw"] == "2.2235"
    assert coder["figures"]["published_score"] == coder["as_shown"]["published_score"] == "22.4"
    assert (coder["figures"]["range_low"], coder["figures"]["range_high"]) == ("17.7", "27.7")
    assert coder["figures"]["evidence_total"] == -1
    assert [warning["about"] for warning in coder["warnings"]] == ["adjustment changes the zone"]
    assert coder["crossing"]["zone"] == "Yellow"


def test_what_the_document_states_stands_beside_what_its_inputs_give(get):
    coder = get(f"{CODER}.json").json()
    share, *_ = [one for one in coder["claims"] if one["figure"] == "share_3_plus"]
    assert (share["claimed"], share["computed"], share["standing"]) == ("55", "75", "differs")
    cited = {one["title"]: one["cited_score"] for one in coder["relations"]}
    assert cited["Health Information Technologist"] == "20.9"


@pytest.mark.parametrize(
    "address",
    [f"{CODER}.json", f"{CLERK}.json", f"{CLERK}/versions/1.json"]
    + ["/roles/health-information-technologist.json"],
)
def test_each_role_is_as_its_schema_says(get, address):
    SCHEMA.validate(get(address).json())


def test_the_schema_is_published_and_allows_nothing_else(get):
    published = get("/data/role.schema.json").json()
    Draft202012Validator.check_schema(published)
    coder = get(f"{CODER}.json").json()
    assert coder["$schema"] == published["$id"] == "http://testserver/data/role.schema.json"
    for broken in ({**coder, "luck": 7}, {**coder, "standing": "Cited"}, {**coder, "version": "1"}):
        assert not SCHEMA.is_valid(broken)


def test_every_role_is_recomputed_from_its_json_alone():
    for document in library():
        scored = score(document.inputs(), document.method)
        again = score_of(loaded(json.dumps(stated(document))))
        assert (again.inputs, again.method) == (scored.inputs, scored.method)
        assert again.published_score == scored.published_score, document.identity.title
    assert len(library()) > 180


def test_what_every_document_states_is_as_the_schema_says():
    properties = SCHEMA.schema["oneOf"][0]["properties"]
    some = stated(library()[0]).keys()
    of_all = {"properties": {name: {"type": "array", "items": properties[name]} for name in some}}
    everything = [stated(document) for document in library()]
    Draft202012Validator(of_all).validate({n: [one[n] for one in everything] for n in some})


def test_a_role_that_is_only_cited_says_that_it_is_not_assessed(get):
    cited = get("/roles/health-information-technologist.json").json()
    assert cited["standing"] == "Cited"
    assert cited["quoted"][0]["cited_score"] == "20.9"
    assert "figures" not in cited
    assert get("/roles/health-information-technologist.md").status_code == 404


def test_an_earlier_version_has_its_own_forms(get):
    first, second = (get(f"{CLERK}/versions/{number}.json").json() for number in (1, 2))
    assert first["superseded_at"]
    assert not second["superseded_at"]
    assert second == get(f"{CLERK}.json").json()
    assert first["inputs"]["tasks"][0]["name"] != second["inputs"]["tasks"][0]["name"]
    assert get(f"{CLERK}/versions/3.json").status_code == 404


def test_the_document_can_be_read_again(get):
    response = get(f"{CODER}/versions/1.md")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert parse(response.content).document == reference_document()


def test_tasks_are_a_table_in_which_no_text_is_a_formula(get):
    response = get(f"{CLERK}.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    first, *_ = csv.DictReader(response.content.decode().splitlines())
    assert first["name"] == "'=1+1"
    assert first["rationale"] == "'-- so"
    assert (first["role"], first["version"], first["time"]) == ("ward-clerk", "2", "20")


def test_what_was_withdrawn_is_gone_in_every_form(get):
    for form in ("json", "md", "csv"):
        assert get(f"/roles/lamplighter.{form}").status_code == 410
        assert get(f"/roles/lamplighter/versions/1.{form}").status_code == 410


def test_a_former_address_leads_to_the_new_one(get):
    clerk = Role.objects.get(slug="ward-clerk")
    OldAddress.objects.create(slug="clerk", role=clerk)
    assert get("/roles/clerk.json").url == f"{CLERK}.json"
    assert get("/roles/clerk/versions/1.csv").url == f"{CLERK}/versions/1.csv"


@pytest.mark.parametrize("page", [f"{CODER}/", f"/occupations/{OCCUPATION}/"])
def test_a_page_names_its_other_forms(get, page):
    html = get(page).content.decode()
    forms = re.findall(r'<link rel="alternate"\s+type="([^"]+)"\s+href="([^"]+)"', html)
    # Feeds and frames are no forms of it.
    forms = [
        (kind, address) for kind, address in forms if "atom" not in kind and "oembed" not in kind
    ]
    assert "application/json" in dict(forms)
    for kind, address in forms:
        response = get(address)
        assert response.status_code == 200
        assert response["Content-Type"].startswith(kind)
        assert response["Access-Control-Allow-Origin"] == "*"


def test_an_occupation_is_a_table_too(get):
    response = get(f"/occupations/{OCCUPATION}/figures.csv")
    assert response["Access-Control-Allow-Origin"] == "*"
    (row,) = csv.DictReader(response.content.decode().splitlines())
    assert (row["figure"], row["value"], row["of"]) == ("outlook", "-3", "29-2072.00")
    every = get("/occupations/occupations.csv")
    assert every["Access-Control-Allow-Origin"] == "*"
    (row,) = csv.DictReader(every.content.decode().splitlines())
    assert (row["code"], row["outlook"], row["employment"]) == ("29-2072.00", "-3", "")


def test_an_occupation_has_what_was_published_and_no_score(get):
    found = get(f"/occupations/{OCCUPATION}.json").json()
    assert found["title"] == "Medical Records Specialists"
    (outlook,) = found["figures"]
    assert (outlook["name"], outlook["value"]) == ("outlook", "-3")
    assert outlook["source"]["licence"] == "public domain"
    assert not {"score", "zone"} & found.keys()

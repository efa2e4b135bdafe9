"""A version of a role as JSON."""

import json

import pytest

from roles.documents.fields import FIELDS
from roles.models import Assessment
from roles.open_data.representation import representation
from scoring.figures import FIGURES
from tests.factories import published

SITE = "https://jobzone.example"


def as_json(assessment: Assessment) -> dict:
    fetched = Assessment.objects.with_document().get(pk=assessment.pk)
    return json.loads(json.dumps(representation(fetched, SITE)))


@pytest.mark.django_db
def test_everything_of_a_role_is_in_its_json():
    coder = as_json(published())
    assert coder["identity"]["title"] == "Clinical Coder (NHS)"
    assert coder["provenance"] == "Published"
    assert len(coder["inputs"]["tasks"]) == 7
    assert coder["inputs"]["tasks"][0]["time"] == "20"
    assert coder["inputs"]["evidence"][1]["score"] == -1
    everywhere = {**coder, **coder["inputs"], **coder["texts"]}
    assert FIELDS.keys() <= everywhere.keys()
    assert coder["figures"].keys() == coder["as_shown"].keys() == FIGURES.keys()
    assert coder["links"]["role"] == f"{SITE}/roles/clinical-coder-nhs/"


@pytest.mark.django_db
def test_figures_are_exact_and_beside_them_as_pages_show_them():
    coder = as_json(published())
    assert coder["figures"]["raw"] == "2.223456"
    assert coder["as_shown"]["raw"] == "2.2235"
    assert coder["figures"]["published_score"] == coder["as_shown"]["published_score"] == "22.4"
    assert (coder["figures"]["range_low"], coder["figures"]["range_high"]) == ("17.7", "27.7")
    assert coder["figures"]["evidence_total"] == -1
    assert [warning["about"] for warning in coder["warnings"]] == ["adjustment changes the zone"]
    assert coder["crossing"]["zone"] == "Yellow"


@pytest.mark.django_db
def test_what_the_document_states_stands_beside_what_its_inputs_give():
    coder = as_json(published())
    stated = [one for one in coder["claims"] if one["figure"] == "share_3_plus"]
    assert stated[0]["claimed"] == "55"
    assert coder["figures"]["share_3_plus"] == "75"
    cited = {one["title"]: one["cited_score"] for one in coder["relations"]}
    assert cited["Health Information Technologist"] == "20.9"

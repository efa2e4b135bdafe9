"""Another version of the method: shown first, then drafted; what is published stays."""

from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from roles.models import Assessment
from roles.services.import_document import import_document
from scoring.method import AIJRI_1_0, METHODS
from tests.factories import reference_document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def another_method(monkeypatch):
    """One in which evidence weighs nothing and the floor is deeper."""
    other = replace(AIJRI_1_0, version="2.0", evidence_weight=Decimal(0), raw_floor=Decimal("0.10"))
    monkeypatch.setitem(METHODS, "2.0", other)


@pytest.fixture
def published():
    document = replace(reference_document(), override=None, override_reason="")
    return import_document(document, publishing=True).assessment


def rescore(*arguments):
    output = StringIO()
    call_command("rescore", "--to", "2.0", *arguments, stdout=output, stderr=output)
    return output.getvalue()


def test_a_dry_run_reports_who_would_change_zone_and_makes_nothing(published):
    output = rescore("--dry-run")
    assert "zone changes: 21.2 Red (Displacing) -> 27.9 Yellow (Urgent)" in output
    assert "1 assessments of another version; 1 change zone." in output
    assert Assessment.objects.count() == 1


def test_makes_a_draft_scored_by_the_new_version_and_leaves_the_published_one(published):
    rescore()
    draft = Assessment.objects.open().get()
    assert (draft.method_version, str(draft.published_score), draft.zone) == (
        "2.0",
        "27.9",
        "Yellow",
    )
    published.refresh_from_db()
    assert (published.method_version, str(published.published_score)) == ("1.0", "21.2")
    call_command("verify", stdout=StringIO())


def test_an_open_draft_is_left_alone(published):
    rescore()
    assert "has an open draft; left alone" in rescore()
    assert Assessment.objects.count() == 2


def test_an_unknown_version_is_named():
    with pytest.raises(CommandError, match=r"no method 3\.0; expected one of 1\.0, 2\.0"):
        call_command("rescore", "--to", "3.0")

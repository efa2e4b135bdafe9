"""The editors' screens: plain, and complete."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from roles.models import Assessment, Role
from roles.vocabulary import RelationKind, Status
from tests.editing.conftest import do_from_the_list, form_data
from tests.factories import draft, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


def change_url(assessment):
    return f"/admin/roles/assessment/{assessment.pk}/change/"


def test_every_screen_opens(editor):
    assessment = published()
    for url in (
        "/admin/",
        "/admin/roles/role/",
        "/admin/roles/role/add/",
        f"/admin/roles/role/{assessment.role_id}/change/",
        "/admin/roles/assessment/",
        "/admin/roles/assessment/add/",
        change_url(assessment),
    ):
        assert editor.get(url).status_code == 200, url


def test_changing_a_task_score_changes_the_figures(editor):
    assessment = draft()
    data = form_data(editor, change_url(assessment))
    assert data["tasks-0-score"] == "4"
    data["tasks-0-score"] = "1"
    response = editor.post(change_url(assessment), data)
    assert response.status_code == 302
    assessment.refresh_from_db()
    assert str(assessment.weighted) == "2.600"


def test_saving_without_a_change_keeps_everything(editor):
    from roles.services.export_document import document_of

    assessment = draft()
    before = document_of(assessment)
    assert (
        editor.post(change_url(assessment), form_data(editor, change_url(assessment))).status_code
        == 302
    )
    assert document_of(Assessment.objects.get(pk=assessment.pk)) == before


def test_changing_the_text_changes_what_is_read_from_it(editor):
    assessment = draft()
    data = form_data(editor, change_url(assessment))
    data["not_this_role"] = "NOT a Health Information Technologist (wider -- scored 21.9 Red)."
    editor.post(change_url(assessment), data)
    (relation,) = assessment.relations.filter(kind=RelationKind.DISTINCT_FROM)
    assert str(relation.cited_score) == "21.9"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("tasks-0-score", "6", "Select a valid choice"),
        ("tasks-0-time", "0", "Expected more than 0 and at most 100 percent"),
        ("evidence-0-score", "3", "Select a valid choice"),
        ("growth", "3", "Select a valid choice"),
        ("override_reason", "", "The override needs a reason."),
        ("adjustment_reason", "", "The adjustment needs a reason."),
        ("timeline", "<script>x</script>", "contains HTML; expected plain text"),
        ("tasks-0-rationale", "<b>x</b>", "contains HTML; expected plain text"),
    ],
)
def test_bad_input_is_named_and_nothing_is_saved(editor, field, value, message):
    assessment = draft()
    data = form_data(editor, change_url(assessment))
    data[field] = value
    data["quick_screen"] = "What the editor typed."
    response = editor.post(change_url(assessment), data)
    assert response.status_code == 200
    html = response.content.decode().replace("&#x27;", "'")
    assert message in html
    assert "What the editor typed." in html
    assessment.refresh_from_db()
    assert assessment.quick_screen != "What the editor typed."


def test_a_published_assessment_can_only_be_viewed(editor):
    assessment = published()
    html = editor.get(change_url(assessment)).content.decode()
    assert 'name="_save"' not in html
    assert editor.post(change_url(assessment), {"timeline": "never"}).status_code == 403


def test_an_assessment_can_be_entered_by_hand(editor):
    role = Role.objects.create(slug="new", title="New role")
    empty = {}
    for prefix in (
        "tasks",
        "evidence",
        "barriers",
        "principles",
        "sources",
        "related",
        "corrections",
        "relations",
        "seniority",
        "claims",
    ):
        empty |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    data = {"role": role.pk, "provenance": "Sample", **empty}
    assert editor.post("/admin/roles/assessment/add/", data).status_code == 302
    assessment = Assessment.objects.get(role=role)
    assert (assessment.version, assessment.status) == (1, Status.DRAFT)
    again = editor.post("/admin/roles/assessment/add/", data)
    assert "This role has an open draft already" in again.content.decode()


def test_publishing_from_the_list(editor):
    assessment = draft()
    report = do_from_the_list(editor, "publish_selected", assessment)
    assert "Published: 1<ul><li>Clinical Coder (NHS), version 1</li></ul>" in report
    assessment.refresh_from_db()
    assert assessment.status == Status.PUBLISHED
    assert "It is published." in do_from_the_list(editor, "publish_selected", assessment)


def test_publishing_says_what_is_missing(editor):
    assessment = draft()
    assessment.tasks.filter(position=0).update(rationale="", time=19)
    result = do_from_the_list(editor, "publish_selected", assessment)
    assert "sums to 99" in result
    assert "Reading clinical documentation: the rationale is missing" in result

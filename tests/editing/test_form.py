"""The form of an assessment: ready to be filled in, in the words of the rubric, with a preview."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from roles.documents.fields import SourceRow
from roles.models import Assessment, Role, Source
from roles.services.stored_rows import store_rows
from roles.services.synthetic import make_synthetic_roles
from scoring.dimensions import EvidenceDimension
from tests.editing.conftest import at, form_data
from tests.factories import draft, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(assessor):
    assessment = draft()
    Assessment.objects.filter(pk=assessment.pk).update(author=assessor.user)
    assessment.refresh_from_db()
    return assessment


def preview(client, assessment, **changes):
    data = form_data(client, at("change", assessment.pk))
    response = client.post(at("preview", assessment.pk), {**data, **changes})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


class TestRows:
    def test_a_new_form_has_a_row_for_each_fixed_dimension(self, assessor):
        html = assessor.get(at("add")).content.decode()
        for dimension in ("Wage Trends", "Physical Presence", "Embodied Physicality"):
            assert f'value="{dimension}"' in html

    def test_scores_are_chosen_in_the_words_of_the_rubric(self, assessor):
        html = assessor.get(at("add")).content.decode()
        assert "4: software does it, a person checks or handles exceptions" in html
        assert "-2: steep decline" in html
        assert "2: a licence for the person" in html
        assert "+2: demand comes from AI directly" in html

    def test_an_unfinished_draft_is_saved_with_what_there_is(self, assessor):
        role = Role.objects.create(slug="clerk", title="Clerk")
        data = form_data(assessor, at("add")) | {"role": role.pk, "evidence-2-score": "-1"}
        assert assessor.post(at("add"), data).status_code == 302
        assessment = role.assessments.get()
        assert assessment.author == assessor.user
        assert assessment.published_score is None
        assert [(e.dimension, e.score) for e in assessment.evidence.all()] == [("Wage Trends", -1)]

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("tasks-0-score", "9", "Select a valid choice"),
            ("evidence-0-score", "3", "Select a valid choice"),
            ("evidence-0-dimension", "Luck", "Select a valid choice"),
            ("tasks-1-name", "READING  clinical documentation", "Another task has this name"),
            ("override_reason", "", "The override needs a reason"),
            ("timeline", "<script>alert(1)</script>", "contains HTML"),
        ],
    )
    def test_bad_input_is_named_and_the_rest_of_the_form_intact(
        self, assessor, own, field, value, message
    ):
        data = form_data(assessor, at("change", own.pk))
        data |= {field: value, "growth_check": "what I have just typed"}
        html = assessor.post(at("change", own.pk), data).content.decode()
        assert message in html
        assert "what I have just typed" in html
        own.refresh_from_db()
        assert own.growth_check != "what I have just typed"


class TestPreview:
    def test_shows_the_figures_of_what_is_typed(self, assessor, own):
        words = preview(assessor, own, override="", override_reason="")
        assert "<strong>21.2</strong> <span" in words
        assert "Red (Displacing)" in words
        assert "<dd>100.0 of 100 %</dd>" in words
        assert "3.8 points" in words

    def test_saves_nothing(self, assessor, own):
        preview(assessor, own, growth="2")
        own.refresh_from_db()
        assert (own.growth, own.edition) == (-1, own.edition)

    def test_asks_no_more_with_more_sources(self, assessor, own):
        statements = []
        for more in (1, 20):
            study = SourceRow(EvidenceDimension.WAGE_TRENDS, "A study", "", "", "")
            store_rows(Source, own, more * [study])
            data = form_data(assessor, at("change", own.pk))
            with CaptureQueriesContext(connection) as asked:
                assessor.post(at("preview", own.pk), data)
            statements.append(len(asked))
        assert statements[0] == statements[1]

    def test_says_what_is_missing(self, assessor, own):
        words = preview(assessor, own, **{"tasks-0-score": "", "evidence-1-rationale": " "})
        assert "No score yet" in words
        assert "task 1, score: is missing" in words
        assert "Company Actions: the rationale is missing" in words

    def test_says_what_changes_against_the_published_version(self, editor):
        current = published()
        editor.post(at("step", current.pk), {"step": "revise", "edition": current.edition})
        revised = Assessment.objects.open().get()
        words = preview(editor, revised, growth="0", override="", override_reason="")
        assert "AI growth correlation: −1 → 0" in words
        assert "Sub-label: Displacing → Exposed" in words

    def test_a_person_who_is_signed_out_is_told(self, client, own):
        response = client.post(at("preview", own.pk), {})
        assert "You are signed out" in response.content.decode()


class TestPermissions:
    def test_assessors_see_their_own_drafts_and_what_is_published(self, assessor, own):
        assert assessor.get(at("change", own.pk)).status_code == 200
        Assessment.objects.filter(pk=own.pk).update(author=None)
        assert assessor.get(at("change", own.pk)).status_code == 302

    def test_nobody_changes_what_is_published(self, editor):
        current = published()
        assert editor.post(at("change", current.pk), {"edition": "1"}).status_code == 403


@pytest.mark.parametrize("url", ["/admin/", "/admin/roles/assessment/", "/admin/roles/role/"])
def test_lists_take_no_more_queries_with_more_assessments(
    editor, django_assert_max_num_queries, url
):
    published()
    make_synthetic_roles(5, seed=1)
    editor.get(url)
    with CaptureQueriesContext(connection) as few:
        editor.get(url)
    make_synthetic_roles(45, seed=2)
    with django_assert_max_num_queries(len(few)):
        editor.get(url)


def test_line_ends_are_stored_as_they_were(assessor, own):
    """Browsers post CRLF; a text that nobody touched must not look changed."""
    before = own.not_captured
    data = form_data(assessor, at("change", own.pk))
    data["not_captured"] = before.replace("\n", "\r\n")
    assert assessor.post(at("change", own.pk), data).status_code == 302
    own.refresh_from_db()
    assert "\n" in before
    assert own.not_captured == before

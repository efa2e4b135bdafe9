"""Which steps the admin lets whom take, whatever is posted to it."""

import re

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from roles.models import Assessment
from roles.services.import_document import import_document
from roles.services.publish import publish
from roles.services.workflow import delete, submit
from roles.vocabulary import Status
from tests.editing.conftest import at, do_from_the_list, form_data, person, signed_in
from tests.factories import draft, published, reference_document, titled

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db):
    return signed_in(person("eve", "Editor"))


def by(client, document=None):
    return import_document(document or reference_document(), author=client.user).assessment


def step(client, assessment, name, **data):
    edition = Assessment.objects.get(pk=assessment.pk).edition
    posted = {"step": name, "edition": edition, "confirmed": "yes", **data}
    status = client.post(at("step", assessment.pk), posted).status_code
    assessment.refresh_from_db()
    return status


def save(client, assessment, **changes):
    data = form_data(client, at("change", assessment.pk)) | changes
    assert client.post(at("change", assessment.pk), data).status_code == 302
    assessment.refresh_from_db()


def publish_from_the_list(client, assessment):
    report = do_from_the_list(client, "publish_selected", assessment)
    assessment.refresh_from_db()
    return report


class TestSendingBack:
    def test_is_not_for_its_author(self, assessor):
        assessment = by(assessor)
        submit(assessment)
        assert step(assessor, assessment, "send back") == 403
        assert assessment.status == Status.IN_REVIEW

    def test_is_for_those_who_review(self, assessor, editor):
        assessment = by(assessor)
        submit(assessment)
        step(editor, assessment, "send back")
        assert assessment.status == Status.DRAFT


class TestDeleting:
    def test_what_is_published_is_not_for_its_author(self, assessor):
        assessment = publish(by(assessor))
        assert assessor.post(at("delete", assessment.pk), {"post": "yes"}).status_code == 403
        assessment.refresh_from_db()
        assert assessment.status == Status.PUBLISHED

    def test_what_is_published_is_not_for_its_author_from_the_list_either(self, assessor):
        assessment = publish(by(assessor))
        page = do_from_the_list(assessor, "delete_selected", assessment)
        assert "An editor has to delete it." in page
        data = {"action": "delete_selected", ACTION_CHECKBOX_NAME: assessment.pk}
        sent = {**data, "confirmed": "yes", f"edition-{assessment.pk}": assessment.edition}
        page = assessor.post(at("changelist"), sent, follow=True).content.decode()
        assert "An editor has to delete it." in page
        assessment.refresh_from_db()
        assert assessment.status == Status.PUBLISHED

    def test_what_is_published_is_for_those_who_publish(self, assessor, editor):
        assessment = publish(by(assessor))
        editor.post(at("delete", assessment.pk), {"post": "yes"})
        assessment.refresh_from_db()
        assert assessment.status == Status.DELETED

    def test_a_draft_of_somebody_else_is_not_seen(self, assessor):
        assessment = draft()
        assert assessor.post(at("delete", assessment.pk), {"post": "yes"}).status_code == 302
        assessment.refresh_from_db()
        assert assessment.status == Status.DRAFT


class TestRestoring:
    def test_what_was_published_is_not_for_its_author(self, assessor):
        assessment = publish(by(assessor))
        delete(assessment)
        assert 'value="restore"' not in assessor.get(at("review", assessment.pk)).content.decode()
        assert step(assessor, assessment, "restore") == 403
        assert assessment.status == Status.DELETED

    def test_a_draft_is_for_its_author(self, assessor):
        assessment = by(assessor)
        delete(assessment)
        step(assessor, assessment, "restore")
        assert assessment.status == Status.DRAFT


class TestPublishing:
    def test_everyone_who_saves_is_a_contributor(self, assessor, editor, other):
        assessment = by(assessor)
        save(editor, assessment, timeline="Rewritten.")
        assert set(assessment.contributors.all()) == {assessor.user, editor.user}

    def test_so_is_whoever_adds_one(self, assessor):
        role = published().role
        data = form_data(assessor, at("add")) | {"role": role.pk}
        assert assessor.post(at("add"), data).status_code == 302
        assert list(Assessment.objects.open().get().contributors.all()) == [assessor.user]

    def test_is_not_for_whoever_rewrote_it(self, assessor, editor, other):
        assessment = by(assessor)
        save(editor, assessment, timeline="Rewritten.")
        assert step(editor, assessment, "publish") == 403
        page = editor.get(at("review", assessment.pk)).content.decode()
        assert "You worked on this assessment; somebody else has to publish it" in page
        step(other, assessment, "publish")
        assert assessment.status == Status.PUBLISHED

    def test_nor_from_the_list(self, assessor, editor, other):
        assessment = by(assessor)
        save(editor, assessment, timeline="Rewritten.")
        assert "somebody else has to publish it" in publish_from_the_list(editor, assessment)
        assert assessment.status == Status.DRAFT
        publish_from_the_list(other, assessment)
        assert assessment.status == Status.PUBLISHED

    def test_nor_at_a_time_to_come(self, assessor, editor, other):
        assessment = by(assessor)
        save(editor, assessment, timeline="Rewritten.")
        submit(assessment)
        assert step(editor, assessment, "schedule", at="2100-01-01T00:00") == 403
        step(other, assessment, "schedule", at="2100-01-01T00:00")
        assert assessment.publish_at is not None

    def test_from_the_list_is_not_for_an_assessor(self, assessor):
        assessment = by(assessor)
        publish_from_the_list(assessor, assessment)
        assert assessment.status == Status.DRAFT

    def test_a_schedule_needs_a_review(self, editor):
        assessment = draft()
        assert step(editor, assessment, "schedule", at="2100-01-01T00:00") == 403
        assert assessment.publish_at is None


class TestRollingBack:
    @pytest.fixture
    def first(self, editor, other):
        """The superseded version, by the editor."""
        first = publish(by(editor))
        step(other, first, "revise")
        publish(Assessment.objects.open().get())
        first.refresh_from_db()
        return first

    def test_is_not_for_whoever_worked_on_the_older_version(self, editor, first):
        assert step(editor, first, "roll back") == 403
        assert Assessment.objects.published().get().version == 2

    def test_is_for_another(self, other, first):
        step(other, first, "roll back")
        assert Assessment.objects.published().get().version == 3

    def test_is_not_for_an_assessor(self, assessor, first):
        assert step(assessor, first, "roll back") == 403


class TestSeeing:
    def test_the_worklist_of_an_assessor_names_own_drafts_only(self, assessor, editor):
        submit(by(assessor))
        submit(import_document(titled("Zymurgist", claims=()), author=editor.user).assessment)
        page = assessor.get(reverse("admin:index")).content.decode()
        assert "Clinical Coder (NHS), version 1" in page
        assert "Zymurgist" not in page
        assert "Zymurgist, version 1" in editor.get(reverse("admin:index")).content.decode()

    def test_the_list_of_an_assessor_names_own_drafts_and_what_readers_see(self, assessor):
        by(assessor)
        import_document(titled("Zymurgist", claims=()))
        import_document(titled("Porter", claims=()), publishing=True)
        page = assessor.get(at("changelist")).content.decode()
        assert {*re.findall("Clinical Coder|Zymurgist|Porter", page)} == {
            "Clinical Coder",
            "Porter",
        }

    @pytest.mark.parametrize("name", ["change", "review", "export", "history", "delete"])
    def test_an_assessor_opens_no_draft_of_somebody_else(self, assessor, name):
        assessment = draft()
        response = assessor.get(at(name, assessment.pk))
        assert response.status_code in (302, 404)
        assert "histopathology" not in response.content.decode()

    def test_an_assessor_opens_no_superseded_version_of_a_withdrawn_role(self, assessor):
        first = published()
        second = publish(import_document(titled(first.role.title, timeline="Soon.")).assessment)
        assert assessor.get(at("review", first.pk)).status_code == 200
        delete(second)
        assert assessor.get(at("review", first.pk)).status_code == 404

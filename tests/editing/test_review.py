"""Review: all is shown, asked about, answered, and nothing reaches readers unseen."""

import html as markup
import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.template import Context, Template
from django.utils import timezone

from roles.models import Assessment
from roles.services import workflow
from roles.services.publish import NotAllowed, publish
from roles.services.remarks import remark, settle
from roles.vocabulary import Status
from tests.editing.conftest import at, form_data, person, signed_in
from tests.editing.test_workflow import by, revised, take
from tests.factories import draft, published, reference_document

pytestmark = pytest.mark.django_db
URL = "/roles/clinical-coder-nhs/"
SECTION = "Evidence Score"


def words(response):
    content = response if isinstance(response, str) else response.content.decode()
    text = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", content, flags=re.S)
    return " ".join(markup.unescape(text).split())


def waiting(assessor):
    """A draft by the assessor in review."""
    assessment = by(assessor.user)
    workflow.submit(assessment)
    assessment.refresh_from_db()
    return assessment


def planned(assessment, minutes):
    when = timezone.now() + timedelta(minutes=minutes)
    Assessment.objects.filter(pk=assessment.pk).update(publish_at=when)
    assessment.refresh_from_db()
    return when


class TestAsking:
    """What readers see is asked about first, whichever way the step is posted."""

    @pytest.mark.parametrize("step", ["publish", "schedule"])
    def test_a_step_that_was_not_confirmed_leads_to_the_question(self, assessor, editor, step):
        assessment = waiting(assessor)
        response = editor.post(at("step", assessment.pk), {"step": step, "edition": 1})
        assert response.url == at("confirm", assessment.pk, step)
        assessment.refresh_from_db()
        assert (assessment.status, assessment.publish_at) == (Status.IN_REVIEW, None)

    def test_a_first_version_is_a_new_page(self, editor):
        page = words(editor.get(at("confirm", draft().pk, "publish")))
        assert "A new page: Clinical Coder (NHS), 22.4 Red (Displacing)" in page
        assert "Nobody is told by e-mail." in page

    def test_a_later_one_says_what_changes(self, editor):
        page = words(editor.get(at("confirm", revised(editor).pk, "publish")))
        assert "is now 22.4 Red (Displacing) in version 1; it becomes 22.4 Red (Exposed)" in page
        assert "Sub-label Displacing Exposed" in page
        assert "What This Means: Timeline" in page

    def test_what_is_not_complete_cannot_be_confirmed(self, editor):
        assessment = draft()
        assessment.tasks.first().delete()
        html = editor.get(at("confirm", assessment.pk, "publish")).content.decode()
        assert "It lacks: tasks, time: sums to 80.0" in words(html)
        assert 'name="confirmed"' not in html

    def test_rolling_back_is_asked_about(self, editor):
        first = published()
        publish(revised(editor))
        first.refresh_from_db()
        page = words(editor.get(at("confirm", first.pk, "roll back")))
        assert "is now 22.4 Red (Exposed) in version 2; it becomes 22.4 Red (Displacing)" in page

    def test_deleting_says_that_readers_will_find_the_page_gone(self, editor):
        gone = words(editor.get(at("delete", published().pk)))
        assert "Readers will find the page of Clinical Coder (NHS) gone" in gone

    def test_deleting_a_draft_says_that_no_reader_sees_it(self, editor):
        assert "Readers do not see this draft" in words(editor.get(at("delete", draft().pk)))


class TestSecondPerson:
    def test_a_contributor_does_not_roll_back(self, editor):
        first = publish(by(editor.user))
        publish(workflow.new_draft(first))
        first.refresh_from_db()
        person("eve", "Editor")
        data = {"step": "roll back", "edition": first.edition, "confirmed": "yes"}
        assert editor.post(at("step", first.pk), data).status_code == 403
        assert editor.get(at("confirm", first.pk, "roll back")).status_code == 403
        with pytest.raises(NotAllowed, match="somebody else has to publish it"):
            workflow.roll_back(first, editor.user)
        assert Assessment.objects.published().get().version == 2

    def test_nor_plans_the_publication(self, editor):
        assessment = by(editor.user)
        workflow.submit(assessment)
        person("eve", "Editor")
        with pytest.raises(NotAllowed, match="somebody else"):
            workflow.schedule(assessment, timezone.now() + timedelta(days=1), editor.user)


class TestRemarks:
    def test_an_open_one_stops_publication_until_the_editor_says_so(self, assessor, editor):
        assessment = waiting(assessor)
        remark(assessment, editor.user, SECTION, "Which year?")
        page = words(take(editor, assessment, "publish"))
        assert "Settle the remarks first, or say that you know of them." in page
        assert "Evidence Score: Which year? (ed)" in page
        assert assessment.status == Status.IN_REVIEW
        take(editor, assessment, "publish", knowing_remarks="on")
        assert assessment.status == Status.PUBLISHED

    def test_nor_is_it_planned_or_rolled_back_to(self, assessor, editor):
        assessment = waiting(assessor)
        remark(assessment, editor.user, SECTION, "Which year?")
        assert workflow.publishable(assessment, editor.user) == ["1 remark is not settled."]
        assert workflow.publishable(assessment, editor.user, knowing_remarks=True) == []
        with pytest.raises(NotAllowed, match="1 remark is not settled"):
            workflow.schedule(assessment, timezone.now() + timedelta(days=1), editor.user)

    def test_a_settled_one_does_not(self, assessor, editor):
        assessment = waiting(assessor)
        settle(remark(assessment, editor.user, SECTION, "Which year?"), assessor.user)
        take(editor, assessment, "publish")
        assert assessment.status == Status.PUBLISHED

    def test_is_answered_settled_and_opened_again(self, assessor, editor):
        assessment = waiting(assessor)
        made = remark(assessment, editor.user, SECTION, "Which year?")
        take(assessor, assessment, "answer", comment=made.pk, text="2025.")
        page = words(take(assessor, assessment, "resolve", comment=made.pk))
        assert "Settled Which year? ed" in page
        assert re.search(r"2025\. ann, .* Settled by ann", page)
        page = words(take(editor, assessment, "reopen", comment=made.pk))
        assert "Open Which year?" in page
        answer = made.answers.get()
        assert (
            editor.post(
                at("step", assessment.pk), {"step": "resolve", "comment": answer.pk}
            ).status_code
            == 404
        )

    def test_an_empty_answer_is_told(self, assessor, editor):
        assessment = waiting(assessor)
        made = remark(assessment, editor.user, SECTION, "Which year?")
        assert "The answer: This field is required." in words(
            take(assessor, assessment, "answer", comment=made.pk, text=" ")
        )
        assert not made.answers.exists()

    def test_a_new_one_calls_a_planned_publication_off(self, assessor, editor):
        assessment = waiting(assessor)
        planned(assessment, 60)
        page = take(assessor, assessment, "comment", section=SECTION, text="Wait.")
        assert "The planned publication is off" in page
        assert assessment.publish_at is None

    def test_stands_in_the_section_it_is_about_on_the_form_too(self, editor):
        assessment = draft()
        remark(assessment, editor.user, SECTION, "Which <b>year</b>?")
        form = Template('{% load editing %}{% remarks_on one "Evidence Score" %}')
        assert "Which &lt;b&gt;year&lt;/b&gt;?" in form.render(Context({"one": assessment}))
        other = Template('{% load editing %}{% remarks_on one "Sources" %}')
        assert other.render(Context({"one": assessment})).strip() == ""


class TestSchedule:
    def test_says_when_on_both_clocks_and_can_be_called_off(self, assessor, editor):
        assessment = waiting(assessor)
        page = words(take(editor, assessment, "schedule", at="2099-07-01T09:00"))
        assert "09:00 UTC, 1 July 2099 (10:00 on 1 July in London)" in page
        take(editor, assessment, "cancel schedule")
        assert (assessment.status, assessment.publish_at) == (Status.IN_REVIEW, None)

    def test_what_makes_no_sense_is_asked_again(self, assessor, editor):
        page = words(take(editor, waiting(assessor), "schedule", at="tomorrow"))
        assert "Enter a valid date/time." in page

    def test_overdue_is_warned_of(self, assessor, editor):
        assessment = waiting(assessor)
        planned(assessment, -4)
        assert "The planned time has passed" not in words(editor.get(at("review", assessment.pk)))
        planned(assessment, -6)
        assert "The planned time has passed" in words(editor.get(at("review", assessment.pk)))

    def test_what_was_called_off_meanwhile_is_not_published(self, assessor, editor):
        assessment = waiting(assessor)
        with pytest.raises(NotAllowed, match="is not due"):
            workflow.publish_due(assessment)
        planned(assessment, -1)
        assert workflow.publish_due(assessment).status == Status.PUBLISHED


class TestReviewer:
    @pytest.fixture(autouse=True)
    def server(self, settings):
        backend = "django.core.mail.backends.locmem.EmailBackend"
        settings.MAILERS = {"default": {"BACKEND": backend}}

    def eve(self):
        eve = person("eve", "Editor")
        User.objects.filter(pk=eve.pk).update(email="eve@jobzone.example")
        return eve

    def test_is_chosen_by_name_and_told(self, assessor, django_capture_on_commit_callbacks):
        eve, assessment = self.eve(), by(assessor.user)
        with django_capture_on_commit_callbacks(execute=True):
            page = take(assessor, assessment, "submit", reviewer=eve.pk)
        assert "Eve is told by e-mail" in page
        assert assessment.reviewer == eve
        (sent,) = mail.outbox
        assert sent.to == ["eve@jobzone.example"]
        assert sent.subject == "Clinical Coder (NHS): waits for review"
        assert f"http://testserver{at('review', assessment.pk)}" in sent.body

    def test_is_one_who_may_review(self, assessor):
        assessment = by(assessor.user)
        page = take(assessor, assessment, "choose reviewer", reviewer=assessor.user.pk)
        assert "That person may not review" in page
        assert assessment.reviewer is None

    def test_a_mail_server_that_fails_breaks_nothing_and_is_told(
        self, assessor, monkeypatch, django_capture_on_commit_callbacks
    ):
        def fails(*_):
            raise SMTPException("no")

        monkeypatch.setattr("roles.services.notices.send_mail", fails)
        eve, assessment = self.eve(), by(assessor.user)
        data = {"step": "submit", "reviewer": eve.pk, "edition": assessment.edition}
        with django_capture_on_commit_callbacks(execute=True):
            assessor.post(at("step", assessment.pk), data)
        assessment.refresh_from_db()
        assert assessment.status == Status.IN_REVIEW

    def test_nobody_is_written_to_without_a_server(self, assessor, settings):
        settings.MAILERS = {}
        eve, assessment = self.eve(), by(assessor.user)
        assert "is told" not in take(assessor, assessment, "submit", reviewer=eve.pk)


class TestVersions:
    def test_a_first_version_shows_all_it_says(self, editor):
        page = words(editor.get(at("review", draft().pk)))
        assert "All that it says: no other version is published" in page
        assert reference_document().tasks[0].rationale[:40] in page

    def test_any_two_are_compared(self, editor):
        second = revised(editor)
        page = words(editor.get(at("compare", second.pk)))
        assert "From version 1 to version 2" in page
        assert "Displacing Exposed" in page
        page = words(editor.get(at("compare", second.pk) + "?before=2&after=1"))
        assert "Exposed Displacing" in page
        assert "These two do not differ" in words(
            editor.get(at("compare", second.pk) + "?before=2&after=2")
        )
        assert "Select a valid choice" in words(
            editor.get(at("compare", second.pk) + "?before=9&after=x")
        )

    def test_revising_leads_to_the_new_draft(self, editor):
        first = published()
        data = {"step": "revise", "edition": first.edition}
        response = editor.post(at("step", first.pk), data)
        assert response.url == at("change", Assessment.objects.open().get().pk)

    def test_each_screen_leads_to_page_draft_and_difference(self, editor):
        second = revised(editor)
        first = Assessment.objects.published().get()
        for screen in ("review", "compare", "history"):
            html = editor.get(at(screen, first.pk)).content.decode()
            assert f'href="{URL}"' in html
            assert f'href="{at("change", second.pk)}"' in html
            assert f'href="{at("review", second.pk)}#differences"' in html

    def test_asking_for_review_by_saving_does_not_say_draft(self, editor):
        assessment = draft()
        data = form_data(editor, at("change", assessment.pk)) | {"_submit": "1"}
        page = words(editor.post(at("change", assessment.pk), data, follow=True))
        assert "version 1 (In review)" in page.partition("was changed successfully")[0]
        assert "(Draft)" not in page


class TestHistory:
    def test_is_in_words(self, editor):
        assessment = draft()
        task = assessment.tasks.first()
        data = form_data(editor, at("change", assessment.pk))
        score = 3 if task.score == 4 else 4
        data |= {"growth": "0", "tasks-0-score": str(score)}
        assert editor.post(at("change", assessment.pk), data).status_code == 302
        page = words(editor.get(at("history", assessment.pk)))
        assert f"Task “{task.name}”: score {task.score} to {score}" in page
        assert re.search(r"\d\d:\d\d UTC, \d+ \w+ \d{4}, ed", page)
        assert re.search(r"Version 1: begun with .*7 tasks", page)
        assert "insert" not in page

    def test_an_earlier_text_comes_back_into_the_draft(self, editor):
        assessment = draft()
        before = assessment.timeline
        data = form_data(editor, at("change", assessment.pk)) | {"timeline": "Longer."}
        editor.post(at("change", assessment.pk), data)
        html = editor.get(at("history", assessment.pk)).content.decode()
        (event,) = re.findall(r'name="event" value="([^"]+)"', html)
        asked = {"event": event, "field": "timeline"}
        assessment.refresh_from_db()
        page = editor.post(at("restore_text", assessment.pk), {**asked, "edition": 1}, follow=True)
        assert "Nothing was done" in words(page)
        asked["edition"] = assessment.edition
        eve = signed_in(person("eve", "Editor"))
        page = eve.post(at("restore_text", assessment.pk), asked, follow=True)
        assert "is what it was before" in words(page)
        now = Assessment.objects.get(pk=assessment.pk)
        assert (now.timeline, now.edition) == (before, assessment.edition + 1)
        assert now.edited_by == eve.user
        assert set(now.contributors.all()) == {editor.user, eve.user}

    @pytest.mark.parametrize("field", ["status", "id", "published_score", "nothing"])
    def test_nothing_but_a_text_comes_back(self, editor, field):
        assessment = draft()
        workflow.submit(assessment)
        event = f"roles.AssessmentEvent:{assessment.events.last().pgh_id}"
        data = {"event": event, "field": field, "edition": assessment.edition}
        assert editor.post(at("restore_text", assessment.pk), data).status_code == 404

    def test_nor_one_that_what_was_entered_since_needs(self, editor):
        assessment = draft()
        reason = {"adjusted_task_resistance": None, "adjustment_reason": ""}
        for values in (reason, {"adjusted_task_resistance": 3, "adjustment_reason": "Why."}):
            for name, value in values.items():
                setattr(assessment, name, value)
            assessment.save()
        event = f"roles.AssessmentEvent:{assessment.events.last().pgh_id}"
        data = {"event": event, "field": "adjustment_reason", "edition": assessment.edition}
        page = editor.post(at("restore_text", assessment.pk), data, follow=True)
        assert "Adjustment: a reason is missing." in words(page)

    def test_not_into_what_is_published(self, editor):
        assert editor.post(at("restore_text", published().pk), {}).status_code == 403

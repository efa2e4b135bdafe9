"""From draft to reader and back."""

import io
import re
import zipfile
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from roles.documents.parse import parse
from roles.models import Assessment, Role
from roles.services.import_document import import_document
from roles.services.publish import publish
from roles.services.workflow import roll_back
from roles.vocabulary import Status
from tests.editing.conftest import at, form_data, person, signed_in
from tests.factories import draft, published
from tests.reading.test_role import text_of
from tests.reference import CONTENT

pytestmark = pytest.mark.django_db
URL = "/roles/clinical-coder-nhs/"


def take(client, assessment, step, **data):
    edition = Assessment.objects.get(pk=assessment.pk).edition
    data = {"edition": edition, "confirmed": "yes", **data}
    response = client.post(at("step", assessment.pk), {"step": step, **data}, follow=True)
    assessment.refresh_from_db()
    return response.content.decode()


def by(user):
    assessment = draft()
    Assessment.objects.filter(pk=assessment.pk).update(author=user)
    assessment.refresh_from_db()
    return assessment


def revised(client):
    """A second version as a draft, with another growth correlation."""
    take(client, published(), "revise")
    assessment = Assessment.objects.open().get()
    data = form_data(client, at("change", assessment.pk))
    data |= {"growth": "0", "timeline": "A year longer than before."}
    assert client.post(at("change", assessment.pk), data).status_code == 302
    return assessment


class TestSteps:
    def test_submitted_sent_back_and_published(self, assessor, editor):
        assessment = by(assessor.user)
        take(assessor, assessment, "submit")
        assert assessment.status == Status.IN_REVIEW
        take(editor, assessment, "send back")
        assert assessment.status == Status.DRAFT
        take(assessor, assessment, "submit")
        take(editor, assessment, "publish")
        assert assessment.status == Status.PUBLISHED
        assert Client().get(URL).status_code == 200

    def test_an_assessor_cannot_publish(self, assessor):
        assessment = by(assessor.user)
        assert assessor.post(at("step", assessment.pk), {"step": "publish"}).status_code == 403
        assert not Role.objects.public().exists()

    def test_authors_need_somebody_else_where_there_is_one(self, editor, settings):
        assessment = by(editor.user)
        other = person("eve", "Editor")
        assert editor.post(at("step", assessment.pk), {"step": "publish"}).status_code == 403
        page = editor.get(at("review", assessment.pk)).content.decode()
        assert "somebody else has to publish it" in page
        settings.SECOND_PERSON_PUBLISHES = False
        assert 'value="publish"' in editor.get(at("review", assessment.pk)).content.decode()
        settings.SECOND_PERSON_PUBLISHES = True
        other.delete()
        take(editor, assessment, "publish")
        assert assessment.status == Status.PUBLISHED

    def test_an_incomplete_draft_is_not_published_and_says_what_it_lacks(self, editor):
        assessment = draft()
        assessment.tasks.first().delete()
        html = take(editor, assessment, "publish")
        assert "Not published. It lacks: tasks, time: sums to 80.0; expected exactly 100" in html
        assert assessment.status == Status.DRAFT

    def test_what_was_saved_after_one_looked_is_not_published_unseen(self, editor):
        assessment = draft()
        seen = assessment.edition
        data = form_data(editor, at("change", assessment.pk)) | {"timeline": "New."}
        editor.post(at("change", assessment.pk), data)
        html = take(editor, assessment, "publish", edition=seen)
        assert "Ed has saved this assessment since you opened the page" in html
        assert assessment.status == Status.DRAFT

    def test_comments_stand_by_their_section_until_they_are_dealt_with(self, assessor, editor):
        assessment = by(assessor.user)
        take(assessor, assessment, "submit")
        take(editor, assessment, "comment", section="Evidence Score", text="Which year?")
        page = assessor.get(at("review", assessment.pk)).content.decode()
        assert re.search(r"<h3>Evidence Score</h3>.*Which year\?", page, re.S)
        comment = assessment.comments.get()
        take(assessor, assessment, "resolve", comment=comment.pk)
        comment.refresh_from_db()
        assert comment.resolved_at is not None


class TestSchedule:
    def test_is_published_once_its_time_has_come(self, assessor, editor):
        assessment = by(assessor.user)
        take(assessor, assessment, "submit")
        tomorrow = timezone.now() + timedelta(days=1)
        take(editor, assessment, "schedule", at=f"{tomorrow:%Y-%m-%dT%H:%M}")
        assert assessment.publish_at is not None
        assert not Assessment.objects.due().exists()
        Assessment.objects.filter(pk=assessment.pk).update(
            publish_at=timezone.now() - timedelta(minutes=1)
        )
        call_command("publish_scheduled", verbosity=0)
        assessment.refresh_from_db()
        assert assessment.status == Status.PUBLISHED

    def test_one_that_lacks_something_stays_and_is_named(self, editor):
        assessment = draft()
        take(editor, assessment, "submit")
        assessment.tasks.first().delete()
        Assessment.objects.filter(pk=assessment.pk).update(publish_at=timezone.now())
        with pytest.raises(CommandError, match="1 could not be published"):
            call_command("publish_scheduled", verbosity=0)
        assessment.refresh_from_db()
        assert assessment.status == Status.IN_REVIEW

    def test_a_change_after_scheduling_calls_it_off(self, editor):
        assessment = draft()
        take(editor, assessment, "submit")
        tomorrow = timezone.now() + timedelta(days=1)
        take(editor, assessment, "schedule", at=f"{tomorrow:%Y-%m-%dT%H:%M}")
        data = form_data(editor, at("change", assessment.pk)) | {"timeline": "Longer."}
        result = editor.post(at("change", assessment.pk), data, follow=True).content.decode()
        assert "The planned publication is off" in result
        assessment.refresh_from_db()
        assert assessment.publish_at is None

    def test_a_time_in_the_past_is_refused(self, editor):
        assessment = draft()
        take(editor, assessment, "submit")
        html = take(editor, assessment, "schedule", at="2020-01-01T00:00")
        assert "The time has passed already" in html


class TestVersions:
    def test_review_shows_what_differs_from_the_published_version(self, editor):
        page = editor.get(at("review", revised(editor).pk)).content.decode()
        assert "<td>Displacing</td> <td>Exposed</td>" in " ".join(page.split())
        assert "<ins>A year longer than before.</ins>" in page

    def test_readers_see_history_diff_and_change_log(self, editor):
        publish(revised(editor))
        history = Client().get(f"{URL}history/").content.decode()
        assert "2 versions" in " ".join(history.split())
        assert "version 1 22.4 (published), version 2 22.4 (published)." in " ".join(
            history.split()
        )
        assert "Exposed" in history.partition("From version 1 to version 2")[2]
        changes = " ".join(Client().get("/changes/").content.decode().split())
        assert "before 22.4 Red" in changes
        assert "first assessment" in changes

    @pytest.mark.parametrize("query", ["from=9", "from=x&to=-1", "to=99999999999", "from=2&to=2"])
    def test_a_version_that_is_not_there_is_ignored(self, editor, query):
        publish(revised(editor))
        assert Client().get(f"{URL}history/?{query}").status_code == 200

    def test_rolling_back_publishes_the_older_content_as_a_new_version(self, editor):
        first = published()
        publish(revised(editor))
        first.refresh_from_db()
        take(editor, first, "roll back")
        current = Assessment.objects.published().get()
        assert (current.version, current.growth, current.sub_label) == (3, -1, "Displacing")
        assert first.status == Status.SUPERSEDED

    def test_rolling_back_never_loses_an_open_draft(self, editor):
        first = published()
        publish(revised(editor))
        take(editor, Assessment.objects.published().get(), "revise")
        first.refresh_from_db()
        assert "has an open draft already" in take(editor, first, "roll back")
        with pytest.raises(Exception, match="open draft"):
            roll_back(first)


class TestPreviewLink:
    def test_opens_for_anyone_who_has_it_and_for_nobody_else(self, editor):
        page = editor.get(at("review", draft().pk)).content.decode()
        (url,) = re.findall(r"http://testserver(/previews/[^/]+/)", page)
        response = Client().get(url)
        assert "This is a preview" in response.content.decode()
        assert response["X-Robots-Tag"] == "noindex"
        assert Client().get(f"{url[:-3]}x/").status_code == 404
        assert Client().get(URL).status_code == 404


class TestDelete:
    @pytest.mark.parametrize("make", [draft, published])
    def test_takes_out_of_sight_and_can_be_undone(self, editor, make):
        assessment = make()
        status = assessment.status
        asked = editor.get(at("delete", assessment.pk)).content.decode()
        assert "Keep it" in asked
        result = editor.post(at("delete", assessment.pk), {"post": "yes"}, follow=True)
        assert "restored" in result.content.decode()
        assessment.refresh_from_db()
        assert assessment.status == Status.DELETED
        assert Client().get(URL).status_code == (410 if status == Status.PUBLISHED else 404)
        take(editor, assessment, "restore")
        assert assessment.status == status
        expected = 200 if status == Status.PUBLISHED else 404
        assert Client().get(URL).status_code == expected

    def test_does_not_come_back_over_another_draft(self, editor):
        assessment = draft()
        editor.post(at("delete", assessment.pk), {"post": "yes"})
        draft()
        assert "has taken its place" in take(editor, assessment, "restore")


class TestImport:
    def test_shows_first_and_saves_then(self, assessor):
        text = CONTENT.read_text()
        page = text_of(assessor.post(at("import"), {"text": text}))
        assert "22.4 Red (Displacing)" in page
        assert "Share of task time scoring 3+: claimed 55, computed 75" in page
        assert not Assessment.objects.exists()
        assessor.post(at("import"), {"document": text, "save": "1"})
        assessment = Assessment.objects.get()
        assert (assessment.status, assessment.author) == (Status.DRAFT, assessor.user)

    def test_problems_are_named_by_line_and_nothing_can_be_saved(self, assessor):
        text = CONTENT.read_text().replace("| 20% | 4 | 0.80 |", "| 20% | 6 | 0.80 |", 1)
        page = assessor.post(at("import"), {"text": text, "save": "1"}).content.decode()
        assert re.search(r"Line \d+: .*Reading clinical documentation, Score: is 6", page)
        assert not Assessment.objects.exists()

    def test_several_files_and_archives(self, assessor):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name in ("chef", "plumber"):
                archive.writestr(f"{name}.md", (CONTENT.parent / f"{name}.md").read_text())
        packed.seek(0)
        packed.name = "some.zip"
        single = io.BytesIO(CONTENT.read_bytes())
        single.name = "coder.md"
        page = assessor.post(at("import"), {"files": [packed, single]}).content.decode()
        assert all(title in page for title in ("Chef", "Plumber", "Clinical Coder (NHS)"))

    def test_good_documents_are_saved_without_the_bad_ones(self, assessor):
        good = CONTENT.read_text()
        bad = good.replace("| 20% | 4 |", "| 20% | 9 |").replace("Coder (NHS)", "Coder (US)")
        response = assessor.post(at("import"), {"document": [good, bad]})
        page = text_of(response)
        assert "document 1: new" in page
        assert "document 2: blocked" in page
        assert b"Save 1 as a draft" in response.content
        page = assessor.post(at("import"), {"document": [good, bad], "save": "1"}, follow=True)
        assert "it cannot be imported as it is" in text_of(page)
        assert Assessment.objects.count() == 1

    def test_what_is_in_doubt_is_saved_on_an_editors_word(self, assessor):
        text = CONTENT.read_text().replace("## Evidence Score", "A remark.\n\n## Evidence Score")
        page = text_of(assessor.post(at("import"), {"document": text, "save": "1"}))
        assert "say that the texts without a place are right as they are" in page
        assert not Assessment.objects.exists()
        assessor.post(at("import"), {"document": text, "save": "1", "allow_notes": "on"})
        assert Assessment.objects.count() == 1

    def test_an_archive_that_would_burst_is_not_unpacked_further(self, assessor):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(30):
                archive.writestr(f"{number}.md", b"0" * (5 << 20))
        packed.seek(0)
        packed.name = "bomb.zip"
        page = assessor.post(at("import"), {"files": [packed]}).content.decode()
        assert "MiB together" in page

    @pytest.mark.parametrize("text", ["", "x" * (1 << 20), "<b>x</b>", "no document at all"])
    def test_anything_else_is_refused_kindly(self, assessor, text):
        response = assessor.post(at("import"), {"text": text, "save": "1"})
        assert response.status_code == 200
        assert not Assessment.objects.exists()

    def test_export_is_what_was_imported(self, editor):
        assessment = draft()
        exported = parse(editor.get(at("export", assessment.pk)).content)
        assert exported.document == parse(CONTENT.read_bytes()).document


def test_the_worklist_says_what_needs_doing(assessor, editor):
    published()
    words = " ".join(editor.get("/admin/").content.decode().split())
    assert "Claims that do not reproduce" in words
    assert "large adjustment" not in words
    assert "To review" not in words
    take(editor, Assessment.objects.published().get(), "revise")
    take(editor, Assessment.objects.open().get(), "submit")
    words = " ".join(editor.get("/admin/").content.decode().split())
    assert "To review, the longest waiting first: 1" in words
    assert "Only a cited score, not assessed here" in words


def test_demo_people_only_in_the_clones_own_database(db, settings):
    settings.IS_OWN_DATABASE = False
    with pytest.raises(CommandError, match="another database than this clone's own"):
        call_command("create_demo_editor")
    assert not User.objects.exists()


def test_demo_people_can_sign_in_and_no_account_that_exists_is_touched(db, settings):
    settings.IS_OWN_DATABASE = True
    User.objects.create_user("assessor", password="her own")
    call_command("create_demo_editor", stdout=StringIO())
    client = Client()
    assert User.objects.get(username="assessor").check_password("her own")
    assert not User.objects.get(username="assessor").is_staff
    posted = {"username": "editor", "password": "demo"}
    assert client.post("/admin/login/", posted).status_code == 302
    assert client.get("/admin/roles/assessment/").status_code == 200


def test_history_tells_who_changed_which_field(editor):
    assessment = revised(editor)
    page = text_of(editor.get(at("history", assessment.pk)))
    assert re.search(r"UTC, \d+ \w+ \d{4}, ed\b.*AI Growth Correlation -1 to 0", page, re.S)


def test_a_person_without_rights_sees_nothing(db):
    stranger = signed_in(person("sam", "Assessor"))
    stranger.user.groups.clear()
    assessment = draft()
    for name in ("review", "export"):
        assert stranger.get(at(name, assessment.pk)).status_code == 403
    assert stranger.get(at("import")).status_code == 403


def test_a_document_with_another_title_of_a_known_role_is_pointed_out(assessor):
    published()
    text = CONTENT.read_text()
    page = assessor.post(at("import"), {"text": text.replace("Coder (NHS)", "Coder, NHS")})
    assert "is called “Clinical Coder (NHS)”" in page.content.decode()
    page = assessor.post(
        at("import"), {"text": text.replace("Clinical Coder (NHS)", "Clinical Coding Officer")}
    )
    assert "is another title of “Clinical Coder (NHS)”" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "title"), [("ann", "Clinical Coder (NHS)"), ("ed", "Clinical Coder NHS")]
)
def test_only_editors_change_a_known_role_by_importing(assessor, editor, who, title):
    published()
    client = assessor if who == "ann" else editor
    text = CONTENT.read_text().replace("Clinical Coder (NHS)", "Clinical Coder NHS")
    client.post(at("import"), {"document": text, "save": "1"})
    assert not Assessment.objects.open().exists()
    client.post(at("import"), {"document": text, "save": "1", "rename": "on"})
    assert Assessment.objects.open().get().role.title == title


def test_editors_keep_up_relations_and_assessors_do_not(assessor, editor):
    assessment = by(assessor.user)
    role = Role.objects.create(slug="porter", title="Porter")
    data = form_data(editor, at("change", assessment.pk))
    number = int(data["related-TOTAL_FORMS"])
    data |= {
        "related-TOTAL_FORMS": number + 1,
        f"related-{number}-role": role.pk,
        f"related-{number}-kind": "Career move",
        f"related-{number}-note": "fewer screens",
    }
    assert editor.post(at("change", assessment.pk), data).status_code == 302
    assert assessment.relations.get(role=role).note == "fewer screens"
    html = assessor.get(at("change", assessment.pk)).content.decode()
    assert 'name="related-0-note"' not in html


def test_importing_never_replaces_the_draft_of_somebody_else_or_one_in_review(assessor, editor):
    text = CONTENT.read_text()
    assessor.post(at("import"), {"document": text, "save": "1"})
    other = text.replace("2-4 years for volume coders", "3-4 years for volume coders")
    page = editor.post(at("import"), {"document": other, "save": "1"}).content.decode()
    assert "is an open draft that somebody has worked on" in page
    take(assessor, Assessment.objects.get(), "submit")
    page = assessor.post(at("import"), {"document": other, "save": "1"}).content.decode()
    assert "is an open draft that somebody has worked on" in page
    assert Assessment.objects.get().status == Status.IN_REVIEW


def test_the_worklist_asks_no_more_with_more_documents(editor, django_assert_num_queries):
    """Each has a claim that does not reproduce and an override."""

    def publish_named(*titles):
        for title in titles:
            text = CONTENT.read_text().replace("Clinical Coder (NHS)", title)
            import_document(parse(text.encode()).document, publishing=True)

    publish_named("First Coder")
    editor.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        editor.get("/admin/")
    publish_named("Second Coder", "Third Coder")
    with django_assert_num_queries(len(few)):
        words = editor.get("/admin/").content.decode()
    assert "Third Coder, version 1 (Published)" in words

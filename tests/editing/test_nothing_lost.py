"""Two people on one draft, sessions that end, saves that fail: every word is still there."""

from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client

from roles.documents.fields import MAX_ROWS
from roles.editing import autosave
from roles.editing.conflict import Conflict
from roles.models import Assessment, Autosave, FormSnapshot, Role
from roles.services.import_document import import_document
from roles.services.publish import publish
from roles.services.workflow import delete
from tests.editing.conftest import at, form_data, keep, person, posted_by, signed_in
from tests.factories import draft, reference_document, titled

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db):
    return signed_in(person("eve", "Editor"))


@pytest.fixture
def assessment(editor):
    return draft()


def opened(client, assessment):
    return form_data(client, at("change", assessment.pk))


def save(client, assessment, data):
    response = client.post(at("change", assessment.pk), data)
    if Assessment.objects.filter(pk=assessment.pk).exists():
        assessment.refresh_from_db()
    return response


def choose(client, response, **chosen):
    """Take what is proposed, and this where it is said; the form that opens then."""
    url = response.url if response.status_code == 302 else response.request["PATH_INFO"]
    page = client.get(url)
    data = {"seen": page.context["assessment"].edition}
    for _, differences in page.context["groups"]:
        data |= {f"choice:{one.key}": choice for one, choice, _ in differences if choice}
    data |= {f"choice:{key}": choice for key, choice in chosen.items()}
    return client.post(url, data, follow=True)


def words(response):
    return " ".join(response.content.decode().split())


class TestTwoPeople:
    def test_different_fields_end_up_both(self, editor, other, assessment):
        mine, theirs = opened(editor, assessment), opened(other, assessment)
        save(other, assessment, theirs | {"timeline": "Theirs.", "tasks-1-score": "5"})
        held = save(editor, assessment, mine | {"growth_check": "Mine.", "tasks-0-score": "3"})
        page = words(editor.get(held.url))
        assert "eve has saved this assessment" in page
        assert "Changed on both sides" not in page
        assert "Changed by eve only" in page
        assert "<legend>Task “Assigning ICD-10 diagnosis codes”, Score</legend>" in page
        assert assessment.growth_check != "Mine."
        form = choose(editor, held)
        assert save(editor, assessment, posted_by(form)).status_code == 302
        assert (assessment.timeline, assessment.growth_check) == ("Theirs.", "Mine.")
        assert [task.score for task in assessment.tasks.all()][:2] == [3, 5]

    def test_of_fields_with_two_texts_a_person_chooses(self, editor, other, assessment):
        names = ("timeline", "growth_check", "not_captured")
        mine, theirs = opened(editor, assessment), opened(other, assessment)
        save(other, assessment, theirs | dict.fromkeys(names, "Theirs."))
        held = save(editor, assessment, mine | dict.fromkeys(names, "Mine."))
        page = words(choose(editor, held))
        assert "<del>Theirs.</del><ins>Mine.</ins>" in page
        assert "Some things are not chosen yet" in page
        chosen = zip(names, ("mine", "theirs", "edited"), strict=True)
        data = {f"choice://{name}": choice for name, choice in chosen}
        data |= {"seen": assessment.edition, "edited://not_captured": "Both."}
        form = editor.post(held.url, data, follow=True)
        assert assessment.timeline == "Theirs."
        save(editor, assessment, posted_by(form))
        assert [getattr(assessment, name) for name in names] == ["Mine.", "Theirs.", "Both."]

    def test_rows_that_were_added_removed_and_moved_by_either(self, editor, other, assessment):
        def row(prefix, number, **values):
            start = {"id": "", "assessment": "", "position": number, "score": "", "mode": ""}
            values = start | {"time": "", "rationale": ""} | values
            return {f"{prefix}-{number}-{name}": value for name, value in values.items()}

        mine, theirs = opened(editor, assessment), opened(other, assessment)
        first, second = (task.name for task in assessment.tasks.all()[:2])
        new = {"tasks-TOTAL_FORMS": 8}
        moved = {"tasks-0-position": 1, "tasks-1-position": 0}
        save(other, assessment, theirs | new | row("tasks", 7, name="Hers") | moved)
        unplaced = row("tasks", 7, name="His") | {"tasks-7-position": ""}
        gone = mine | new | unplaced | {"tasks-6-DELETE": "on"}
        last = assessment.tasks.get(pk=mine["tasks-6-id"]).name
        form = choose(editor, save(editor, assessment, gone))
        save(editor, assessment, posted_by(form) | deleted_in(form))
        names = [task.name for task in assessment.tasks.all()]
        assert names[:2] == [second, first]
        assert {*names[-2:]} == {"Hers", "His"}
        assert last not in names
        positions = [task.position for task in assessment.tasks.all()]
        assert positions == sorted(set(positions))

    def test_a_row_that_the_other_removed_is_for_me_to_keep(self, editor, other, assessment):
        mine, theirs = opened(editor, assessment), opened(other, assessment)
        save(other, assessment, theirs | {"tasks-6-DELETE": "on"})
        held = save(editor, assessment, mine | {"tasks-6-rationale": "I was writing here."})
        form = choose(editor, held, **{f"tasks/{mine['tasks-6-id']}/": "mine"})
        save(editor, assessment, posted_by(form))
        assert "I was writing here." in [task.rationale for task in assessment.tasks.all()]
        assert assessment.tasks.count() == 7

    def test_one_person_alone_is_never_held_back(self, editor, assessment):
        data = opened(editor, assessment)
        keep(editor, data | {"timeline": "Kept."})
        assert save(editor, assessment, data | {"timeline": "Saved."}).status_code == 302
        assert assessment.timeline == "Saved."

    def test_a_third_save_while_one_chooses_is_looked_at_again(self, editor, other, assessment):
        mine, theirs = opened(editor, assessment), opened(other, assessment)
        save(other, assessment, theirs | {"timeline": "Theirs."})
        held = save(editor, assessment, mine | {"timeline": "Mine."})
        chosen = {"seen": assessment.edition, "choice://timeline": "edited"}
        chosen |= {"edited://timeline": "A third wording."}
        save(other, assessment, opened(other, assessment) | {"timeline": "Later."})
        page = words(editor.post(held.url, chosen))
        assert "It was saved once more" in page
        assert "<del>Later.</del>" in page
        assert "A third wording." in page

    def test_a_save_that_does_not_say_what_it_was_opened_as_is_held(self, editor, assessment):
        data = opened(editor, assessment) | {"timeline": "From nowhere.", "opened": ""}
        held = save(editor, assessment, data)
        assert "/conflict/" in held.url
        assert assessment.timeline != "From nowhere."
        assert "From nowhere." in words(editor.get(held.url))

    def test_who_else_is_typing_is_shown(self, editor, other, assessment):
        keep(other, opened(other, assessment))
        assert "Typing in this draft too: <span>eve</span>" in words(
            editor.get(at("change", assessment.pk))
        )
        assert keep(editor, opened(editor, assessment)).json()["others"] == ["eve"]


def deleted_in(response):
    """The boxes that the form shows as ticked."""
    return {
        form["DELETE"].html_name: "on"
        for inline in response.context["inline_admin_formsets"]
        for form in inline.formset.forms
        if "DELETE" in form.fields and form["DELETE"].value()
    }


class TestAutosave:
    def test_what_was_typed_comes_back_after_a_crash(self, editor, assessment):
        keep(editor, opened(editor, assessment) | {"timeline": "Typed and lost?"})
        again = editor.get(at("change", assessment.pk))
        assert "You typed here and did not save" in words(again)
        restored = editor.get(again.context["keeping"].slots[0][1])
        assert "Typed and lost?" in words(restored)
        assert "Nothing of it is saved yet" in words(restored)
        assert save(editor, assessment, posted_by(restored)).status_code == 302
        assert assessment.timeline == "Typed and lost?"
        assert not autosave.kept(editor.user)

    def test_a_new_assessment_is_kept_too_and_two_of_them_apart(self, editor):
        for text in ("First words.", "Other words."):
            keep(editor, form_data(editor, at("add")) | {"timeline": text})
        slots = editor.get(at("add")).context["keeping"].slots
        pages = [words(editor.get(address)) for _, address in slots]
        assert ["Other words." in pages[0], "First words." in pages[1]] == [True, True]
        assert not Assessment.objects.exists()

    def test_two_tabs_are_two_texts_and_saving_one_leaves_the_other(self, editor, assessment):
        one, two = opened(editor, assessment), opened(editor, assessment)
        keep(editor, one | {"timeline": "In one tab."})
        keep(editor, two | {"growth_check": "In the other."})
        save(editor, assessment, one | {"timeline": "In one tab."})
        assert [slot.key for slot in autosave.kept(editor.user)] == [
            Autosave.objects.get(key=two["slot"]).key
        ]
        form = choose(editor, save(editor, assessment, two | {"growth_check": "In the other."}))
        save(editor, assessment, posted_by(form))
        assert (assessment.timeline, assessment.growth_check) == ("In one tab.", "In the other.")

    def test_what_is_opened_again_in_two_tabs_gets_two_slots(self, editor, assessment):
        data = opened(editor, assessment) | {"timeline": "Typed."}
        keep(editor, data)
        ((_, address),) = editor.get(at("change", assessment.pk)).context["keeping"].slots
        keys = {posted_by(editor.get(address))["slot"] for _ in range(2)}
        assert len({*keys, data["slot"]}) == 3

    def test_is_seen_by_nobody_else_and_makes_no_version(self, editor, other, assessment):
        edition = assessment.edition
        keep(editor, opened(editor, assessment))
        slot = Autosave.objects.get()
        assert "You typed here" not in words(other.get(at("change", assessment.pk)))
        assert other.get(at("kept", slot.pk)).status_code == 404
        assert other.get(at("conflict", assessment.pk, slot.pk)).status_code == 404
        other.post(at("discard", slot.pk))
        assessment.refresh_from_db()
        assert (assessment.edition, Assessment.objects.count()) == (edition, 1)
        assert autosave.kept(editor.user)

    def test_can_be_given_up(self, editor, assessment):
        keep(editor, opened(editor, assessment))
        editor.post(at("discard", Autosave.objects.get().pk))
        assert not autosave.kept(editor.user)

    def test_what_comes_late_does_not_come_back_after_the_save(self, editor, assessment):
        data = opened(editor, assessment) | {"timeline": "Saved."}
        keep(editor, data)
        save(editor, assessment, data)
        late = keep(editor, data)
        assert (late.status_code, late.json()["spent"]) == (409, True)
        assert not autosave.kept(editor.user)

    def test_a_form_that_is_sent_twice_is_saved_once(self, editor, assessment):
        data = opened(editor, assessment) | {"timeline": "Saved."}
        save(editor, assessment, data)
        edition = assessment.edition
        again = save(editor, assessment, data)
        assert again.url == at("change", assessment.pk)
        assert assessment.edition == edition
        role = Role.objects.create(slug="clerk", title="Clerk")
        new = form_data(editor, at("add")) | {"role": role.pk, "timeline": "New."}
        editor.post(at("add"), new)
        assert editor.post(at("add"), new).url == at("change", role.assessments.get().pk)

    def test_is_bounded_and_says_so(self, editor, assessment):
        data = opened(editor, assessment)
        for _ in range(autosave.MOST_SLOTS):
            key = uuid4()
            Autosave.objects.create(user=editor.user, key=key, data="timeline=x")
        assert "the most: give one up" in keep(editor, data).json()["why"]
        # What is kept already goes on being kept.
        assert keep(editor, data | {"slot": key}).status_code == 200
        assert keep(editor, data | {"slot": key, "timeline": "é" * 500_000}).status_code == 413
        assert "at most 20 texts" in words(editor.get(at("all_kept")))


class TestWhereTheFormIsNoLongerGood:
    def test_the_session_has_ended(self, editor, assessment):
        data = opened(editor, assessment) | {"timeline": "Not lost."}
        stranger = Client()
        assert keep(stranger, data).status_code == 401
        page = stranger.post(at("change", assessment.pk), data)
        assert (page.status_code, "You are signed out." in words(page)) == (403, True)
        # Having signed in elsewhere, one presses the button.
        form = editor.post(at("take"), taken_from(page), follow=True)
        save(editor, assessment, posted_by(form))
        assert assessment.timeline == "Not lost."

    def test_the_token_has_changed(self, assessment):
        client = Client(enforce_csrf_checks=True)
        client.force_login(person("zoe", "Editor"))
        data = opened(client, assessment) | {"timeline": "Not lost."}
        page = client.post(at("change", assessment.pk), data | {"csrfmiddlewaretoken": "x" * 32})
        assert "You have signed in again" in words(page)
        assert "Not+lost." in words(page)
        elsewhere = client.post(at("change", assessment.pk), data, headers={"Origin": "http://x.y"})
        assert "Not+lost." not in words(elsewhere)

    def test_any_other_form_is_sent_again(self, editor, assessment):
        """A remark, sent without a session and with a token that is none any more."""
        remark = {"step": "comment", "section": "Evidence Score", "text": "Which\nyear?"}
        signed_out = Client().post(at("step", assessment.pk), remark)
        client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
        client.force_login(editor.user)
        token_changed = client.post(at("step", assessment.pk), remark)
        for page in (signed_out, token_changed):
            assert "Not saved yet, and not lost" in words(page)
            editor.post(page.context["address"], taken_from(page))
        assert [one.text for one in assessment.comments.all()] == ["Which\nyear?"] * 2
        elsewhere = client.post(at("step", assessment.pk), remark, headers={"Origin": "http://x.y"})
        assert "Which" not in words(elsewhere)

    def test_somebody_else_has_signed_in(self, editor, other, assessment):
        data = opened(editor, assessment) | {"timeline": "By ed."}
        assert keep(other, data).status_code == 403
        assert "eve is signed in" in words(save(other, assessment, data))
        assert assessment.timeline != "By ed."

    @pytest.mark.parametrize("end", [publish, delete])
    def test_the_draft_is_published_or_deleted(self, editor, assessment, end):
        data = opened(editor, assessment) | {"timeline": "Not lost."}
        end(assessment)
        page = editor.get(save(editor, assessment, data).url)
        assert "Not lost." in words(page)
        into = editor.post(at("into_draft", page.context["slot"].pk))
        form = choose(editor, into) if "/conflict/" in into.url else editor.get(into.url)
        again = editor.post(form.request["PATH_INFO"], posted_by(form))
        assert again.status_code == 302
        new = Assessment.objects.open().get()
        assert (new.timeline, new.pk != assessment.pk) == ("Not lost.", True)
        assert new.tasks.count() == 7
        assert not autosave.kept(editor.user)

    def test_the_draft_is_replaced_by_an_import(self, editor, assessment):
        data = opened(editor, assessment) | {"timeline": "Not lost."}
        new = import_document(titled(assessment.role.title, growth_check="New.")).assessment
        page = editor.get(save(editor, assessment, data).url)
        assert "was replaced by another" in words(page)
        into = editor.post(at("into_draft", page.context["slot"].pk))
        form = choose(editor, into)
        assert save(editor, new, posted_by(form)).status_code == 302
        assert (new.timeline, new.growth_check) == ("Not lost.", "New.")

    def test_a_draft_of_somebody_else_is_not_written_to(self, assessor, editor):
        own = import_document(reference_document(), author=assessor.user).assessment
        keep(assessor, opened(assessor, own) | {"timeline": "Not lost."})
        delete(own)
        theirs = import_document(titled(own.role.title), author=editor.user).assessment
        slot = autosave.kept(assessor.user).get()
        page = assessor.post(at("into_draft", slot.pk), follow=True)
        assert "is for its author to change" in words(page)
        assert "Not lost." in words(page)
        assert assessor.get(at("conflict", theirs.pk, slot.pk)).status_code == 302

    def test_nothing_is_kept_of_a_draft_that_the_person_does_not_see(self, assessor, editor):
        assessment = draft()
        data = opened(editor, assessment) | {"person": assessor.user.pk}
        assert keep(assessor, data).status_code == 200
        assert autosave.kept(assessor.user).get().opened is None


def taken_from(response):
    """The hidden fields of the page of a form that was not taken."""
    return dict(response.context["fields"])


class TestLargeForms:
    def with_sources(self, client, assessment, count):
        data = opened(client, assessment)
        there = int(data["sources-INITIAL_FORMS"])
        for number in range(there, count):
            values = {"id": "", "assessment": assessment.pk, "position": number}
            values |= {"dimension": "Wage Trends", "title": f"Source {number}"}
            values |= {"publisher": "", "url": "", "seen": "2026"}
            data |= {f"sources-{number}-{name}": value for name, value in values.items()}
        return data | {"sources-TOTAL_FORMS": count}

    @pytest.mark.parametrize("count", [61, MAX_ROWS])
    def test_are_kept_and_saved(self, editor, assessment, count):
        data = self.with_sources(editor, assessment, count)
        assert keep(editor, data).status_code == 200
        assert save(editor, assessment, data).status_code == 302
        assert assessment.sources.count() == count

    def test_of_more_rows_than_a_document_has_say_so(self, editor, assessment):
        data = self.with_sources(editor, assessment, MAX_ROWS + 1)
        assert f"more than {MAX_ROWS} rows" in keep(editor, data).json()["why"]
        assert f"more than {MAX_ROWS} rows" in words(save(editor, assessment, data))

    def test_the_largest_has_fewer_fields_than_are_taken(self, editor, assessment, settings):
        """Every table to which one can add has a hundred rows."""
        response = editor.get(at("change", assessment.pk))
        count = len(posted_by(response))
        for inline in response.context["inline_admin_formsets"]:
            formset = inline.formset
            if formset.max_num == MAX_ROWS:
                more = MAX_ROWS - len(formset.forms)
                count += more * len(formset.empty_form.fields)
        assert 2_000 < count < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_snapshots_that_nobody_typed_into_are_forgotten(editor, assessment):
    opened(editor, assessment)
    FormSnapshot.objects.update(made_at="2020-01-01T00:00Z", edition=999)
    opened(editor, assessment)
    assert FormSnapshot.objects.get().edition == assessment.edition


def test_without_a_difference_there_is_nothing_to_choose():
    assert Conflict([], QueryDict("a=1"), QueryDict("a=2"), None).differences == []


@pytest.mark.django_db(transaction=True)
def test_three_saves_at_once_end_with_one_and_no_fault():
    """A double click, and one more: each is answered, and the text is there once."""
    client = signed_in(person("ed", "Editor"))
    role = Role.objects.create(slug="clerk", title="Clerk")
    data = form_data(client, at("add")) | {"role": role.pk, "timeline": "Once."}
    keep(client, data)
    answers = []

    def post():
        mine = signed_in(client.user)
        mine.raise_request_exception = False
        answers.append(mine.post(at("add"), data).status_code)
        answers.append(keep(mine, data).status_code)
        connection.close()

    threads = [Thread(target=post) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302] * 3 + [409] * 3
    assert role.assessments.get().timeline == "Once."

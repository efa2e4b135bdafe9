"""Two people on one draft, sessions that end, saves that fail: every word is still there."""

import pytest

from roles.models import Assessment, Autosave
from tests.editing.conftest import at, form_data, person, signed_in
from tests.factories import draft

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
    assessment.refresh_from_db()
    return response


def resend(response):
    """What the browser would post from the form as it came back."""
    data = {}
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            if not form.is_bound:
                continue
            data[bound.html_name] = form.data.get(bound.html_name, "")
            if bound.field.show_hidden_initial:
                data[bound.html_initial_name] = form.data.get(bound.html_initial_name, "")
    return data


class TestTwoPeople:
    def test_different_fields_end_up_both(self, editor, other, assessment):
        mine, theirs = opened(editor, assessment), opened(other, assessment)
        save(other, assessment, theirs | {"timeline": "Theirs.", "tasks-1-score": "5"})
        held = save(editor, assessment, mine | {"growth_check": "Mine.", "tasks-0-score": "3"})
        html = held.content.decode()
        assert "eve has saved this assessment" in html
        assert "Taken from them: Timeline, task “Assigning ICD-10 diagnosis codes”, score." in html
        assert assessment.growth_check != "Mine."
        again = save(editor, assessment, resend(held))
        assert again.status_code == 302
        assert (assessment.timeline, assessment.growth_check) == ("Theirs.", "Mine.")
        assert [task.score for task in assessment.tasks.all()][:2] == [3, 5]

    def test_the_same_field_is_left_to_the_person_with_both_texts(self, editor, other, assessment):
        mine, theirs = opened(editor, assessment), opened(other, assessment)
        save(other, assessment, theirs | {"timeline": "Theirs."})
        held = save(editor, assessment, mine | {"timeline": "Mine."})
        html = held.content.decode()
        assert "You both changed Timeline." in html
        assert "<q>Theirs.</q>" in html
        assert ">\nMine.</textarea>" in html
        assert assessment.timeline == "Theirs."
        save(editor, assessment, resend(held))
        assert assessment.timeline == "Mine."

    def test_a_row_that_the_other_deleted(self, editor, other, assessment):
        mine, theirs = opened(editor, assessment), opened(other, assessment)
        save(other, assessment, theirs | {"tasks-6-DELETE": "on"})
        held = save(editor, assessment, mine | {"tasks-6-rationale": "I was just writing here."})
        assert "a deleted task, kept as a new one" in held.content.decode()
        save(editor, assessment, resend(held))
        assert "I was just writing here." in [task.rationale for task in assessment.tasks.all()]
        assert assessment.tasks.count() == 7

    def test_one_person_alone_is_never_held_back(self, editor, assessment):
        data = opened(editor, assessment)
        editor.post(at("preview", assessment.pk), data | {"timeline": "Kept."})
        assert save(editor, assessment, data | {"timeline": "Saved."}).status_code == 302
        assert assessment.timeline == "Saved."


class TestAutosave:
    def test_what_was_typed_comes_back_after_a_crash(self, editor, assessment):
        data = opened(editor, assessment) | {"timeline": "Typed and lost?"}
        editor.post(at("preview", assessment.pk), data)
        again = editor.get(at("change", assessment.pk)).content.decode()
        assert "You typed here and did not save" in again
        restored = editor.get(at("change", assessment.pk) + "?restore=1")
        assert "Typed and lost?" in restored.content.decode()
        assert "Nothing of it is saved yet" in restored.content.decode()
        assert save(editor, assessment, resend(restored)).status_code == 302
        assert assessment.timeline == "Typed and lost?"
        assert not Autosave.objects.exists()

    def test_a_new_assessment_has_a_slot_too(self, editor):
        data = form_data(editor, at("add")) | {"timeline": "First words."}
        editor.post(at("preview_new"), data)
        assert "First words." in editor.get(at("add") + "?restore=1").content.decode()
        assert not Assessment.objects.exists()

    def test_is_seen_by_nobody_else_and_makes_no_version(self, editor, other, assessment):
        edition = assessment.edition
        editor.post(at("preview", assessment.pk), opened(editor, assessment))
        assert "You typed here" not in other.get(at("change", assessment.pk)).content.decode()
        assessment.refresh_from_db()
        assert assessment.edition == edition
        assert Assessment.objects.count() == 1

    def test_can_be_given_up(self, editor, assessment):
        editor.post(at("preview", assessment.pk), opened(editor, assessment))
        editor.post(at("discard", assessment.pk))
        assert not Autosave.objects.exists()

    def test_a_restored_text_meets_the_same_guard(self, editor, other, assessment):
        editor.post(
            at("preview", assessment.pk), opened(editor, assessment) | {"timeline": "Mine."}
        )
        save(other, assessment, opened(other, assessment) | {"timeline": "Theirs."})
        restored = editor.get(at("change", assessment.pk) + "?restore=1")
        assert "You both changed Timeline" in restored.content.decode()
        assessment.refresh_from_db()
        assert assessment.timeline == "Theirs."
        save(editor, assessment, resend(restored))
        assert assessment.timeline == "Mine."


def test_a_save_that_does_not_say_what_it_is_based_on_is_held_back(editor, assessment):
    data = opened(editor, assessment) | {"timeline": "From nowhere."}
    del data["edition"]
    assert save(editor, assessment, data).status_code == 200
    assert assessment.timeline != "From nowhere."

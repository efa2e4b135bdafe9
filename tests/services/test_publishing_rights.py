"""Who may publish: not the one who worked on a version, where somebody else can."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from roles.models import Assessment
from roles.services.import_document import import_document
from roles.services.permissions import may_publish, may_restore
from roles.services.publish import NotAllowed, publish
from roles.services.workflow import delete, new_draft, restore, roll_back, schedule, submit
from tests.editing.conftest import person
from tests.factories import draft, published, reference_document
from tests.reference import CONTENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(db):
    return person("ann", "Assessor")


@pytest.fixture
def ed(db):
    return person("ed", "Editor")


@pytest.fixture
def eve(db):
    return person("eve", "Editor")


def by(author):
    return import_document(reference_document(), author=author).assessment


def saved_by(editor, assessment):
    """As the form keeps it."""
    Assessment.objects.filter(pk=assessment.pk).update(edited_by=editor)
    assessment.contributors.add(editor)
    assessment.refresh_from_db()
    return assessment


class TestSecondPerson:
    def test_whoever_wrote_it_leaves_it_to_another(self, ed, eve):
        assessment = by(ed)
        assert not may_publish(ed, assessment)
        assert may_publish(eve, assessment)

    def test_so_does_whoever_changed_what_another_wrote(self, ann, ed, eve):
        assessment = saved_by(ed, by(ann))
        assert not may_publish(ed, assessment)
        assert may_publish(eve, assessment)

    def test_even_if_somebody_else_saved_last(self, ann, ed, eve):
        assessment = saved_by(ann, saved_by(ed, by(ann)))
        assert not may_publish(ed, assessment)

    def test_where_all_who_can_have_worked_on_it_the_last_to_save_does_not_publish(self, ed, eve):
        assessment = saved_by(eve, by(ed))
        assert not may_publish(eve, assessment)
        assert may_publish(ed, assessment)

    def test_who_alone_can_publish_may(self, ann, ed):
        assert may_publish(ed, saved_by(ed, by(ann)))

    def test_a_person_who_left_does_not_count(self, ed, eve):
        eve.is_active = False
        eve.save()
        assert may_publish(ed, by(ed))

    def test_the_right_is_needed_even_where_nobody_has_worked_on_it(self, ann, ed):
        assert not may_publish(ann, draft())
        assert may_publish(ed, draft())

    def test_can_be_switched_off(self, ed, eve, settings):
        settings.SECOND_PERSON_PUBLISHES = False
        assert may_publish(ed, by(ed))
        assert may_publish(ed, saved_by(ed, by(ed)))


class TestContributors:
    def test_an_import_by_command_names_its_author(self, ed, eve):
        call_command("import_assessment", CONTENT, author="ed", verbosity=0)
        assessment = Assessment.objects.get()
        assert assessment.author == ed
        assert list(assessment.contributors.all()) == [ed]
        assert not may_publish(ed, assessment)

    def test_an_import_by_somebody_unknown_is_refused(self, db):
        with pytest.raises(CommandError, match="there is no user nobody"):
            call_command("import_assessment", CONTENT, author="nobody", verbosity=0)

    def test_a_new_draft_of_what_is_published_is_by_the_one_who_made_it(self, ed, eve):
        revised = new_draft(publish(by(eve)), ed)
        assert list(revised.contributors.all()) == [ed]
        assert not may_publish(ed, revised)
        assert may_publish(eve, revised)

    def test_rolling_back_keeps_those_of_the_older_version(self, ann, ed, eve):
        first = publish(by(ann))
        publish(new_draft(first, eve))
        first.refresh_from_db()
        assert set(roll_back(first, ed).contributors.all()) == {ann, ed}

    def test_whoever_wrote_the_older_version_does_not_roll_back_to_it(self, ed, eve):
        first = publish(by(ed))
        publish(new_draft(first, eve))
        first.refresh_from_db()
        with pytest.raises(NotAllowed, match="somebody else"):
            roll_back(first, ed)


class TestRestoring:
    def test_what_was_published_needs_the_right_to_publish(self, ann, ed):
        assessment = publish(by(ann))
        delete(assessment)
        assessment.refresh_from_db()
        assert not may_restore(ann, assessment)
        assert may_restore(ed, assessment)

    def test_what_was_published_needs_a_second_person(self, ed, eve):
        assessment = publish(by(ed))
        delete(assessment)
        assessment.refresh_from_db()
        assert not may_restore(ed, assessment)
        assert may_restore(eve, assessment)

    def test_a_draft_is_restored_by_its_author(self, ann, ed):
        assessment = by(ann)
        delete(assessment)
        assessment.refresh_from_db()
        assert may_restore(ann, assessment)
        assert may_restore(ed, assessment)
        assert not may_restore(person("amy", "Assessor"), assessment)


class TestStates:
    def test_a_superseded_version_comes_back_as_superseded(self):
        first = published()
        second = publish(new_draft(first))
        delete(first)
        assert restore(first).status == "superseded"
        second.refresh_from_db()
        assert second.status == "published"

    def test_a_superseded_version_does_not_take_the_place_of_a_withdrawn_one(self):
        first = published()
        second = publish(new_draft(first))
        delete(first)
        delete(second)
        assert restore(first).status == "superseded"
        assert not Assessment.objects.published().exists()

    def test_a_published_version_does_not_come_back_over_another(self):
        first = published()
        delete(first)
        second = publish(new_draft(first))
        with pytest.raises(Exception, match="has taken its place"):
            restore(first)
        second.refresh_from_db()
        assert second.status == "published"

    def test_a_draft_in_review_comes_back_as_a_draft(self):
        assessment = draft()
        submit(assessment)
        delete(assessment)
        assert restore(assessment).status == "draft"

    @pytest.mark.parametrize("make", [draft, published])
    def test_only_what_is_in_review_is_scheduled(self, make):
        tomorrow = timezone.now() + timedelta(days=1)
        with pytest.raises(Exception, match="is not in review"):
            schedule(make(), tomorrow)

    def test_a_deleted_one_is_not_published_when_its_time_comes(self):
        assessment = draft()
        submit(assessment)
        schedule(assessment, timezone.now() + timedelta(days=1))
        delete(assessment)
        assessment.refresh_from_db()
        assert assessment.publish_at is None

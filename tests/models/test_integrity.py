"""The score is never stale and the published never changes, whichever way one comes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from roles.documents.fields import FIELDS, Kind
from roles.models import (
    Assessment,
    BarrierItem,
    Claim,
    EvidenceItem,
    PrincipleItem,
    Role,
    RoleRelation,
    SeniorityVariant,
    Task,
    recalculated_once,
)
from roles.models.recalculation import recalculate
from roles.services.import_document import import_document
from roles.services.publish import publish
from roles.vocabulary import Status
from scoring.dimensions import Mode
from tests.factories import draft, published, reference_document

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
"""For guards that look at the end of a transaction."""


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def stored(assessment):
    return Assessment.objects.get(pk=assessment.pk)


def first_task(assessment):
    return assessment.tasks.order_by("position").first()


class TestTheScoreFollowsTheInputs:
    """Reading clinical documentation, 20 % of time, goes from score 4 to 1: weighted 2.60."""

    CHANGED = Decimal("2.600")

    def assert_changed(self, assessment):
        after = stored(assessment)
        assert after.weighted == self.CHANGED
        assert after.task_resistance_raw == Decimal("3.400")
        assert not after.score_is_stale

    def test_save(self):
        assessment = draft()
        task = first_task(assessment)
        task.score = 1
        task.save()
        self.assert_changed(assessment)

    def test_save_of_one_field(self):
        assessment = draft()
        task = first_task(assessment)
        task.score = 1
        task.save(update_fields=["score"])
        self.assert_changed(assessment)

    def test_update(self):
        assessment = draft()
        assessment.tasks.filter(pk=first_task(assessment).pk).update(score=1)
        self.assert_changed(assessment)

    def test_bulk_update(self):
        assessment = draft()
        task = first_task(assessment)
        task.score = 1
        Task.objects.bulk_update([task], ["score"])
        self.assert_changed(assessment)

    def test_delete_and_bulk_create(self):
        assessment = draft()
        task = first_task(assessment)
        task.delete()
        assert stored(assessment).published_score is None
        task.pk, task.score = None, 1
        Task.objects.bulk_create([task])
        self.assert_changed(assessment)

    def test_delete_of_a_queryset(self):
        assessment = draft()
        Task.objects.filter(pk=first_task(assessment).pk).delete()
        after = stored(assessment)
        assert after.published_score is None
        assert after.zone == ""

    def test_update_or_create(self):
        assessment = draft()
        Task.objects.update_or_create(pk=first_task(assessment).pk, defaults={"score": 1})
        self.assert_changed(assessment)

    def test_a_row_moved_to_another_assessment_changes_both(self):
        assessment = draft()
        other = Assessment.objects.create(role=role_of_its_own(), version=1)
        task = first_task(assessment)
        task.assessment = other
        task.save()
        assert stored(assessment).published_score is None
        Task.objects.filter(pk=task.pk).update(assessment=assessment)
        assert stored(assessment).published_score == Decimal("22.4")

    def test_saving_the_assessment(self):
        assessment = draft()
        assessment.override = None
        assessment.override_reason = ""
        assessment.save()
        assert assessment.published_score == Decimal("21.2")
        assert stored(assessment).published_score == Decimal("21.2")

    def test_saving_an_assessment_read_before_a_task_changed(self):
        assessment = draft()
        old = stored(assessment)
        first_task(assessment).delete()
        old.timeline = "Soon."
        old.save()
        after = stored(assessment)
        assert after.timeline == "Soon."
        assert after.published_score is None

    def test_updating_assessments(self):
        assessment = draft()
        Assessment.objects.filter(pk=assessment.pk).update(growth=0)
        after = stored(assessment)
        assert after.growth_modifier == 1
        assert after.sub_label == "Exposed"

    @pytest.mark.parametrize("model", [EvidenceItem, BarrierItem, PrincipleItem])
    def test_every_kind_of_item(self, model):
        assessment = draft()
        before = stored(assessment)
        row = model.objects.filter(assessment=assessment, score=0).first()
        row.score = 1
        row.save()
        after = stored(assessment)
        totals = ("evidence_total", "barrier_total", "protective_total")
        changed = [getattr(after, total) - getattr(before, total) for total in totals]
        assert sorted(changed) == [0, 0, 1]

    def test_many_changes_in_one_block_are_recalculated_at_its_end(self):
        assessment = draft()
        tasks = list(assessment.tasks.all())
        with recalculated_once():
            for task in tasks:
                task.score = 1
                task.save()
            assert Assessment.objects.get(pk=assessment.pk).score_is_stale
        after = stored(assessment)
        assert after.weighted == 1
        assert not after.score_is_stale


def role_of_its_own():
    return Role.objects.create(slug="another-role", title="Another role")


@committed
class TestPlainSQL:
    def test_an_update_of_a_task_is_refused_unless_the_score_follows(self):
        assessment = draft()
        task = first_task(assessment)
        with pytest.raises(IntegrityError, match="changed without its score"):
            sql("UPDATE roles_task SET score = 1 WHERE id = %s", task.pk)
        task.refresh_from_db()
        assert task.score == 4
        assert stored(assessment).weighted == Decimal("3.200")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE roles_task SET time = time + 1",
            "DELETE FROM roles_task",
            "UPDATE roles_evidenceitem SET score = 2",
            "UPDATE roles_barrieritem SET score = 2",
            "UPDATE roles_principleitem SET score = 2",
            "UPDATE roles_assessment SET growth = 2",
            "UPDATE roles_assessment SET override = 90",
            "UPDATE roles_assessment SET adjusted_task_resistance = 5",
        ],
    )
    def test_no_input_can_change_alone(self, statement):
        draft()
        with pytest.raises(IntegrityError, match="changed without its score"):
            sql(statement)

    def test_with_a_recalculation_in_the_same_transaction_it_is_accepted(self):
        assessment = draft()
        with transaction.atomic():
            sql("UPDATE roles_task SET score = 1 WHERE id = %s", first_task(assessment).pk)
            recalculate([assessment.pk])
        assert stored(assessment).weighted == Decimal("2.600")

    @pytest.mark.parametrize("column", ["published_score", "formula_score", "raw"])
    def test_a_figure_cannot_be_written(self, column):
        draft()
        with pytest.raises(IntegrityError, match="written by recalculation only"):
            sql(f"UPDATE roles_assessment SET {column} = 9")


class TestRanges:
    @pytest.mark.parametrize(
        ("table", "column", "value"),
        [
            ("task", "score", 6),
            ("task", "score", 0),
            ("task", "time", 0),
            ("task", "time", 100.1),
            ("task", "mode", "MAYBE"),
            ("task", "name", " "),
            ("evidenceitem", "score", 3),
            ("evidenceitem", "score", -3),
            ("evidenceitem", "dimension", "Weather"),
            ("barrieritem", "score", 3),
            ("barrieritem", "score", -1),
            ("principleitem", "score", 4),
            ("assessment", "growth", 3),
            ("assessment", "override", 100.1),
            ("assessment", "override_reason", ""),
            ("assessment", "adjusted_task_resistance", 0.99),
            ("assessment", "adjustment_reason", " "),
            ("assessment", "status", "lost"),
            ("assessment", "provenance", "Rumour"),
            ("rolerelation", "cited_score", 101),
            ("rolerelation", "cited_zone", "Blue"),
            ("seniorityvariant", "low", 99),
            ("claim", "figure", "luck"),
        ],
    )
    def test_the_database_holds_them(self, table, column, value):
        draft()
        with pytest.raises(DatabaseError):
            sql(f"UPDATE roles_{table} SET {column} = %s", value)

    def test_a_dimension_stands_once(self):
        assessment = draft()
        with pytest.raises(IntegrityError):
            EvidenceItem.objects.create(
                assessment=assessment, dimension="Wage Trends", score=0, rationale="Again."
            )

    def test_a_role_has_one_open_draft(self):
        assessment = draft()
        with pytest.raises(IntegrityError):
            Assessment.objects.create(role=assessment.role, version=2)


class TestPublication:
    def publish_by_sql(self, assessment):
        sql(
            "UPDATE roles_assessment SET status = 'published', published_at = now(), "
            "content_digest = 'of a test' WHERE id = %s",
            assessment.pk,
        )

    def test_a_complete_assessment_can_be_published(self):
        assessment = draft()
        self.publish_by_sql(assessment)
        assert stored(assessment).status == Status.PUBLISHED

    def test_the_time_has_to_sum_to_100(self):
        assessment = draft()
        assessment.tasks.filter(pk=first_task(assessment).pk).update(time=19)
        with pytest.raises(IntegrityError, match="without a current score"):
            self.publish_by_sql(assessment)

    @pytest.mark.parametrize("rows", ["tasks", "evidence", "barriers", "principles"])
    def test_every_item_has_to_have_a_rationale(self, rows):
        assessment = draft()
        row = getattr(assessment, rows).first()
        row.rationale = "  "
        row.save()
        with pytest.raises(IntegrityError, match="to have a rationale"):
            self.publish_by_sql(assessment)

    def test_every_required_text_has_to_be_there(self):
        assessment = draft()
        empty = {Kind.STEPS: [], Kind.YEAR: None}
        for field in FIELDS.values():
            if field.required:
                with pytest.raises(IntegrityError, match="text that a document requires"):
                    self.publish_without(assessment, **{field.name: empty.get(field.kind, " \n")})

    def publish_without(self, assessment, **changes):
        with transaction.atomic():
            Assessment.objects.filter(pk=assessment.pk).update(**changes)
            self.publish_by_sql(assessment)

    def test_the_role_has_to_have_a_level(self):
        assessment = draft()
        roles = Role.objects.filter(pk=assessment.role_id)
        roles.update(seniority="")
        with pytest.raises(IntegrityError, match="text that a document requires"):
            self.publish_by_sql(assessment)

    def test_a_role_has_one_published_assessment(self):
        assessment = published()
        with pytest.raises(IntegrityError):
            sql(
                "INSERT INTO roles_assessment SELECT (jsonb_populate_record(a, "
                '\'{"id": 999, "version": 9}\')).* FROM roles_assessment a WHERE id = %s',
                assessment.pk,
            )

    def test_publishing_supersedes_the_version_before(self):
        first = published()
        second = clone_as_draft(first)
        publish(second)
        assert stored(first).status == Status.SUPERSEDED
        assert stored(first).superseded_at is not None
        assert stored(second).status == Status.PUBLISHED


def clone_as_draft(assessment):
    changed = replace(reference_document(), timeline="Sooner than was thought.")
    return import_document(changed).assessment


class TestPublishedIsImmutable:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE roles_assessment SET timeline = 'never'",
            "UPDATE roles_assessment SET status = 'draft'",
            "UPDATE roles_assessment SET status = 'superseded', timeline = 'never'",
            "DELETE FROM roles_assessment",
            "UPDATE roles_task SET rationale = 'other'",
            "DELETE FROM roles_task",
            "UPDATE roles_evidenceitem SET score = 2",
            "UPDATE roles_claim SET claimed = '75'",
            "DELETE FROM roles_rolerelation",
            "DELETE FROM roles_seniorityvariant",
        ],
    )
    def test_by_sql(self, statement):
        published()
        with pytest.raises(IntegrityError, match="published assessment cannot be changed"):
            sql(statement)

    def test_a_row_cannot_be_added(self):
        assessment = published()
        with pytest.raises(IntegrityError, match="cannot be changed"):
            Task.objects.create(
                assessment=assessment, name="New", time=1, score=1, mode=Mode.AUGMENTATION
            )

    def test_a_row_cannot_be_moved_in(self):
        assessment = published()
        other = Assessment.objects.create(role=role_of_its_own(), version=1)
        source = Claim.objects.create(assessment=other, figure="raw", claimed="2")
        with pytest.raises(IntegrityError, match="cannot be changed"):
            Claim.objects.filter(pk=source.pk).update(assessment=assessment)

    def test_by_the_models(self):
        assessment = published()
        assessment.timeline = "never"
        with pytest.raises(IntegrityError, match="cannot be changed"):
            assessment.save()
        with pytest.raises(IntegrityError, match="cannot be changed"):
            stored(assessment).delete()

    @committed
    def test_a_superseded_version_stays_as_it_was(self):
        first = published()
        publish(clone_as_draft(first))
        with pytest.raises(IntegrityError, match="cannot be changed"):
            sql("UPDATE roles_assessment SET status = 'published' WHERE id = %s", first.pk)
        assert RoleRelation.objects.filter(assessment=first).count() == 8
        assert SeniorityVariant.objects.filter(assessment=first).count() == 2

    def test_a_draft_can_be_deleted_with_all_its_rows(self):
        assessment = draft()
        assessment.delete()
        assert not Task.objects.exists()

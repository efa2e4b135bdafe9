"""The scored rows of an assessment: tasks, evidence, barriers and principles."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from roles.models.assessment import Assessment, recalculate
from roles.models.fields import (
    PlainChar,
    PlainText,
    choices_of,
    in_range,
    not_empty,
    one_of,
)
from roles.models.tracking import tracked
from roles.sql import triggers
from scoring import method
from scoring.method import Barrier, EvidenceDimension, Mode, Principle


class ScoredRowQuerySet(models.QuerySet):
    """Rows whose change in bulk recalculates their assessments, as saving one does."""

    def bulk_create(self, objs: Iterable[Any], *args, **kwargs) -> list[Any]:
        """Insert rows, then recalculate their assessments."""
        with transaction.atomic():
            created = super().bulk_create(objs, *args, **kwargs)
            recalculate({row.assessment_id for row in created})
        return created

    def update(self, **kwargs) -> int:
        """Update rows, then recalculate the assessments they belong to or came from."""
        with transaction.atomic():
            changed = dict(self.order_by().values_list("pk", "assessment_id"))
            count = super().update(**kwargs)
            now = self.model._base_manager.filter(pk__in=changed)
            moved_to = now.values_list("assessment_id", flat=True)
            recalculate({*changed.values(), *moved_to})
        return count

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows, then recalculate the assessments they belonged to."""
        with transaction.atomic():
            assessments = set(self.order_by().values_list("assessment_id", flat=True))
            deleted = super().delete()
            recalculate(assessments)
        return deleted


class ScoredRow(models.Model):
    """A row with a score and a rationale, either of which a draft may lack.

    Saving or deleting it recalculates the assessment.
    """

    position = models.PositiveSmallIntegerField(default=0)
    score = models.SmallIntegerField(null=True, blank=True)
    rationale = PlainText()

    objects = ScoredRowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        triggers = [triggers.protect_published_rows(), triggers.mark_stale()]

    def save(self, *args, **kwargs) -> None:
        """Save the row and recalculate its assessment."""
        with transaction.atomic():
            before = type(self)._base_manager.filter(pk=self.pk)
            moved_from = set(before.values_list("assessment_id", flat=True)) if self.pk else set()
            super().save(*args, **kwargs)
            recalculate({self.assessment_id, *moved_from})

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Delete the row and recalculate its assessment."""
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            recalculate([self.assessment_id])
        return deleted


@tracked()
class Task(ScoredRow):
    """One task of the decomposition: percent of time, score 1 to 5, mode."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="tasks")
    name = PlainChar()
    time = models.DecimalField("time %", max_digits=4, decimal_places=1, null=True, blank=True)
    mode = models.CharField(max_length=12, blank=True, default="", choices=choices_of(Mode))

    class Meta(ScoredRow.Meta):
        constraints = [
            not_empty("name", "task_name_not_empty"),
            in_range("score", method.TASK_SCORE, "task_score"),
            models.CheckConstraint(
                condition=Q(time__gt=0, time__lte=100),
                name="task_time",
                violation_error_message="Time: expected more than 0 and at most 100 percent.",
            ),
            one_of("mode", Mode, "task_mode", blank=True),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class EvidenceItem(ScoredRow):
    """The evidence of one dimension, -2 to +2."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="evidence")
    dimension = models.CharField(max_length=40, choices=choices_of(EvidenceDimension))

    class Meta(ScoredRow.Meta):
        verbose_name_plural = "evidence"
        constraints = [
            in_range("score", method.EVIDENCE_SCORE, "evidence_score"),
            one_of("dimension", EvidenceDimension, "evidence_dimension"),
            models.UniqueConstraint(
                fields=["assessment", "dimension"], name="evidence_dimension_once"
            ),
        ]

    def __str__(self) -> str:
        return self.dimension


@tracked()
class BarrierItem(ScoredRow):
    """One barrier to AI doing the work, 0 to 2."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="barriers")
    dimension = models.CharField("barrier", max_length=40, choices=choices_of(Barrier))

    class Meta(ScoredRow.Meta):
        verbose_name = "barrier"
        constraints = [
            in_range("score", method.BARRIER_SCORE, "barrier_score"),
            one_of("dimension", Barrier, "barrier_dimension"),
            models.UniqueConstraint(
                fields=["assessment", "dimension"], name="barrier_dimension_once"
            ),
        ]

    def __str__(self) -> str:
        return self.dimension


@tracked()
class PrincipleItem(ScoredRow):
    """One protective principle, 0 to 3; not in the formula."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="principles")
    dimension = models.CharField("principle", max_length=40, choices=choices_of(Principle))

    class Meta(ScoredRow.Meta):
        verbose_name = "protective principle"
        constraints = [
            in_range("score", method.PRINCIPLE_SCORE, "principle_score"),
            one_of("dimension", Principle, "principle_dimension"),
            models.UniqueConstraint(
                fields=["assessment", "dimension"], name="principle_dimension_once"
            ),
        ]

    def __str__(self) -> str:
        return self.dimension

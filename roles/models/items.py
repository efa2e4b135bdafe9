"""The scored rows of an assessment: tasks, evidence, barriers and principles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Q

from roles.models.assessment import Assessment
from roles.models.field_types import (
    ColumnCheck,
    PlainChar,
    PlainText,
    choices,
    in_range,
    not_empty,
    one_of,
)
from roles.models.recalculation import RecalculatedQuerySet, recalculate
from roles.models.tracking import tracked
from scoring.dimensions import BARRIERS, EVIDENCE, PRINCIPLES, TASK_SCORE, DimensionGroup, Mode


class ScoredRow(models.Model):
    """A row with a score and a rationale, either of which a draft may lack.

    Saving or deleting it recalculates the assessment.
    """

    if TYPE_CHECKING:
        # A row of each model below has a key of its own to its assessment.
        assessment_id: int

    position = models.PositiveSmallIntegerField(default=0)
    score = models.SmallIntegerField(null=True, blank=True)
    rationale = PlainText()

    objects = RecalculatedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row and recalculate its assessment."""
        with transaction.atomic():
            key = RecalculatedQuerySet.assessment_key
            before = type(self)._base_manager.filter(pk=self.pk)
            moved_from = set(before.values_list(key, flat=True)) if self.pk else set()
            super().save(*args, **kwargs)
            recalculate({self.assessment_id, *moved_from})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
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
    mode = models.CharField(max_length=12, blank=True, default="", choices=choices(Mode))

    class Meta(ScoredRow.Meta):
        constraints = [
            not_empty("name", "task_name_not_empty"),
            in_range("score", TASK_SCORE, "task_score"),
            ColumnCheck(
                condition=Q(time__gt=0, time__lte=100),
                name="task_time",
                violation_error_message="Expected more than 0 and at most 100 percent.",
            ),
            one_of("mode", Mode, "task_mode", blank=True),
        ]

    def __str__(self) -> str:
        return self.name


def _dimension(group: DimensionGroup) -> models.CharField[str, str]:
    return models.CharField(max_length=40, choices=choices(group.dimensions))


class DimensionRow(ScoredRow):
    """The score of one dimension; the models below have a group of dimensions each."""

    group: DimensionGroup
    dimension: models.CharField[str, str]

    class Meta(ScoredRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.dimension


def _constraints(group: DimensionGroup) -> list[models.BaseConstraint]:
    return [
        in_range("score", group.scale, f"{group.name}_score"),
        one_of("dimension", group.dimensions, f"{group.name}_dimension"),
        models.UniqueConstraint(
            fields=["assessment", "dimension"], name=f"{group.name}_dimension_once"
        ),
    ]


@tracked()
class EvidenceItem(DimensionRow):
    """The evidence of one dimension."""

    group = EVIDENCE
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name=group.name)
    dimension = _dimension(group)

    class Meta(DimensionRow.Meta):
        verbose_name_plural = "evidence"
        constraints = _constraints(EVIDENCE)


@tracked()
class BarrierItem(DimensionRow):
    """One barrier to AI doing the work."""

    group = BARRIERS
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name=group.name)
    dimension = _dimension(group)

    class Meta(DimensionRow.Meta):
        verbose_name = "barrier"
        constraints = _constraints(BARRIERS)


@tracked()
class PrincipleItem(DimensionRow):
    """One protective principle; not in the formula."""

    group = PRINCIPLES
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name=group.name)
    dimension = _dimension(group)

    class Meta(DimensionRow.Meta):
        verbose_name = "protective principle"
        constraints = _constraints(PRINCIPLES)


ITEM_MODELS = {model.group.name: model for model in (EvidenceItem, BarrierItem, PrincipleItem)}
"""The model of each group of dimensions."""

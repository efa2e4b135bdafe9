"""The assessment: one dated version of a role's inputs, prose and computed figures."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from roles.models.columns import (
    CONSTRAINTS,
    STORED_FIGURES,
    DocumentColumns,
    FigureColumns,
)
from roles.models.field_types import choices, not_empty, one_of
from roles.models.recalculation import RecalculatedQuerySet, recalculate
from roles.models.role import Role
from roles.models.tracking import tracked
from roles.querysets import AssessmentQuerySet
from roles.vocabulary import OPEN, Status
from scoring.dimensions import DIMENSION_GROUPS, DimensionGroup, Mode
from scoring.figures import Score, score
from scoring.inputs import Inputs, TaskInput, problems
from scoring.method import METHODS, Method

INPUT_COLUMNS = (
    "method_version",
    "growth",
    "adjusted_task_resistance",
    "adjustment_reason",
    "override",
    "override_reason",
)
"""The columns of the assessment itself from which its score follows."""


# The stubs give each queryset a manager of its own, and here two of them meet.
class Assessments(AssessmentQuerySet, RecalculatedQuerySet):  # type: ignore[override]
    """Assessments, recalculated where they are changed in bulk."""

    assessment_key = "pk"


@tracked(exclude=[*STORED_FIGURES, "content_digest", "score_is_stale", "edition", "updated_at"])
class Assessment(DocumentColumns, FigureColumns, models.Model):  # type: ignore[misc]
    """One version of a role's assessment.

    The columns of its texts and inputs are those of ``documents.fields``, the columns of its
    figures those of ``scoring.figures``; the figures follow from the inputs and are never
    entered (``models.recalculation``).
    """

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveIntegerField()
    status = models.CharField(
        max_length=10, choices=choices(Status), default=Status.DRAFT.value, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    publish_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it is to be published by itself."
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="assessments",
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Who was asked to review it; none is anybody who may.",
    )
    contributors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Everyone who wrote or changed something in this version.",
    )
    edition = models.PositiveIntegerField(
        default=1, editable=False, help_text="Rises with every save, so that none is overwritten."
    )
    imported_digest = models.CharField(
        max_length=80,
        blank=True,
        default="",
        editable=False,
        help_text="What the assessment was when it was imported; empty if it was not.",
    )

    score_is_stale = models.BooleanField(default=True, editable=False)
    content_digest = models.CharField(
        max_length=80,
        blank=True,
        default="",
        editable=False,
        help_text="Of the whole content, since it was published.",
    )

    objects = Assessments.as_manager()

    class Meta:
        ordering = ["role__title", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["role", "version"], name="version_once_per_role"),
            models.UniqueConstraint(
                fields=["role"],
                condition=Q(status=Status.PUBLISHED),
                name="one_published_assessment_per_role",
            ),
            models.UniqueConstraint(
                fields=["role"],
                condition=Q(status__in=OPEN),
                name="one_open_draft_per_role",
                violation_error_message="This role has an open draft already.",
            ),
            one_of("status", list(Status), "assessment_status"),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(status=Status.IN_REVIEW),
                name="assessment_scheduled_in_review",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DELETED) ^ Q(deleted_at=None),
                name="assessment_deleted_at",
            ),
            not_empty("method_version", "assessment_method_version"),
            *CONSTRAINTS,
            models.CheckConstraint(
                condition=Q(adjusted_task_resistance__isnull=True)
                | Q(adjustment_reason__regex=r"\S"),
                name="assessment_adjustment_reason",
                violation_error_message="Adjustment: a reason is missing.",
            ),
            models.CheckConstraint(
                condition=Q(override__isnull=True) | Q(override_reason__regex=r"\S"),
                name="assessment_override_reason",
                violation_error_message="Override: a reason is missing.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN)
                | Q(status=Status.DELETED, published_at=None)
                | Q(published_score__isnull=False, published_at__isnull=False),
                name="assessment_published_is_scored",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(content_digest=""),
                name="assessment_published_has_digest",
            ),
        ]
        indexes = [
            models.Index(
                fields=["zone", "published_score"],
                condition=Q(status=Status.PUBLISHED),
                name="assessment_published_by_zone",
            ),
        ]
        permissions = [
            ("review_assessment", "Can review assessments and change those of others"),
            ("publish_assessment", "Can publish, schedule, roll back and restore assessments"),
        ]

    def __str__(self) -> str:
        return f"{self.role.title}, version {self.version} ({self.get_status_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the inputs and prose, and recalculate; figures are never taken from memory."""
        computed = (*STORED_FIGURES, "score_is_stale")
        if not self._state.adding and kwargs.get("update_fields") is None:
            self.edition += 1
            kwargs["update_fields"] = [
                field.attname
                for field in self._meta.concrete_fields
                if not field.primary_key and field.name not in computed
            ]
        with transaction.atomic():
            super().save(*args, **kwargs)
            recalculate([self.pk])
        self.refresh_from_db(fields=computed)

    def clean(self) -> None:
        """Name by the field what an adjustment or override lacks (section 2)."""
        lacking = {
            f"{name}_reason": f"The {name} needs a reason."
            for name, value in (
                ("adjustment", self.adjusted_task_resistance),
                ("override", self.override),
            )
            if value is not None and not getattr(self, f"{name}_reason").strip()
        }
        if lacking:
            raise ValidationError(lacking)

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.status in OPEN

    def items(self, group: DimensionGroup) -> Any:
        """The rows of the dimensions of one kind."""
        return getattr(self, group.name).all()

    def inputs(self) -> Inputs:
        """What is scored, from the stored rows. May be incomplete while a draft."""
        return Inputs(
            tasks=tuple(
                TaskInput(task.name, task.time, task.score, Mode(task.mode) if task.mode else None)
                for task in self.tasks.all()
            ),
            growth=self.growth,
            adjusted_task_resistance=self.adjusted_task_resistance,
            adjustment_reason=self.adjustment_reason,
            override=self.override,
            override_reason=self.override_reason,
            **{group.name: _scores(self.items(group)) for group in DIMENSION_GROUPS},
        )

    @property
    def method(self) -> Method:
        """The version of the method by which it is scored, for ever."""
        return METHODS[self.method_version]

    def score(self) -> Score | None:
        """The score of the stored inputs; None while they cannot be scored."""
        inputs = self.inputs()
        return None if problems(inputs) else score(inputs, self.method)


def _scores(items: Iterable[Any]) -> dict[Any, int]:
    return {item.dimension: item.score for item in items if item.score is not None}

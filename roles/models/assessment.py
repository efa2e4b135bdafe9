"""The assessment: one dated version of a role's inputs, prose and computed figures."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from roles.models.fields import PlainText, choices_of, in_range, not_empty, one_of
from roles.models.role import Role
from roles.models.tracking import tracked
from roles.querysets import AssessmentQuerySet
from roles.sql import triggers
from roles.vocabulary import OPEN, Provenance, Status
from scoring import method
from scoring.formula import Score, score
from scoring.inputs import Inputs, problems
from scoring.inputs import Task as ScoredTask
from scoring.method import CURRENT, METHODS, Lean, Method, Mode, Range, SubLabel, Zone

INPUT_COLUMNS = (
    "method_version",
    "growth",
    "adjusted_task_resistance",
    "adjustment_reason",
    "override",
    "override_reason",
)
FIGURES = (
    "weighted",
    "task_resistance_raw",
    "task_resistance",
    "evidence_total",
    "evidence_modifier",
    "barrier_total",
    "barrier_modifier",
    "growth_modifier",
    "protective_total",
    "raw",
    "formula_score",
    "published_score",
    "zone",
    "sub_label",
    "displacement",
    "augmentation",
    "not_involved",
    "share_3_plus",
    "lean",
)
"""The computed columns, named as in ``scoring.formula.Score``."""
WORDS = frozenset({"zone", "sub_label", "lean"})


def _figure(digits: int, decimals: int) -> models.DecimalField:
    return models.DecimalField(
        max_digits=digits, decimal_places=decimals, null=True, blank=True, editable=False
    )


def _word(words: Iterable[Any]) -> models.CharField:
    return models.CharField(
        max_length=20, blank=True, default="", editable=False, choices=choices_of(words)
    )


@tracked(exclude=[*FIGURES, "score_is_stale", "edition", "updated_at"])
class Assessment(models.Model):
    """One version of a role's assessment.

    The figures follow from the inputs and are never entered. They are recalculated in the
    transaction that changes an input, on every path: ``save`` and ``delete`` of this model
    and of its rows, and their querysets' ``bulk_create``, ``bulk_update``, ``update`` and
    ``delete``, call ``recalculate``. Paths that skip those (plain SQL, a fixture loaded raw)
    meet the triggers: any changed input marks the score as stale, and the database refuses
    to commit a transaction that leaves one stale.
    """

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveIntegerField()
    status = models.CharField(
        max_length=10, choices=choices_of(Status), default=Status.DRAFT.value, editable=False
    )
    method_version = models.CharField(max_length=10, default=CURRENT.version, editable=False)
    provenance = models.CharField(
        max_length=20, choices=choices_of(Provenance), default=Provenance.PUBLISHED.value
    )
    assessed_on = models.DateField(null=True, blank=True)
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
        max_length=64,
        blank=True,
        default="",
        editable=False,
        help_text="What the assessment was when it was imported; empty if it was not.",
    )

    primary_function = PlainText()
    not_this_role = PlainText(
        "what this role is not",
        help_text='"NOT a Title (note -- scored 20.9 Red)." for each role it is distinct from.',
    )
    typical_experience = PlainText()
    seniority_note = PlainText(
        help_text='Bands are read from it: "Trainees score lower Red (~16-18) -- why."'
    )
    growth = models.SmallIntegerField("AI growth correlation", null=True, blank=True)
    growth_rationale = PlainText("AI growth correlation: rationale")
    quick_screen = PlainText("quick screen result")
    adjusted_task_resistance = models.DecimalField(
        max_digits=3, decimal_places=2, null=True, blank=True
    )
    adjustment_reason = PlainText()
    reinstatement_check = PlainText()
    barrier_question = PlainText("reframed question of the barriers")
    growth_check = PlainText("AI growth correlation check")
    override = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    override_reason = PlainText()
    sub_label_note = PlainText()
    score_vs_reality = PlainText("score vs reality check")
    not_captured = PlainText("what the numbers don't capture")
    who_should_worry = PlainText("who should worry (and who shouldn't)")
    outlook_year = models.PositiveSmallIntegerField(null=True, blank=True)
    outlook = PlainText("the role in that year")
    survival_strategy = ArrayField(PlainText(), default=list, blank=True)
    timeline = PlainText()
    further_notes = PlainText()

    score_is_stale = models.BooleanField(default=True, editable=False)
    weighted = _figure(4, 3)
    task_resistance_raw = _figure(4, 3)
    task_resistance = _figure(4, 3)
    evidence_total = models.SmallIntegerField(null=True, blank=True, editable=False)
    evidence_modifier = _figure(3, 2)
    barrier_total = models.SmallIntegerField(null=True, blank=True, editable=False)
    barrier_modifier = _figure(3, 2)
    growth_modifier = _figure(3, 2)
    protective_total = models.SmallIntegerField(null=True, blank=True, editable=False)
    raw = _figure(10, 9)
    formula_score = _figure(4, 1)
    published_score = _figure(4, 1)
    zone = _word(Zone)
    sub_label = _word(SubLabel)
    displacement = _figure(4, 1)
    augmentation = _figure(4, 1)
    not_involved = _figure(4, 1)
    share_3_plus = _figure(4, 1)
    lean = _word(Lean)

    objects = AssessmentQuerySet.as_manager()

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
            one_of("provenance", Provenance, "assessment_provenance"),
            not_empty("method_version", "assessment_method_version"),
            in_range("growth", method.GROWTH, "assessment_growth"),
            in_range("adjusted_task_resistance", method.TASK_RESISTANCE, "assessment_adjustment"),
            in_range("override", method.PUBLISHED_SCORE, "assessment_override"),
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
            in_range("weighted", method.TASK_SCORE, "assessment_weighted"),
            in_range("task_resistance_raw", method.TASK_RESISTANCE, "assessment_raw_resistance"),
            in_range("task_resistance", method.TASK_RESISTANCE, "assessment_resistance"),
            in_range("evidence_total", method.EVIDENCE_TOTAL, "assessment_evidence_total"),
            in_range("barrier_total", method.BARRIER_TOTAL, "assessment_barrier_total"),
            in_range("protective_total", method.PROTECTIVE_TOTAL, "assessment_protective_total"),
            in_range("formula_score", method.PUBLISHED_SCORE, "assessment_formula_score"),
            in_range("published_score", method.PUBLISHED_SCORE, "assessment_published_score"),
            in_range("share_3_plus", Range(0, 100), "assessment_share_3_plus"),
            one_of("zone", Zone, "assessment_zone", blank=True),
            one_of("sub_label", SubLabel, "assessment_sub_label", blank=True),
            one_of("lean", Lean, "assessment_lean", blank=True),
            models.CheckConstraint(
                condition=Q(status__in=OPEN)
                | Q(status=Status.DELETED, published_at=None)
                | Q(published_score__isnull=False, published_at__isnull=False),
                name="assessment_published_is_scored",
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
        triggers = [
            triggers.guard_figures(INPUT_COLUMNS, FIGURES),
            triggers.refuse_stale_commit(),
            triggers.protect_published_assessment(),
            triggers.check_publication(),
        ]

    def __str__(self) -> str:
        return f"{self.role.title}, version {self.version} ({self.get_status_display()})"

    def save(self, *args, **kwargs) -> None:
        """Save the inputs and prose, and recalculate; figures are never taken from memory."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            self.edition += 1
            kwargs["update_fields"] = [
                field.attname
                for field in self._meta.concrete_fields
                if not field.primary_key and field.name not in (*FIGURES, "score_is_stale")
            ]
        with transaction.atomic():
            super().save(*args, **kwargs)
            recalculate([self.pk])
        self.refresh_from_db(fields=[*FIGURES, "score_is_stale"])

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

    def inputs(self) -> Inputs:
        """What is scored, from the stored rows. May be incomplete while a draft."""
        return Inputs(
            tasks=tuple(
                ScoredTask(task.name, task.time, task.score, Mode(task.mode) if task.mode else None)
                for task in self.tasks.all()
            ),
            evidence=_scores(self.evidence.all()),
            barriers=_scores(self.barriers.all()),
            principles=_scores(self.principles.all()),
            growth=self.growth,
            adjusted_task_resistance=self.adjusted_task_resistance,
            adjustment_reason=self.adjustment_reason,
            override=self.override,
            override_reason=self.override_reason,
        )

    @property
    def method(self) -> Method:
        """The version of the method by which it is scored, for ever."""
        return METHODS[self.method_version]

    def score(self) -> Score | None:
        """The score of the stored inputs; None while they cannot be scored."""
        inputs = self.inputs()
        return None if problems(inputs) else score(inputs, self.method)

    def expected_figures(self) -> dict[str, Any]:
        """What the computed columns have to hold, by the stored inputs."""
        scored = self.score()
        if scored is None:
            return {name: "" if name in WORDS else None for name in FIGURES}
        return {name: getattr(scored, name) for name in FIGURES}


def _scores(items: Iterable[Any]) -> dict[Any, int]:
    return {item.dimension: item.score for item in items if item.score is not None}


_waiting: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


def recalculate(assessment_ids: Iterable[int]) -> None:
    """Recalculate the figures of assessments whose inputs have changed.

    To be called in the transaction of the change; within ``recalculated_once`` it waits for
    the end of that block.
    """
    waiting = _waiting.get()
    if waiting is None:
        Assessment.objects.recalculate(assessment_ids)
    else:
        waiting.update(assessment_ids)


@contextmanager
def recalculated_once() -> Iterator[None]:
    """One transaction in which each changed assessment is recalculated once, at its end."""
    if _waiting.get() is not None:
        yield
        return
    waiting: set[int] = set()
    with transaction.atomic():
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        Assessment.objects.recalculate(waiting)

"""The editor's screen of an assessment: its inputs and prose, and the figures they give."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest

from roles.models import (
    Assessment,
    BarrierItem,
    Claim,
    EvidenceItem,
    PrincipleItem,
    RoleRelation,
    SeniorityVariant,
    Source,
    Task,
    recalculated_once,
)
from roles.models.assessment import FIGURES
from roles.services.publish import NotPublishable, publish
from roles.services.quotes import store_quotes


class OpenOnlyMixin:
    """Nothing of a published assessment can be changed; it can be viewed."""

    def _is_open(self, assessment: Assessment | None) -> bool:
        return assessment is None or assessment.is_open

    def has_change_permission(self, request: HttpRequest, obj: Assessment | None = None) -> bool:
        """Whether the user may change it and it is still open."""
        return super().has_change_permission(request, obj) and self._is_open(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Assessment | None = None) -> bool:
        """Whether the user may delete it and it is still open."""
        return super().has_delete_permission(request, obj) and self._is_open(obj)


class OpenOnlyInline(OpenOnlyMixin, admin.StackedInline):
    """Rows that can be added, changed and deleted while the assessment is open."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Assessment | None) -> bool:
        """Whether the user may add rows and the assessment is still open."""
        return super().has_add_permission(request, obj) and self._is_open(obj)


class TaskInline(OpenOnlyInline):
    """The task decomposition."""

    model = Task
    fields = [("position", "name"), ("time", "score", "mode"), "rationale"]


class ItemInline(OpenOnlyInline):
    """One row for each dimension that the method fixes."""

    fields = [("position", "dimension", "score"), "rationale"]


class EvidenceInline(ItemInline):
    """The evidence."""

    model = EvidenceItem


class BarrierInline(ItemInline):
    """The barriers."""

    model = BarrierItem


class PrincipleInline(ItemInline):
    """The protective principles."""

    model = PrincipleItem


class SourceInline(OpenOnlyInline):
    """Where the evidence can be read."""

    model = Source
    fields = [("position", "dimension"), "title", "publisher", "url", "seen"]


class DerivedInline(admin.TabularInline):
    """Rows read from the texts or the document, which nobody edits apart from those."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds them by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes them by hand."""
        return False


class RelationInline(DerivedInline):
    """Related roles, with the scores cited for them."""

    model = RoleRelation
    fields = ["role", "kind", "cited_score", "cited_zone", "cited_sub_label", "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleRelation]:
        """With the titles of the roles."""
        return super().get_queryset(request).select_related("role")


class SeniorityInline(DerivedInline):
    """Bands read from the seniority note."""

    model = SeniorityVariant
    fields = ["label", "low", "high", "zone", "reason"]


class ClaimInline(DerivedInline):
    """What the source document states."""

    model = Claim
    fields = ["figure", "subject", "claimed", "place", "quoted"]


class AssessmentForm(forms.ModelForm):
    """Says by the field what the database would refuse."""

    survival_strategy = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"cols": 100, "rows": 8}),
        help_text="One step on each line; its first sentence names what to do.",
    )

    class Meta:
        model = Assessment
        exclude = ()  # noqa: DJ006 - the admin's fieldsets name the fields

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["survival_strategy"] = "\n".join(self.instance.survival_strategy)

    def clean_survival_strategy(self) -> list[str]:
        """The steps, one a line."""
        lines = self.cleaned_data["survival_strategy"].splitlines()
        field = Assessment._meta.get_field("survival_strategy")
        return field.clean([line.strip() for line in lines if line.strip()], self.instance)

    def clean_role(self):
        """A role that has no other open draft."""
        role = self.cleaned_data["role"]
        others = Assessment.objects.open().filter(role=role).exclude(pk=self.instance.pk)
        if draft := others.first():
            raise forms.ValidationError(f"This role has an open draft already: {draft}.")
        return role


@admin.register(Assessment)
class AssessmentAdmin(OpenOnlyMixin, admin.ModelAdmin):
    """Inputs and prose in the order of a document; figures below, read-only."""

    form = AssessmentForm
    list_display = ["role", "version", "status", "published_score", "zone", "sub_label"]
    list_filter = ["status", "zone", "sub_label", "provenance"]
    list_select_related = ["role"]
    search_fields = ["role__title", "role__aliases__title"]
    actions = ["publish_selected"]
    autocomplete_fields = ["role"]
    readonly_fields = [
        "version",
        "status",
        "method_version",
        "created_at",
        "updated_at",
        "published_at",
        "superseded_at",
        *FIGURES,
    ]
    fieldsets = [
        (None, {"fields": [("role", "version", "status"), ("provenance", "assessed_on")]}),
        (
            "Figures",
            {
                "fields": [
                    ("published_score", "zone", "sub_label", "formula_score", "raw", "lean"),
                    ("weighted", "task_resistance_raw", "task_resistance", "share_3_plus"),
                    ("displacement", "augmentation", "not_involved"),
                    ("evidence_total", "evidence_modifier", "barrier_total", "barrier_modifier"),
                    ("growth_modifier", "protective_total"),
                ]
            },
        ),
        (
            "Role definition",
            {
                "fields": [
                    "primary_function",
                    "not_this_role",
                    "typical_experience",
                    "seniority_note",
                ]
            },
        ),
        (
            "AI growth correlation and quick screen",
            {"fields": ["growth", "growth_rationale", "growth_check", "quick_screen"]},
        ),
        (
            "Adjustment of the task resistance",
            {"fields": ["adjusted_task_resistance", "adjustment_reason", "reinstatement_check"]},
        ),
        ("Barriers", {"fields": ["barrier_question"]}),
        ("Override of the score", {"fields": ["override", "override_reason", "sub_label_note"]}),
        (
            "Commentary",
            {
                "fields": [
                    "score_vs_reality",
                    "not_captured",
                    "who_should_worry",
                    ("outlook_year", "outlook"),
                    "survival_strategy",
                    "timeline",
                    "further_notes",
                ]
            },
        ),
        (
            "History",
            {
                "fields": [
                    "method_version",
                    "created_at",
                    "updated_at",
                    "published_at",
                    "superseded_at",
                ]
            },
        ),
    ]
    inlines = [
        TaskInline,
        EvidenceInline,
        BarrierInline,
        PrincipleInline,
        SourceInline,
        RelationInline,
        SeniorityInline,
        ClaimInline,
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """An assessment keeps its role."""
        return [*super().get_readonly_fields(request, obj), *(["role"] if obj else [])]

    def save_model(self, request: HttpRequest, obj: Assessment, form: Any, change: bool) -> None:
        """Give a new assessment the next version of its role."""
        if not change:
            last = obj.role.assessments.aggregate(last=Max("version"))["last"]
            obj.version = (last or 0) + 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows, recalculate once, and read again what the texts quote."""
        with recalculated_once():
            super().save_related(request, form, formsets, change)
            store_quotes(form.instance)

    @admin.action(description="Publish selected assessments", permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Assessment]) -> None:
        """Publish each that is complete; say what the others lack."""
        for assessment in queryset.select_related("role"):
            try:
                publish(assessment)
            except NotPublishable as error:
                lacks = "; ".join(error.missing)
                messages.error(request, f"{assessment} is not published. It lacks: {lacks}.")
            except ValueError as error:
                messages.error(request, f"Not published: {error}.")
            else:
                messages.success(request, f"{assessment.role} is published.")

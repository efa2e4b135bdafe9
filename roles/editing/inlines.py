"""The rows of an assessment on its editors' screen."""

from typing import Any, override

from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from roles.documents.fields import MAX_ROWS
from roles.editing.forms import (
    CorrectionForm,
    DimensionFormSet,
    ItemForm,
    OwnRows,
    PlacedFormSet,
    RelatedForm,
    RelatedFormSet,
    SourceForm,
    TaskForm,
    TaskFormSet,
)
from roles.editing.requests import person_of
from roles.editing.typed_django import StackedInline, TabularInline
from roles.models import (
    Assessment,
    BarrierItem,
    Claim,
    Correction,
    EvidenceItem,
    PrincipleItem,
    RoleRelation,
    SeniorityVariant,
    Source,
    Task,
)
from roles.services.permissions import may_change
from roles.vocabulary import RelationKind

TEXTS: dict[Any, Any] = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2})}}
"""Texts start small; where the browser can, they grow with what is typed."""


class OpenOnlyInline(StackedInline):
    """Rows that can be added, changed and deleted while the assessment is open.

    One empty row is there without scripts, too.
    """

    template = "admin/roles/assessment/rows.html"
    formfield_overrides = TEXTS
    extra = 1
    formset = OwnRows
    max_num = MAX_ROWS

    def has_add_permission(self, request: HttpRequest, obj: Assessment | None = None) -> bool:
        """Whether the user may add rows to this assessment."""
        return super().has_add_permission(request, obj) and may_change(person_of(request), obj)

    def has_change_permission(self, request: HttpRequest, obj: Assessment | None = None) -> bool:
        """Whether the user may change rows of this assessment."""
        return super().has_change_permission(request, obj) and may_change(person_of(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Assessment | None = None) -> bool:
        """Whether the user may delete rows of this assessment."""
        return super().has_delete_permission(request, obj) and may_change(person_of(request), obj)


class TaskInline(OpenOnlyInline):
    """The task decomposition."""

    model = Task
    form = TaskForm
    formset = TaskFormSet
    fields = ["position", ("name", "time"), ("score", "mode"), "rationale"]

    @override
    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """As many empty rows as the guide has tasks at least; one, once there are some."""
        return 1 if obj else 5


class ItemInline(OpenOnlyInline):
    """One row for each dimension that the method fixes."""

    template = "admin/roles/assessment/fixed_rows.html"
    form = ItemForm
    formset = DimensionFormSet
    fields = ["dimension", "score", "rationale"]
    can_delete = False


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
    form = SourceForm
    formset = PlacedFormSet
    fields = ["position", ("title", "publisher"), ("dimension", "url", "seen")]


class CorrectionInline(OpenOnlyInline):
    """What is put right of a document outside its arithmetic."""

    model = Correction
    form = CorrectionForm
    formset = PlacedFormSet
    fields = ["position", "claim", "correction", "source"]


class RelatedInline(OpenOnlyInline):
    """Adjacent roles and career moves, which those who review keep up."""

    model = RoleRelation
    form = RelatedForm
    formset = RelatedFormSet
    verbose_name = "related role"
    verbose_name_plural = "related roles"
    fields = [("role", "kind"), "note"]
    autocomplete_fields = ["role"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleRelation]:
        """Those that stand in a table of their own in a document."""
        found = super().get_queryset(request).select_related("role")
        return found.exclude(kind=RelationKind.DISTINCT_FROM)


class DerivedInline(TabularInline):
    """Rows read from the texts or the document, which nobody edits apart from those."""

    template = "admin/roles/assessment/read_rows.html"
    extra = 0
    can_delete = False

    @override
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds them by hand."""
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes them by hand."""
        return False


class RelationInline(DerivedInline):
    """Roles that this one is distinct from, with the scores cited for them."""

    model = RoleRelation
    verbose_name_plural = "what this role is not, as read from the text"
    fields = ["role", "kind", "cited_score", "cited_zone", "cited_sub_label", "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleRelation]:
        """With the titles of the roles."""
        found = super().get_queryset(request).select_related("role")
        return found.filter(kind=RelationKind.DISTINCT_FROM)


class SeniorityInline(DerivedInline):
    """Bands read from the seniority note."""

    model = SeniorityVariant
    fields = ["label", "low", "high", "zone", "reason"]


class ClaimInline(DerivedInline):
    """What the source document states."""

    model = Claim
    fields = ["figure", "subject", "claimed", "place", "read_from"]
    readonly_fields = ["read_from"]

    def read_from(self, claim: Claim) -> str:
        """What of the document states it."""
        return "the prose" if claim.quoted else "a table or formula"

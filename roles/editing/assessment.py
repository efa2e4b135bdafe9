"""The editor's screen of an assessment: its inputs and prose, and the figures they give."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from roles.drawing.prose import prose
from roles.editing import autosave, importing, review
from roles.editing.forms import AssessmentForm
from roles.editing.inlines import (
    TEXTS,
    BarrierInline,
    ClaimInline,
    CorrectionInline,
    EvidenceInline,
    PrincipleInline,
    RelatedInline,
    RelationInline,
    SeniorityInline,
    SourceInline,
    TaskInline,
)
from roles.editing.merge import merge, notice
from roles.editing.parts import MARKDOWN, PARTS, faults_of, filled_parts
from roles.editing.preview import preview_of
from roles.editing.requests import FormRequest, person_of
from roles.editing.site import View, refusing_forged
from roles.editing.typed_django import AssessmentModelAdmin, InlineFormSet
from roles.models import Assessment, Autosave, recalculated_once
from roles.models.columns import STORED_FIGURES
from roles.querysets import AssessmentQuerySet
from roles.services import workflow
from roles.services.permissions import may_change, may_publish
from roles.services.publish import NotAllowed, NotPublishable, locked, publish
from roles.services.quotes import store_quotes
from roles.vocabulary import Status
from scoring.figure_type import ComputedFigure


def _shown(figure: ComputedFigure[Any]) -> Callable[[Assessment], str]:
    """A read-only column of the form: a stored figure as it is declared to be written."""

    @admin.display(description=figure.label)
    def shown(assessment: Assessment) -> str:
        value = getattr(assessment, figure.name)
        return "-" if value in (None, "") else f"{figure.text(value)} {figure.unit}".strip()

    return shown


def _still_there(assessment: Assessment) -> bool:
    """Hold an assessment under lock, its role first; false where it has gone meanwhile."""
    try:
        locked(assessment)
    except NotAllowed:
        return False
    return True


FIGURES_SHOWN: list[Any] = [_shown(figure) for figure in STORED_FIGURES.values()]
RECORD: list[Any] = [
    "method_version",
    "author",
    "edited_by",
    "created_at",
    "updated_at",
    "published_at",
    "superseded_at",
    *FIGURES_SHOWN,
]
OUTSIDE_DOCUMENT: dict[str, list[Any]] = {"role": ["role"], "record": RECORD}
"""What stands first in a part of the form and is no field of a document."""


@admin.register(Assessment)
class AssessmentAdmin(AssessmentModelAdmin):
    """Inputs and prose in the order of the editorial guide; figures last, read-only."""

    form = AssessmentForm
    change_form_template = "admin/roles/assessment/change_form.html"
    list_display = ["role", "version", "status", "author", "published_score", "zone", "sub_label"]
    list_filter = ["status", "zone", "sub_label", "provenance"]
    list_select_related = ["role", "author"]
    search_fields = ["role__title", "role__aliases__title"]
    actions = ["publish_selected", "export_selected"]
    autocomplete_fields = ["role"]
    formfield_overrides = TEXTS
    readonly_fields = RECORD
    fieldsets = [
        (part.title, {"fields": [*OUTSIDE_DOCUMENT.get(part.key, []), *part.fields]})
        for part in PARTS
    ]
    inlines = [
        TaskInline,
        EvidenceInline,
        BarrierInline,
        PrincipleInline,
        SourceInline,
        RelatedInline,
        CorrectionInline,
        RelationInline,
        SeniorityInline,
        ClaimInline,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        """What the person may see: all, or their own and what readers see too."""
        found = super().get_queryset(request)
        if not request.user.has_perm("roles.review_assessment"):
            readable = Assessment.objects.readable().order_by().values("pk")
            found = found.filter(Q(author=person_of(request)) | Q(pk__in=readable))
        return found

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Assessment | None:
        """The assessment; held under lock while a save is under way."""
        assessment = super().get_object(request, object_id, from_field)
        if assessment and getattr(request, "saving", False):
            if not _still_there(assessment):
                return None
            assessment.refresh_from_db()
            self._hold_back_stale(cast(FormRequest, request), assessment)
        return assessment

    def get_form(
        self,
        request: HttpRequest,
        obj: Assessment | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[AssessmentForm]:
        """The form, which refuses to be saved where something has to be looked at first."""
        form = cast(type[AssessmentForm], super().get_form(request, obj, change, **kwargs))
        form.held = getattr(request, "held", "")
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """An assessment keeps its role."""
        return [*super().get_readonly_fields(request, obj), *(["role"] if obj else [])]

    def has_change_permission(self, request: HttpRequest, obj: Assessment | None = None) -> bool:
        """Whether it is open, and the person's own or one that they review."""
        return super().has_change_permission(request, obj) and may_change(person_of(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Assessment | None = None) -> bool:
        """An open one like a change; what was published, by those who publish."""
        if obj is None:
            return super().has_delete_permission(request, obj)
        if obj.status == Status.DELETED:
            return False
        if obj.is_open:
            return super().has_delete_permission(request, obj) and may_change(
                person_of(request), obj
            )
        return request.user.has_perm("roles.publish_assessment")

    def save_model(self, request: HttpRequest, obj: Assessment, form: Any, change: bool) -> None:
        """Give a new assessment the next version of its role, and note who saves."""
        if not change:
            obj.version = obj.role.next_version()
            obj.author = person_of(request)
        obj.edited_by = person_of(request)
        if obj.publish_at:
            obj.publish_at = None
            messages.warning(
                request, "The planned publication is off, since the assessment has changed."
            )
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows, recalculate once, read again what the texts quote, note who saved."""
        with recalculated_once():
            super().save_related(request, form, formsets, change)
            store_quotes(form.instance)
            form.instance.contributors.add(person_of(request))
        autosave.forget(person_of(request), form.instance if change else None)

    def response_change(self, request: HttpRequest, obj: Assessment) -> HttpResponse:
        """Also ask for a review, where that button was pressed."""
        self._submit_if_asked(request, obj)
        return super().response_change(request, obj)

    def response_add(
        self, request: HttpRequest, obj: Assessment, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Also ask for a review, where that button was pressed."""
        self._submit_if_asked(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def delete_model(self, request: HttpRequest, obj: Assessment) -> None:
        """Out of sight, to be restored on its review page."""
        try:
            workflow.delete(obj)
        except NotAllowed as error:
            messages.error(request, str(error))
            return
        url = reverse("admin:roles_assessment_review", args=[obj.pk])
        messages.warning(request, format_html('It can be <a href="{}">restored</a>.', url))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Assessment]) -> None:
        """Each out of sight, never for good."""
        for assessment in queryset:
            self.delete_model(request, assessment)

    def get_deleted_objects(
        self, objs: Iterable[Assessment], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Nothing goes with an assessment that is only put out of sight."""
        lacking = {"assessment" for obj in objs if not self.has_delete_permission(request, obj)}
        return [str(obj) for obj in objs], {}, lacking, []

    def get_urls(self) -> list[URLPattern]:
        """The screens of our own beside those of the admin."""

        def at(route: str, view: View, name: str) -> URLPattern:
            return path(route, view, name=f"roles_assessment_{name}")

        return [
            at("add/preview/", refusing_forged(self.preview), "preview_new"),
            at("<int:pk>/preview/", refusing_forged(self.preview), "preview"),
            at("<int:pk>/discard/", self.admin_site.admin_view(self.discard), "discard"),
            at("prose/", self.admin_site.admin_view(self.prose), "prose"),
            at("discard/", self.admin_site.admin_view(self.discard), "discard_new"),
            at("import/", self.admin_site.admin_view(importing.import_documents), "import"),
            at("<int:pk>/export/", self.admin_site.admin_view(importing.export), "export"),
            at("<int:pk>/review/", self.admin_site.admin_view(review.review), "review"),
            at("<int:pk>/step/", self.admin_site.admin_view(review.step), "step"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form; with ``?restore`` as it was typed and not saved."""
        opened = request.method == "GET"
        form_request = cast(FormRequest, request)
        form_request.saving = request.method == "POST"
        assessment = self._one(request, object_id)
        if object_id and assessment is None:
            # Django says that there is none.
            return super().changeform_view(request, object_id, form_url, extra_context)
        slot = autosave.kept(person_of(request), assessment) if opened else None
        if slot and "restore" in request.GET:
            return self._restored(form_request, slot, object_id, form_url)
        context = {"slot": slot, "preview_url": self._preview_url(object_id)}
        return super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), **context}
        )

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Assessment | None = None,
    ) -> HttpResponse:
        """The form in its parts, with everything that is wrong in one list."""
        parts = filled_parts(context["adminform"], context["inline_admin_formsets"])
        faulty = (filled.part.key for filled in parts if filled.faults)
        context |= {
            "parts": parts,
            "faults": faults_of(context["adminform"].form, parts),
            "open_part": next(faulty, "tasks" if obj else "role"),
            "markdown": MARKDOWN,
            # Django's own note says only that there is something.
            "errors": [],
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def prose(self, request: HttpRequest) -> HttpResponse:
        """The one text that is posted, as readers will see it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        texts = (str(text) for name, text in request.POST.items() if name != "csrfmiddlewaretoken")
        return HttpResponse(prose(next(texts, "")) or "Nothing is written yet.")

    def preview(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The figures of the posted form, which is kept as it is; saves nothing else."""
        if not request.user.is_staff:
            return render(request, "admin/roles/assessment/signed_out.html")
        if request.method != "POST":
            raise PermissionDenied
        assessment = self._one_or_404(request, pk)
        if not (
            self.has_change_permission(request, assessment)
            if pk is not None
            else self.has_add_permission(request)
        ):
            raise PermissionDenied
        opened = "opened" in request.GET
        slot = None if opened else autosave.keep(person_of(request), assessment, request.POST)
        with transaction.atomic():
            form = self.get_form(request, assessment, change=bool(pk))(
                request.POST, instance=self._one(request, pk)
            )
            formsets = self._formsets(request, form.instance, assessment, request.POST)
            published = assessment and assessment.role.assessments.published().first()
            preview = preview_of(form, formsets, published)
            transaction.set_rollback(True)
        return render(
            request,
            "admin/roles/assessment/preview.html",
            {"preview": preview, "slot": slot, "published": published},
        )

    def _formsets(
        self,
        request: HttpRequest,
        instance: Assessment,
        stored: Assessment | None,
        data: QueryDict | None = None,
    ) -> list[InlineFormSet]:
        """The rows that the person may change: as they are stored, or as they were posted."""
        return [
            formset_class(data, instance=instance, prefix=formset_class.get_default_prefix())
            for formset_class, inline in self.get_formsets_with_inlines(request, stored)
            if inline.has_change_permission(request, stored)
        ]

    def discard(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Give up what was typed and not saved."""
        if request.method == "POST":
            autosave.forget(person_of(request), self._one_or_404(request, pk))
        name = "change" if pk else "add"
        return HttpResponseRedirect(
            reverse(f"admin:roles_assessment_{name}", args=[pk] if pk else [])
        )

    def _one(self, request: HttpRequest, pk: Any) -> Assessment | None:
        """The assessment of an address; None for a new one, and for one that is not seen."""
        return None if pk is None else super().get_object(request, pk)

    def _one_or_404(self, request: HttpRequest, pk: int | None) -> Assessment | None:
        """The same, but what is not seen is not taken for a new one."""
        assessment = self._one(request, pk)
        if pk is not None and assessment is None:
            raise Http404(f"no assessment {pk} that this person sees")
        return assessment

    def _preview_url(self, object_id: Any) -> str:
        name = "preview" if object_id else "preview_new"
        return reverse(f"admin:roles_assessment_{name}", args=[object_id] if object_id else [])

    def _restored(
        self, request: FormRequest, slot: Autosave, object_id: str | None, form_url: str
    ) -> HttpResponse:
        """The form as it was posted for keeping, held back like a save that needs a look."""
        # Django reads files and data at once: reading the files later would empty the data again.
        _ = request.FILES
        request.method = "POST"
        request.saving = True
        request.POST = QueryDict(slot.data, mutable=True)
        request.held = format_html(
            "This is what you had typed by {}. Nothing of it is saved yet.",
            f"{slot.saved_at:%H:%M on %d %B %Y}",
        )
        context = {"slot": None, "preview_url": self._preview_url(object_id)}
        return super().changeform_view(request, object_id, form_url, context)

    def _hold_back_stale(self, request: FormRequest, assessment: Assessment) -> None:
        """If somebody has saved meanwhile: join the two and let the person look first."""
        if request.POST.get("edition") == str(assessment.edition):
            return
        form = self.get_form(request, assessment, change=True)(instance=assessment)
        formsets = self._formsets(request, assessment, assessment)
        merged = merge(request.POST, form, formsets)
        merged.data["edition"] = str(assessment.edition)
        request.POST = merged.data
        before = getattr(request, "held", "")
        request.held = format_html("{}{}", before, notice(assessment, merged))

    def _submit_if_asked(self, request: HttpRequest, assessment: Assessment) -> None:
        if "_submit" in request.POST and assessment.status == Status.DRAFT:
            try:
                workflow.submit(assessment)
            except NotAllowed as error:
                messages.error(request, str(error))
            else:
                messages.success(request, f"{assessment.role} waits for review.")

    @admin.action(description="Publish selected assessments", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Assessment]) -> None:
        """Publish each that is complete; say what the others lack."""
        for assessment in queryset.select_related("role"):
            if not may_publish(person_of(request), assessment):
                messages.error(
                    request, f"You worked on {assessment}; somebody else has to publish it."
                )
                continue
            try:
                publish(assessment)
            except NotPublishable as error:
                lacks = "; ".join(error.missing)
                messages.error(request, f"{assessment} is not published. It lacks: {lacks}.")
            except NotAllowed as error:
                messages.error(request, f"Not published: {error}")
            else:
                messages.success(request, f"{assessment.role} is published.")

    @admin.action(description="Export selected assessments as documents", permissions=["view"])
    def export_selected(self, _: HttpRequest, queryset: AssessmentQuerySet) -> HttpResponse:
        """One Markdown file, or a zip of several."""
        return importing.documents_response(queryset)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the person publishes at all."""
        return request.user.has_perm("roles.publish_assessment")

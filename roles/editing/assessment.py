"""The editor's screen of an assessment: its inputs and prose, and the figures they give."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from roles.drawing.prose import prose
from roles.editing import history, importing, notices, review, versions
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
from roles.editing.keeping import KeepsText
from roles.editing.kept import ShowsKept
from roles.editing.listing import AssessmentList
from roles.editing.parts import PARTS, faults_of, filled_parts
from roles.editing.preview import preview_of
from roles.editing.requests import person_of
from roles.editing.site import View, refusing_forged
from roles.models import Assessment, recalculated_once
from roles.models.columns import STORED_FIGURES
from roles.services import workflow
from roles.services.permissions import may_change
from roles.services.publish import NotAllowed
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
class AssessmentAdmin(KeepsText, ShowsKept, AssessmentList):
    """Inputs and prose in the order of the editorial guide; figures last, read-only."""

    form = AssessmentForm
    change_form_template = "admin/roles/assessment/change_form.html"
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
            at("prose/", self.admin_site.admin_view(self.prose), "prose"),
            at("import/", self.admin_site.admin_view(importing.import_documents), "import"),
            at("<int:pk>/export/", self.admin_site.admin_view(importing.export), "export"),
            at("<int:pk>/review/", self.admin_site.admin_view(review.review), "review"),
            at("<int:pk>/step/", self.admin_site.admin_view(review.step), "step"),
            at(
                "<int:pk>/confirm/<str:name>/",
                self.admin_site.admin_view(review.confirm),
                "confirm",
            ),
            at("<int:pk>/compare/", self.admin_site.admin_view(versions.compare), "compare"),
            at(
                "<int:pk>/restore-text/",
                self.admin_site.admin_view(history.restore_text),
                "restore_text",
            ),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history in words, in the place of the one that the admin keeps."""
        if assessment := self._one(request, object_id):
            return history.history(request, assessment.pk)
        # Django says that there is none.
        return super().history_view(request, object_id, extra_context)

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
        """The figures of the posted form as it stands; saves nothing."""
        if not self.admin_site.has_permission(request):
            return render(request, "admin/roles/assessment/signed_out.html")
        if request.method != "POST":
            raise PermissionDenied
        assessment = self._one_or_404(request, pk)
        if not self._may_type(request, assessment):
            raise PermissionDenied
        with transaction.atomic():
            form = self.get_form(request, assessment, change=bool(pk))(
                request.POST, instance=self._one(request, pk)
            )
            formsets = self._formsets(request, form.instance, assessment, request.POST)
            published = assessment and assessment.role.assessments.published().first()
            preview = preview_of(form, formsets, published)
            transaction.set_rollback(True)
        context = {"preview": preview, "published": published}
        return render(request, "admin/roles/assessment/preview.html", context)

    def _submit_if_asked(self, request: HttpRequest, assessment: Assessment) -> None:
        if "_submit" in request.POST and assessment.status == Status.DRAFT:
            try:
                workflow.submit(assessment)
            except NotAllowed as error:
                messages.error(request, str(error))
            else:
                # What Django says of the save names its status.
                assessment.refresh_from_db()
                messages.success(request, f"{assessment.role} waits for review.")
                notices.tell(request, assessment.reviewer, assessment, "waits for review")

"""Assessment documents in and out of the admin."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from roles.documents.batch import NotReadable, Sent, documents_in
from roles.documents.parse import parse
from roles.documents.render import render as render_document
from roles.documents.report import Report, report_on
from roles.documents.text import MAX_BYTES
from roles.editing.requests import person_of, visible_assessments
from roles.querysets import AssessmentQuerySet
from roles.services.addresses import slug_of
from roles.services.export_document import document_of
from roles.services.import_document import (
    AnotherTitle,
    DraftInTheWay,
    Imported,
    State,
    import_document,
    state_of,
    surprises,
    title_in_question,
)

MOST_FILES = 200
MOST_BYTES = 20 * MAX_BYTES
"""Of all documents together, unpacked."""


class NotTaken(Exception):
    """What is sent is more than is taken in at once, or cannot be read."""


class FilesInput(forms.ClearableFileInput):
    """A choice of several files."""

    allow_multiple_selected = True


class ImportForm(forms.Form):
    """Documents pasted or chosen from the disk."""

    text = forms.CharField(
        label="Paste a document",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "cols": 100}),
    )
    # Django takes declared fields off the class, so this hides no attribute of forms.
    files = forms.FileField(  # type: ignore[assignment]
        label="Or choose files (.md, or .zip of several)",
        required=False,
        widget=FilesInput(attrs={"accept": ".md,.txt,.zip"}),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One document that could be imported, with what is known of it."""

    name: str
    text: str
    report: Report
    state: State
    question: str
    """Which other title the role has, if it has one."""
    surprises: list[str]

    @property
    def is_taken(self) -> bool:
        """Whether it would be imported."""
        return self.state not in (State.BLOCKED, State.IN_THE_WAY)


@require_http_methods(["GET", "HEAD", "POST"])
def import_documents(request: HttpRequest) -> HttpResponse:
    """First a preview of everything; then, if it is confirmed, a draft of each that is good."""
    if not request.user.has_perm("roles.add_assessment"):
        raise PermissionDenied
    form = ImportForm(request.POST if request.method == "POST" else None)
    candidates: list[Candidate] = []
    left_out: list[Sent] = []
    if request.method == "POST" and form.is_valid():
        try:
            candidates = _candidates(request, left_out)
        except (NotTaken, NotReadable) as error:
            form.add_error("files", str(error))
        else:
            if not candidates:
                form.add_error(
                    None, "There is nothing to import: paste a document or choose a file."
                )
        if (
            "save" in request.POST
            and _may_save(request, candidates)
            and _saved(request, candidates)
        ):
            return HttpResponseRedirect(reverse("admin:roles_assessment_changelist"))
    context = {
        **admin.site.each_context(request),
        "title": "Import assessment documents",
        "form": form,
        "candidates": candidates,
        "left_out": left_out,
        "taken": [one for one in candidates if one.is_taken],
        "questions": [one for one in candidates if one.question],
        "doubted": [one for one in candidates if one.report.doubts],
    }
    return render(request, "admin/roles/assessment/import.html", context)


def _candidates(request: HttpRequest, left_out: list[Sent]) -> list[Candidate]:
    """Every document that was sent, held against what is stored and against each other."""
    found: list[Candidate] = []
    of_role: dict[str, str] = {}
    for sent in _sent(request):
        if sent.left_out:
            left_out.append(sent)
            continue
        one = _candidate(request, sent.name, sent.data)
        if document := one.report.parsed.document:
            other = of_role.setdefault(slug_of(document.identity.title), sent.name)
            if other != sent.name:
                one = replace(one, state=State.BLOCKED)
                one.surprises.append(f"It is of the same role as {other}; expected one for a role.")
        found.append(one)
    return found


def _candidate(request: HttpRequest, name: str, data: bytes) -> Candidate:
    report = report_on(parse(data))
    document, text = report.parsed.document, data.decode("utf-8", "replace")
    if document is None:
        return Candidate(name, text, report, State.BLOCKED, "", [])
    question = title_in_question(document.identity.title)
    state = state_of(document, person_of(request))
    if question and "rename" in request.POST:
        state = State.NEW_VERSION
    return Candidate(name, text, report, state, question, surprises(document.identity))


def _sent(request: HttpRequest) -> Iterator[Sent]:
    """Every document that was sent: pasted, confirmed, in files and in archives."""
    total = 0
    for number, sent in enumerate(_all_sent(request), start=1):
        total += len(sent.data)
        if number > MOST_FILES:
            raise NotTaken(f"More than {MOST_FILES} documents; expected fewer at once.")
        if total > MOST_BYTES:
            raise NotTaken(f"More than {MOST_BYTES >> 20} MiB together; expected less at once.")
        yield sent


def _all_sent(request: HttpRequest) -> Iterator[Sent]:
    if text := request.POST.get("text", "").strip():
        yield Sent("pasted text", _as_typed(text))
    for number, text in enumerate(request.POST.getlist("document"), start=1):
        yield Sent(f"document {number}", _as_typed(text))
    for file in request.FILES.getlist("files"):
        yield from documents_in(file.name or "file", file)


def _as_typed(text: str) -> bytes:
    """A text as it was before a browser ended its lines in two characters."""
    return text.replace("\r\n", "\n").encode()


def _may_save(request: HttpRequest, candidates: list[Candidate]) -> bool:
    """Whether there is something to save, and the editor has said that what is doubted is right."""
    taken = [one for one in candidates if one.state is not State.BLOCKED]
    if any(one.report.doubts for one in taken) and "allow_notes" not in request.POST:
        messages.error(
            request,
            "Nothing was imported: say that the texts without a place are right as they are.",
        )
        return False
    return bool(taken)


def _saved(request: HttpRequest, candidates: list[Candidate]) -> bool:
    """Each as a draft, whatever stands in the way of the others; whether any was imported."""
    done = 0
    for one in candidates:
        if one.state is State.BLOCKED:
            why = one.question or "it cannot be imported as it is"
            messages.error(request, f"{one.report.parsed.title or one.name}: {why}.")
            continue
        try:
            imported = _stored(request, one)
        except (DraftInTheWay, AnotherTitle) as error:
            messages.error(request, f"{one.report.parsed.title}: {error}. It was not imported.")
        else:
            messages.success(request, f"{imported.assessment}: {imported.outcome}.")
            done += 1
    return done > 0


def _stored(request: HttpRequest, one: Candidate) -> Imported:
    assert one.report.parsed.document is not None
    return import_document(
        one.report.parsed.document,
        author=person_of(request),
        update_role=request.user.has_perm("roles.change_role"),
        rename="rename" in request.POST,
    )


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """One assessment as a document, as it stands."""
    if not request.user.has_perm("roles.view_assessment"):
        raise PermissionDenied
    visible = visible_assessments(request)
    get_object_or_404(visible, pk=pk)
    return documents_response(visible.filter(pk=pk))


def documents_response(assessments: AssessmentQuerySet) -> HttpResponse:
    """A Markdown file, or a zip where there are several assessments."""
    documents = [
        (
            f"{assessment.role.slug}-v{assessment.version}.md",
            render_document(document_of(assessment)),
        )
        for assessment in assessments.with_document()
    ]
    if len(documents) == 1:
        name, text = documents[0]
        response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    else:
        name = "assessments.zip"
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for document, text in documents:
                archive.writestr(document, text)
        response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

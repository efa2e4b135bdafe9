"""Assessment documents in and out of the admin."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from roles.documents.parse import parse
from roles.documents.render import render as render_document
from roles.documents.report import Report, report_on
from roles.documents.text import MAX_BYTES
from roles.editing.requests import person_of, visible_assessments
from roles.querysets import AssessmentQuerySet
from roles.services.export_document import document_of
from roles.services.import_document import (
    DraftInTheWay,
    Imported,
    import_document,
    surprises,
)
from roles.services.transactions import retried

MOST_FILES = 200
MOST_BYTES = 20 * MAX_BYTES
"""Of all documents together, unpacked."""


PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How an archive may be packed; what else there is can ask for any amount of memory."""
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


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
    surprises: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
def import_documents(request: HttpRequest) -> HttpResponse:
    """First a preview of everything; then, if it is confirmed, a draft of each."""
    if not request.user.has_perm("roles.add_assessment"):
        raise PermissionDenied
    form = ImportForm(request.POST if request.method == "POST" else None)
    candidates: list[Candidate] = []
    sound = False
    if request.method == "POST" and form.is_valid():
        try:
            candidates = [_candidate(name, data) for name, data in _sent(request)]
        except NotTaken as error:
            form.add_error("files", str(error))
        else:
            if not candidates:
                form.add_error(
                    None, "There is nothing to import: paste a document or choose a file."
                )
        sound = bool(candidates) and not any(one.report.parsed.problems for one in candidates)
        if sound and "save" in request.POST and _saved(request, candidates):
            return HttpResponseRedirect(reverse("admin:roles_assessment_changelist"))
    context = {
        **admin.site.each_context(request),
        "title": "Import assessment documents",
        "form": form,
        "candidates": candidates,
        "sound": sound,
    }
    return render(request, "admin/roles/assessment/import.html", context)


def _candidate(name: str, data: bytes) -> Candidate:
    report = report_on(parse(data))
    document = report.parsed.document
    unexpected = surprises(document.identity) if document else []
    return Candidate(name, data.decode("utf-8", "replace"), report, unexpected)


def _sent(request: HttpRequest) -> Iterator[tuple[str, bytes]]:
    """Every document that was sent: pasted, confirmed, in files and in archives."""
    total = 0
    for number, (name, data) in enumerate(_all_sent(request), start=1):
        total += len(data)
        if number > MOST_FILES:
            raise NotTaken(f"More than {MOST_FILES} documents; expected fewer at once.")
        if total > MOST_BYTES:
            raise NotTaken(f"More than {MOST_BYTES >> 20} MiB together; expected less at once.")
        yield name, data


def _all_sent(request: HttpRequest) -> Iterator[tuple[str, bytes]]:
    if text := request.POST.get("text", "").strip():
        yield "pasted text", _as_typed(text)
    for number, text in enumerate(request.POST.getlist("document"), start=1):
        yield f"document {number}", _as_typed(text)
    for file in request.FILES.getlist("files"):
        name = file.name or ""
        if name.lower().endswith(".zip"):
            yield from _unpacked(name, file)
        else:
            yield name, file.read(MAX_BYTES + 1)


def _as_typed(text: str) -> bytes:
    """A text as it was before a browser ended its lines in two characters."""
    return text.replace("\r\n", "\n").encode()


def _unpacked(name: str, file: "UploadedFile[Any]") -> Iterator[tuple[str, bytes]]:
    """The documents of an archive, each read no further than a document may be long."""
    try:
        with zipfile.ZipFile(file) as archive:
            found = [info for info in archive.infolist() if info.filename.endswith((".md", ".txt"))]
            for info in found:
                if info.compress_type not in PACKED:
                    raise NotTaken(f"{name} is packed in an unusual way; expected plain zip.")
                with archive.open(info) as stream:
                    yield f"{name}: {info.filename}", stream.read(MAX_BYTES + 1)
    except DAMAGED as error:
        raise NotTaken(f"{name} is damaged or no zip archive: it cannot be unpacked.") from error


def _saved(request: HttpRequest, candidates: list[Candidate]) -> bool:
    """All of them as drafts or none; says by the document what stands in the way."""
    try:
        done = _stored(request, candidates)
    except _InTheWay as error:
        messages.error(request, f"{error}. Nothing was imported.")
        return False
    for one in done:
        messages.success(request, f"{one.assessment}: {one.outcome}.")
    return True


class _InTheWay(Exception):
    """A draft stands in the way of a document, which is named."""


@retried
def _stored(request: HttpRequest, candidates: list[Candidate]) -> list[Imported]:
    done = []
    for one in candidates:
        assert one.report.parsed.document is not None
        try:
            imported = import_document(
                one.report.parsed.document,
                author=person_of(request),
                update_role=request.user.has_perm("roles.change_role"),
            )
        except DraftInTheWay as error:
            raise _InTheWay(f"{one.report.parsed.title}: {error}") from error
        done.append(imported)
    return done


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

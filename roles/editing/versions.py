"""Any two versions of a role beside each other, drafts included."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from roles.documents.diff import diff
from roles.editing.requests import one_visible, visible_assessments
from roles.models import Assessment
from roles.services.export_document import document_of
from roles.vocabulary import Status


class TwoVersions(forms.Form):
    """Which two, by their numbers."""

    before = forms.TypedChoiceField(label="From version", coerce=int)
    after = forms.TypedChoiceField(label="to version", coerce=int)

    def __init__(self, versions: list[Assessment], data: Any) -> None:
        super().__init__(data)
        choices = [
            (one.version, f"{one.version} ({Status(one.status).label.lower()})") for one in versions
        ]
        for field in self.fields.values():
            cast(forms.ChoiceField, field).choices = choices


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What differs between two versions of a role; at first from the one before to this one."""
    assessment = one_visible(request, pk)
    seen = visible_assessments(request).filter(role=assessment.role).with_document()
    versions = {one.version: one for one in seen.order_by("version")}
    earlier = [number for number in versions if number < assessment.version]
    first = {"before": earlier[-1] if earlier else assessment.version, "after": assessment.version}
    form = TwoVersions(list(versions.values()), request.GET if "after" in request.GET else first)
    before = after = None
    if form.is_valid():
        before, after = (versions[form.cleaned_data[name]] for name in ("before", "after"))
    context = {
        **admin.site.each_context(request),
        "title": f"{assessment.role}: versions compared",
        "assessment": assessment,
        "form": form,
        "before": before,
        "after": after,
        "diff": diff(document_of(before), document_of(after)) if before and after else None,
    }
    return render(request, "admin/roles/assessment/compare.html", context)

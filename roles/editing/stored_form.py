"""The form of an assessment as it is stored, for whatever is held against it."""

from typing import Any

from django.http import Http404, HttpRequest, QueryDict

from roles.editing import autosave
from roles.editing.conflict import Conflict
from roles.editing.posted import as_posted, tables_of
from roles.editing.typed_django import AssessmentModelAdmin, InlineFormSet, ModelForm
from roles.models import Assessment, Autosave, FormSnapshot
from roles.services.publish import NotAllowed, locked


class StoredForm(AssessmentModelAdmin):
    """What the screens of an assessment ask of its form and rows."""

    def _one(self, request: HttpRequest, pk: Any) -> Assessment | None:
        """The assessment of an address; None for a new one, and for one that is not seen."""
        return None if pk is None else self.get_object(request, pk)

    def _one_or_404(self, request: HttpRequest, pk: int | None) -> Assessment | None:
        """The same, but what is not seen is not taken for a new one."""
        assessment = self._one(request, pk)
        if pk is not None and assessment is None:
            raise Http404(f"no assessment {pk} that this person sees")
        return assessment

    def _locked(self, request: HttpRequest, pk: Any) -> Assessment | None:
        """The assessment, held until the transaction ends; None where it is not open to change."""
        assessment = self._one(request, pk)
        if assessment is None:
            return None
        try:
            stored = locked(assessment)
        except NotAllowed:
            return None
        return stored if self.has_change_permission(request, stored) else None

    def _unbound(
        self, request: HttpRequest, assessment: Assessment | None
    ) -> tuple[ModelForm, list[InlineFormSet]]:
        """The form and its rows as they are stored."""
        form = self.get_form(request, assessment, change=assessment is not None)(
            instance=assessment
        )
        return form, self._formsets(request, form.instance, assessment)

    def _formsets(
        self,
        request: HttpRequest,
        instance: Assessment,
        stored: Assessment | None,
        data: QueryDict | None = None,
    ) -> list[InlineFormSet]:
        """The rows that the person may change: as they are stored, or as they were posted."""
        return [
            formset_class(
                data,
                instance=instance,
                prefix=formset_class.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            for formset_class, inline in self.get_formsets_with_inlines(request, stored)
            if inline.has_change_permission(request, stored)
        ]

    def _snapshot(self, request: HttpRequest, assessment: Assessment) -> FormSnapshot:
        """How this edition of an assessment was opened, or is now."""
        return autosave.snapshot_of(assessment) or autosave.snapshot(
            assessment, as_posted(*self._unbound(request, assessment))
        )

    def _conflict(self, request: HttpRequest, assessment: Assessment, slot: Autosave) -> Conflict:
        """What a text has otherwise than the assessment as it is stored."""
        form, formsets = self._unbound(request, assessment)
        base = QueryDict(slot.opened.data) if slot.opened else None
        theirs = as_posted(form, formsets)
        return Conflict(tables_of(form, formsets), QueryDict(slot.data), theirs, base)

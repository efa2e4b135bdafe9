"""What the figures of a form would be if it were saved as it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from roles.documents.diff import ChangedFigure, changed_figures
from roles.documents.fields import EMPTY, FIELDS, AssessmentDocument, ItemRow, TaskRow
from roles.documents.publication import lacking
from roles.editing.typed_django import InlineFormSet, ModelForm
from roles.models import ITEM_MODELS, Assessment, Task
from roles.services.export_document import identity_of
from scoring.dimensions import Mode
from scoring.explain import Margin, margin
from scoring.figures import Score, score
from scoring.inputs import problems, total_time
from scoring.warnings import ScoreWarning, warnings


@dataclass(frozen=True, slots=True)
class Preview:
    """The figures of unsaved inputs, or what they lack."""

    time_total: Decimal
    lacking: list[str]
    """What is missing for publication, in words."""
    score: Score | None
    margin: Margin | None
    warnings: list[ScoreWarning]
    changes: list[ChangedFigure]
    """Figures that differ from the published version."""


def preview_of(
    form: ModelForm, formsets: Iterable[InlineFormSet], published: Assessment | None
) -> Preview:
    """The preview of a form that need not be valid; what cannot be read counts as missing."""
    document = _document(form, formsets)
    inputs = document.inputs()
    scored = None if problems(inputs) else score(inputs, document.method)
    before = published.score() if published else None
    return Preview(
        time_total=total_time(inputs.tasks),
        lacking=lacking(document),
        score=scored,
        margin=margin(scored.published_score, scored.method) if scored else None,
        warnings=warnings(scored) if scored else [],
        changes=changed_figures(before, scored) if before and scored else [],
    )


def _document(form: ModelForm, formsets: Iterable[InlineFormSet]) -> AssessmentDocument:
    """What the form has, as a document; empty where it cannot be read."""
    form.is_valid()
    typed: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in form.cleaned_data.items()
        if name in FIELDS
    }
    rows = {formset.model: _rows(formset) for formset in formsets}
    items: dict[str, Any] = {
        name: tuple(
            ItemRow(row["dimension"], row.get("score"), row.get("rationale", ""))
            for row in rows.get(model, [])
            if row.get("dimension")
        )
        for name, model in ITEM_MODELS.items()
    }
    tasks = _tasks(rows.get(Task, []))
    method_version = form.instance.method_version
    role = form.instance.role if form.instance.role_id else None
    identity = identity_of(role) if role else EMPTY.identity
    return replace(
        EMPTY, identity=identity, method_version=method_version, tasks=tasks, **typed, **items
    )


def _tasks(rows: list[dict[str, Any]]) -> tuple[TaskRow, ...]:
    return tuple(
        TaskRow(
            row.get("name", ""),
            row.get("time"),
            row.get("score"),
            Mode(row["mode"]) if row.get("mode") else None,
            row.get("rationale", ""),
        )
        for row in rows
    )


def _rows(formset: InlineFormSet) -> list[dict[str, Any]]:
    formset.is_valid()
    rows = [
        form.cleaned_data
        for form in formset.forms
        if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
    ]
    return sorted(rows, key=lambda row: row.get("position") or 0)

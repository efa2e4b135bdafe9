"""What the figures of a form would be if it were saved as it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.forms import ModelForm
from django.forms.models import BaseInlineFormSet

from roles.documents.diff import changed_figures
from roles.documents.fields import missing_for_publication
from roles.models import Assessment, BarrierItem, EvidenceItem, PrincipleItem, Task
from scoring.explain import Margin, margin
from scoring.formula import Score, score
from scoring.inputs import Inputs, problems
from scoring.inputs import Task as ScoredTask
from scoring.method import Mode
from scoring.warnings import ScoreWarning, warnings

COMPARED = {
    "published_score": "score",
    "zone": "zone",
    "sub_label": "sub-label",
    "task_resistance": "task resistance",
    "evidence_total": "evidence",
    "barrier_total": "barriers",
    "growth": "growth",
}
"""Figures of which a change against the published version is told."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The figures of unsaved inputs, or what they lack."""

    time_total: Decimal
    lacking: list[str]
    """What is missing for publication, in words."""
    score: Score | None
    margin: Margin | None
    warnings: list[ScoreWarning]
    changes: list[tuple[str, Any, Any]]
    """Figures that differ from the published version: name, published, now."""


def preview_of(
    form: ModelForm, formsets: Iterable[BaseInlineFormSet], published: Assessment | None
) -> Preview:
    """The preview of a form that need not be valid; what cannot be read counts as missing."""
    form.is_valid()
    rows = {formset.model: _rows(formset) for formset in formsets}
    inputs = _inputs(getattr(form, "cleaned_data", {}), rows)
    scored = None if problems(inputs) else score(inputs, form.instance.method)
    rationales = [
        (_name(row), row.get("rationale", ""))
        for model in (Task, EvidenceItem, BarrierItem, PrincipleItem)
        for row in rows.get(model, [])
    ]
    growth_rationale = form.cleaned_data.get("growth_rationale", "")
    times = [task.time for task in inputs.tasks if task.time is not None]
    return Preview(
        time_total=sum(times, Decimal(0)),
        lacking=missing_for_publication(inputs, rationales, growth_rationale),
        score=scored,
        margin=margin(scored.published_score) if scored else None,
        warnings=warnings(inputs, scored) if scored else [],
        changes=_changes(published, scored) if published and scored else [],
    )


def _rows(formset: BaseInlineFormSet) -> list[dict[str, Any]]:
    formset.is_valid()
    rows = [
        form.cleaned_data
        for form in formset.forms
        if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
    ]
    return sorted(rows, key=lambda row: row.get("position") or 0)


def _inputs(fields: dict[str, Any], rows: dict[type, list[dict[str, Any]]]) -> Inputs:
    def scored(model: type) -> dict[Any, int]:
        named = [row for row in rows.get(model, []) if row.get("score") is not None]
        return {row["dimension"]: row["score"] for row in named if row.get("dimension")}

    return Inputs(
        tasks=tuple(
            ScoredTask(
                row.get("name", ""),
                row.get("time"),
                row.get("score"),
                Mode(row["mode"]) if row.get("mode") else None,
            )
            for row in rows.get(Task, [])
        ),
        evidence=scored(EvidenceItem),
        barriers=scored(BarrierItem),
        principles=scored(PrincipleItem),
        growth=fields.get("growth"),
        adjusted_task_resistance=fields.get("adjusted_task_resistance"),
        adjustment_reason=fields.get("adjustment_reason", ""),
        override=fields.get("override"),
        override_reason=fields.get("override_reason", ""),
    )


def _name(row: dict[str, Any]) -> str:
    return row.get("dimension") or row.get("name") or "a task"


def _changes(published: Assessment, scored: Score) -> list[tuple[str, Any, Any]]:
    before = published.score()
    if before is None:
        return []
    return changed_figures(before, scored, COMPARED)

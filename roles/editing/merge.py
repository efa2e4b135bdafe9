"""Joins what one person has typed with what another has saved meanwhile.

Each field posts back what it was opened with (``RemembersInitial``). What only one of the two
has changed is taken as changed; what both have changed is left to the person, with both texts.
"""

from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm
from django.http import QueryDict
from django.utils.html import format_html, format_html_join

from roles.editing.typed_django import InlineFormSet, ModelForm
from roles.models import Assessment


@dataclass(slots=True)
class Merge:
    """The outcome: the joined data, and what the person has to know."""

    data: QueryDict
    taken: list[str] = field(default_factory=list)
    """Fields in which only the other person changed something; theirs is in the data."""
    conflicts: list[tuple[str, str]] = field(default_factory=list)
    """Fields that both have changed, with the other person's text; one's own is in the data."""


def merge(posted: QueryDict, form: ModelForm, formsets: list[InlineFormSet]) -> Merge:
    """Join posted data with what is stored; ``form`` and ``formsets`` are of what is stored."""
    merged = Merge(posted.copy())
    _merge_form(merged, form, form.prefix, "")
    for formset in formsets:
        _merge_rows(merged, formset)
    return merged


def notice(assessment: Assessment, merged: Merge) -> str:
    """Who has saved meanwhile, what of theirs is in the form now, and what needs a choice."""
    person = assessment.edited_by or "Somebody"
    parts = [
        format_html(
            "{} has saved this assessment at {}, after you opened it. Nothing of yours is lost: "
            "the form below joins both. Look at it and save again.",
            person,
            f"{assessment.updated_at:%H:%M on %d %B %Y}",
        )
    ]
    if merged.taken:
        parts.append(format_html("Taken from them: {}.", ", ".join(merged.taken)))
    parts += [
        format_html(
            "You both changed {}. Yours is in the form; theirs is: <q>{}</q> "
            "Keep yours, or copy theirs over it.",
            title,
            text,
        )
        for title, text in merged.conflicts
    ]
    return format_html_join("", "<p>{}</p>", ((part,) for part in parts))


def _merge_rows(merged: Merge, formset: InlineFormSet) -> None:
    """Rows are known by their key; one that the other person deleted is dropped or made new."""
    data, prefix = merged.data, formset.prefix
    stored = {str(form.instance.pk): form for form in formset.initial_forms}
    kept, fresh = [], []
    for row in _rows_in(data, prefix):
        key = data.get(f"{row}-id", "")
        if key in stored:
            label = f"{formset.model._meta.verbose_name} “{stored[key].instance}”, "
            _merge_form(merged, stored[key], row, label)
            kept.append(row)
        elif not key:
            fresh.append(row)
        elif _touched(data, row, formset.empty_form):
            data[f"{row}-id"] = ""
            merged.taken.append(f"a deleted {formset.model._meta.verbose_name}, kept as a new one")
            fresh.append(row)
        else:
            merged.taken.append(f"a {formset.model._meta.verbose_name}, deleted")
    _renumber(data, prefix, kept, fresh)


def _rows_in(data: QueryDict, prefix: str) -> list[str]:
    """The rows that were posted, in their order, whatever number of them the form claims."""
    found = (_row_of(name, f"{prefix}-") for name in data)
    rows = {row for _, row, _ in filter(None, found)}
    return sorted(rows, key=lambda row: int(row.removeprefix(f"{prefix}-")))


def _renumber(data: QueryDict, prefix: str, kept: list[str], fresh: list[str]) -> None:
    """Write the rows anew: Django expects the stored ones first, without gaps."""
    start = f"{prefix}-"
    rows: dict[str, dict[tuple[str, str], list[str]]] = {row: {} for row in kept + fresh}
    for name in list(data):
        if not (found := _row_of(name, start)):
            continue
        values = data.pop(name)
        initial, row, rest = found
        if row in rows:
            rows[row][(initial, rest)] = values
    for number, row in enumerate(kept + fresh):
        for (initial, rest), values in rows[row].items():
            data.setlist(f"{initial}{prefix}-{number}-{rest}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))


def _row_of(name: str, start: str) -> tuple[str, str, str] | None:
    """Prefix of an initial value, row and field of a posted name, if it belongs to a row."""
    initial = "initial-" if name.startswith(f"initial-{start}") else ""
    number, dash, rest = name.removeprefix(initial).removeprefix(start).partition("-")
    if not name.removeprefix(initial).startswith(start) or not dash or not number.isdecimal():
        return None
    return initial, f"{start}{number}", rest


def _touched(data: QueryDict, row: str, form: BaseForm) -> bool:
    return any(
        _normalised(data.getlist(f"{row}-{name}"))
        != _normalised(data.getlist(f"initial-{row}-{name}"))
        for name, one in form.fields.items()
        if one.show_hidden_initial
    )


def _merge_form(merged: Merge, form: BaseForm, row: str | None, label: str) -> None:
    data = merged.data
    for name, one in form.fields.items():
        if not one.show_hidden_initial:
            continue
        key = f"{row}-{name}" if row else name
        base = _normalised(data.getlist(f"initial-{key}"))
        mine = _normalised(data.getlist(key))
        stored = _stored(form, name)
        theirs = _normalised(stored)
        if theirs == base:
            continue
        data.setlist(f"initial-{key}", stored)
        title = f"{label}{one.label or name}".strip()
        if mine == base:
            data.setlist(key, stored)
            merged.taken.append(title)
        elif mine != theirs:
            merged.conflicts.append((title, "\n".join(stored)))


def _stored(form: BaseForm, name: str) -> list[str]:
    """The stored value of a field as a browser would post it."""
    bound = form[name]
    value: Any = bound.field.widget.format_value(bound.value())
    if value is None:
        return [""]
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


def _normalised(values: list[str]) -> list[str]:
    """Without what browsers do to line ends, and without a difference of nothing to empty."""
    return [value.replace("\r\n", "\n").strip() for value in values if value.strip()]

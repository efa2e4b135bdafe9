"""The content of the form of an assessment as a browser posts it: its fields and its rows."""

import re
import sys
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import QueryDict

from roles.editing.forms import DimensionFormSet
from roles.editing.typed_django import InlineFormSet, ModelForm

type Row = dict[str, str]

ROW = re.compile(r"(?P<table>\w+)-(?P<number>[0-9]+)-(?P<name>\w+)")
NAMES = ("dimension", "name", "title", "claim", "role")
"""The fields that say which row it is, where its key does not: those of the tables in turn."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a table of the form has; with an empty name, the fields that stand in no table."""

    name: str
    label: str
    fields: dict[str, Any]
    """The fields that are content, by name, in their order."""
    blank: Row
    """A row to which nothing was typed."""
    named_by: str
    fixed: bool
    """Whether its rows are neither added nor removed."""

    @property
    def ordered(self) -> bool:
        """Whether people put its rows into an order."""
        return "position" in self.blank

    def text(self, name: str, value: str) -> str:
        """A value in the words in which the form shows it."""
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            try:
                return str(field.to_python(value) or "")
            except forms.ValidationError:
                return value
        choices = getattr(field, "choices", ())
        return {str(key): str(label) for key, label in choices}.get(value, value) if value else ""

    def same(self, name: str, one: str | None, other: str | None) -> bool:
        """Whether two values of a field are one, as 30 and 30.0 are; None is like no other."""
        if one == other or one is None or other is None:
            return one == other
        field = self.fields[name]
        try:
            return bool(field.to_python(one) == field.to_python(other))
        except forms.ValidationError:
            return False

    def label_of(self, name: str) -> str:
        """What the form calls a field."""
        return str(self.fields[name].label or name.replace("_", " ").capitalize())

    def name_of(self, row: Row) -> str:
        """What tells a row from the others of its table."""
        return self.text(self.named_by, row.get(self.named_by, "")) if self.named_by else ""

    def called(self, row: Row) -> str:
        """What a row is called; nothing for the fields that stand in no table."""
        return f"{self.label} “{self.name_of(row)}”" if self.name else ""

    def in_words(self, row: Row) -> str:
        """All that a row says, a line for each field."""
        return "\n".join(
            f"{self.label_of(name)}: {self.text(name, row[name])}"
            for name in self.fields
            if row.get(name)
        )


def tables_of(form: ModelForm, formsets: list[InlineFormSet]) -> list[Table]:
    """The fields of a form, and its tables."""
    return [
        Table("", "", _content(form), _values(form), "", fixed=True),
        *(_table(formset) for formset in formsets),
    ]


def as_posted(form: ModelForm, formsets: list[InlineFormSet]) -> QueryDict:
    """What a browser would post of a form that nobody has typed into."""
    data = QueryDict(mutable=True)
    for one in [form, *(one for some in formsets for one in [some.management_form, *some.forms])]:
        for bound in one:
            if (values := _posted(bound)) is not None:
                data.setlist(bound.html_name, values)
    return data


def rows(data: QueryDict, table: Table) -> list[Row]:
    """The rows of a table in the order in which people see them, without blank and removed ones."""
    if not table.name:
        return [{name: _plain(data.get(name, "")) for name in table.fields if name in data}]
    found: dict[int, Row] = {}
    for name, value in data.items():
        if (match := ROW.fullmatch(name)) and match["table"] == table.name:
            found.setdefault(int(match["number"]), {})[match["name"]] = _plain(str(value))
    there = [
        row
        for _, row in sorted(found.items())
        if not row.get("DELETE") and (row.get("id") or _is_typed(row, table))
    ]
    return sorted(there, key=_place) if table.ordered else there


def write(data: QueryDict, table: Table, kept: list[Row]) -> None:
    """Put the rows of a table into posted data, in the place of those that it has.

    Django expects the stored ones first.
    """
    if not table.name:
        for name, value in kept[0].items():
            data[name] = value
        return
    for name in [name for name in data if _is_row_of(name, table)]:
        del data[name]
    placed = [
        row | ({"position": str(place)} if table.ordered else {}) for place, row in enumerate(kept)
    ]
    placed.sort(key=lambda row: not row.get("id"))
    for number, row in enumerate(placed):
        for name, value in row.items():
            data[f"{table.name}-{number}-{name}"] = value
    data[f"{table.name}-TOTAL_FORMS"] = str(len(placed))
    data[f"{table.name}-INITIAL_FORMS"] = str(sum(bool(row.get("id")) for row in placed))


def as_new(data: QueryDict, tables: list[Table]) -> QueryDict:
    """The same content for a form of a new assessment, in which no row is stored yet."""
    new = data.copy()
    for table in tables:
        unstored = {"id": "", "assessment": ""} if table.name else {}
        write(new, table, [row | unstored for row in rows(data, table)])
    return new


def _table(formset: InlineFormSet) -> Table:
    empty = formset.empty_form
    fields = {name: one for name, one in _content(empty).items() if name != "position"}
    return Table(
        formset.prefix,
        str(formset.model._meta.verbose_name).capitalize(),
        fields,
        _values(empty),
        next((name for name in NAMES if name in fields and _names(name, formset)), ""),
        fixed=isinstance(formset, DimensionFormSet),
    )


def _names(name: str, formset: InlineFormSet) -> bool:
    """Whether a field says which row it is; several sources are of one dimension."""
    return name != "dimension" or isinstance(formset, DimensionFormSet)


def _content(form: BaseForm) -> dict[str, Any]:
    technical = ("id", "assessment", "DELETE")
    return {name: field for name, field in form.fields.items() if name not in technical}


def _values(form: BaseForm) -> Row:
    return {bound.name: (_posted(bound) or [""])[0] for bound in form}


def _posted(bound: BoundField) -> list[str] | None:
    """The values of a field as a browser posts them; None where it posts none."""
    widget = bound.field.widget
    value: Any = widget.format_value(bound.value())
    if isinstance(widget, forms.CheckboxInput) and not bound.value():
        return None
    if isinstance(value, list | tuple):
        return [str(item) for item in value] or [""]
    return ["" if value is None else str(value)]


def _is_row_of(name: str, table: Table) -> bool:
    match = ROW.fullmatch(name)
    return match is not None and match["table"] == table.name


def _is_typed(row: Row, table: Table) -> bool:
    return any(row.get(name, "") != table.blank.get(name, "") for name in table.fields)


def _place(row: Row) -> int:
    """Where a row stands; one that has no place yet comes last."""
    position = row.get("position", "")
    return int(position) if position.isdecimal() and len(position) < 10 else sys.maxsize


def _plain(value: str) -> str:
    """Without what browsers do to line ends, and without space around."""
    return value.replace("\r\n", "\n").strip()

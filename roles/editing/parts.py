"""The form of an assessment in parts, in the order in which the editorial guide has it written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from roles.documents.fields import FIELDS, IDENTITY_FIELDS, Field, Kind
from roles.documents.layout import Label, Section
from roles.editing.forms import DimensionFormSet
from scoring.dimensions import DIMENSION_GROUPS
from scoring.inputs import InputPart


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the form: a section that opens, with fields, then tables."""

    key: str
    """Its address on the page."""
    title: str
    help: str
    sections: tuple[Section, ...] = ()
    """The sections of a document that it holds."""
    tables: tuple[str, ...] = ()
    """The prefixes of its tables."""
    guide: str = ""
    """Where the public page of the method explains its scores."""

    @property
    def fields(self) -> list[str]:
        """The fields of a document in it, in their order; how one is scored is no field to fill."""
        return [
            field.name
            for field in FIELDS.values()
            if part_of(field) == self.key and field.name != "method_version"
        ]


PARTS = (
    Part(
        "role",
        "The role",
        "Say what it does in a week, at which level, and what it is not.",
        (Section.ROLE,),
    ),
    Part(
        "tasks",
        "Tasks",
        "Split the week into five to nine tasks, shares of time first; together 100 %. Score what "
        "tools in production do today for a typical employer: if the person were away for a "
        "month, how much of the task would get done?",
        (Section.TASKS,),
        ("tasks",),
        "rubric",
    ),
    Part(
        "evidence",
        "Evidence",
        "Positive supports the role. Each cell rests on a source, on published figures, or on "
        "judgement, and says which.",
        (Section.EVIDENCE,),
        ("evidence",),
        "rubric",
    ),
    Part(
        "sources",
        "Sources",
        "The page that says the thing, never a home page. Seen is the day on which somebody "
        "really opened it, or the year it is from.",
        (Section.SOURCES,),
        ("sources",),
    ),
    Part(
        "barriers",
        "Barriers",
        "What would still stop software that could do the work.",
        (Section.BARRIERS,),
        ("barriers",),
        "rubric",
    ),
    Part(
        "principles",
        "Protective principles",
        "No part of the formula: they say at a glance what protects the role.",
        (Section.PRINCIPLES,),
        ("principles",),
        "rubric",
    ),
    Part(
        "growth",
        "AI growth correlation",
        "Does more AI mean fewer or more people in this role? What moves the role for other "
        "reasons is 0.",
        (Section.GROWTH,),
        guide="rubric",
    ),
    Part(
        "adjustment",
        "Adjustment and override",
        "The last resort, once the score is seen: find the input that was misjudged first. Each "
        "needs a reason that a reader can check.",
        (Section.COMPOSITE, Section.SUB_LABEL),
        guide="formula",
    ),
    Part(
        "commentary",
        "Commentary",
        "If the score surprises, leave it and discuss it here.",
        (Section.COMMENTARY, Section.REALITY, Section.NOT_CAPTURED, Section.WORRY),
    ),
    Part(
        "meaning",
        "What this means",
        "For somebody in the role: what will change, by when, and what to do.",
        (Section.MEANING,),
    ),
    Part(
        "related",
        "Related roles",
        "Adjacent roles and career moves. Those who review keep them up.",
        (Section.RELATED,),
        ("related",),
    ),
    Part(
        "notes",
        "Corrections and notes",
        "What is known to be wrong in the document, with what is right and where that can be read.",
        (Section.CORRECTIONS, Section.NOTES),
        ("corrections",),
    ),
    Part(
        "read",
        "Read from the texts",
        "Worked out from the texts whenever they are saved. To change it, change the text.",
        tables=("relations", "seniority", "claims"),
    ),
    Part("record", "Figures and record", "As they were saved last."),
)
_SECTION_PARTS = {section: part.key for part in PARTS for section in part.sections}
MARKDOWN = frozenset(
    field.name for field in FIELDS.values() if field.kind in (Kind.LINE, Kind.PROSE)
)
"""The texts that readers see as Markdown."""


def part_of(field: Field) -> str:
    """The part that a field of a document stands in."""
    if field.opened_by in (Label.ADJUSTMENT, Label.OVERRIDE):
        return "adjustment"
    return (
        "growth" if field.name in ("growth", "growth_rationale") else _SECTION_PARTS[field.section]
    )


_SUBJECTS: dict[str, str] = {
    **{part.value: part.value for part in InputPart},
    InputPart.OVERRIDE: "adjustment",
    **{field.label: "role" for field in IDENTITY_FIELDS.values()},
    **{field.label: part_of(field) for field in FIELDS.values()},
    **{str(one): group.name for group in DIMENSION_GROUPS for one in group.dimensions},
}
"""What a lack begins with, and the part in which it is mended."""


def lacking_by_part(lacking: Iterable[str]) -> list[tuple[Part, list[str]]]:
    """Every part, with what it lacks for publication."""
    lacks: dict[str, list[str]] = {part.key: [] for part in PARTS}
    for lack in lacking:
        lacks[_part_of_lack(lack)].append(lack)
    return [(part, lacks[part.key]) for part in PARTS]


def _part_of_lack(lack: str) -> str:
    """The part of a lack in words; one that begins with no other name is of a task of that name."""
    subjects = [one for one in _SUBJECTS if lack.startswith((f"{one}:", f"{one},"))]
    return _SUBJECTS[max(subjects, key=len)] if subjects else "tasks"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a form, and where."""

    part: str
    target: str
    """The id of what to mend; empty where it is the form as a whole."""
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    called: str
    """The dimension that it is about, or its number: "Task 2"."""
    shown: Any
    """As Django's admin shows it (``InlineAdminForm``)."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one kind on the form."""

    shown: Any
    """As Django's admin shows it (``InlineAdminFormSet``)."""
    rows: list[Row]
    """In their order, as they are stored or were posted."""
    blank: Row | None
    """From which a row is added; None where none may be."""

    @property
    def prefix(self) -> str:
        """With which the names of its fields begin."""
        return str(self.shown.formset.prefix)


@dataclass(frozen=True, slots=True)
class FilledPart:
    """A part with what it shows for one assessment."""

    part: Part
    fieldset: Any
    tables: list[Table]
    faults: list[Fault]


def filled_parts(adminform: Any, formsets: Iterable[Any]) -> list[FilledPart]:
    """The parts of a form, given as Django's admin has it; its fieldsets are titled as they are."""
    fieldsets = {fieldset.name: fieldset for fieldset in adminform}
    tables = {table.prefix: table for table in map(_table, formsets)}
    filled = []
    for part in PARTS:
        here = [tables[prefix] for prefix in part.tables if prefix in tables]
        faults = [fault for fault in _form_faults(adminform.form) if fault.part == part.key]
        for table in here:
            faults += _table_faults(table, part.key)
        filled.append(FilledPart(part, fieldsets.get(part.title), here, faults))
    return filled


def faults_of(form: Form, parts: Iterable[FilledPart]) -> list[Fault]:
    """Everything that is wrong: first what concerns the form as a whole, then by part."""
    whole = [Fault("", "", "", str(message)) for message in form.non_field_errors()]
    return [*whole, *(fault for filled in parts for fault in filled.faults)]


def _table(shown: Any) -> Table:
    forms = list(shown)
    blank = forms.pop() if shown.has_add_permission else None
    name = str(shown.opts.verbose_name).capitalize()
    rows = [
        Row(_dimension(row, shown.formset) or f"{name} {number}", row)
        for number, row in enumerate(sorted(forms, key=_place), start=1)
    ]
    return Table(shown, rows, Row(f"New {name.lower()}", blank) if blank else None)


def _dimension(row: Any, formset: Any) -> str:
    """What a row of a table of fixed dimensions is about; empty for other rows."""
    if not isinstance(formset, DimensionFormSet):
        return ""
    return str(row.form.instance.dimension or row.form.initial.get("dimension", ""))


def _place(row: Any) -> float:
    if "position" not in row.form.fields:
        return float(getattr(row.form.instance, "position", 0))
    typed = str(row.form["position"].value())
    return float(typed) if typed.isdecimal() else float("inf")


def _form_faults(form: Form) -> Iterator[Fault]:
    for name, messages in form.errors.items():
        if name != "__all__":
            part = part_of(FIELDS[name]) if name in FIELDS else "role"
            for message in messages:
                yield Fault(part, form[name].id_for_label, str(form[name].label), str(message))


def _table_faults(table: Table, part: str) -> Iterator[Fault]:
    formset = table.shown.formset
    for message in formset.non_form_errors():
        yield Fault(
            part, f"{table.prefix}-table", table.shown.opts.verbose_name_plural, str(message)
        )
    for row in table.rows:
        form = row.shown.form
        if not form.is_bound or form.cleaned_data.get("DELETE"):
            continue
        for name, messages in form.errors.items():
            where, target = _named(row.called, form, name)
            for message in messages:
                yield Fault(part, target, where, str(message))


def _named(called: str, form: Form, name: str) -> tuple[str, str]:
    """What a fault of a row is called, and the id of the field to mend."""
    if name == "__all__" or form[name].is_hidden:
        return called, next(one for one in form.visible_fields() if one.name != "position").auto_id
    return f"{called}, {str(form[name].label).lower()}", form[name].auto_id

"""Everything that stands in a document, in its order: for differences, search and the audit."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from roles.documents.fields import AssessmentDocument, Field, Kind, TaskRow, fields_in
from roles.documents.layout import TABLE_OF, Section
from roles.documents.numbers import with_sign
from scoring.dimensions import DimensionGroup


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in a document: its place, what it is called, and its text."""

    section: Section
    label: str
    text: str
    figures: str = ""
    """What is said in numbers and fixed words beside the text."""

    @property
    def full_text(self) -> str:
        """Figures and text."""
        return ". ".join(part for part in (self.figures, self.text) if part)


def parts(document: AssessmentDocument) -> Iterator[Part]:
    """Every input and text of a document; those that are empty are left out."""
    for section in Section:
        found = [*_table(document, section), *(_field(document, f) for f in fields_in(section))]
        yield from (part for part in found if part.full_text.strip())


def _field(document: AssessmentDocument, field: Field) -> Part:
    value = getattr(document, field.name)
    if value is None:
        return Part(field.section, field.label, "")
    if field.kind in (Kind.LINE, Kind.PROSE):
        return Part(field.section, field.label, value)
    if field.kind is Kind.STEPS:
        return Part(field.section, field.label, "\n".join(value))
    written = with_sign(value) if field.kind is Kind.SCORE else str(value)
    return Part(field.section, field.label, "", written)


def _table(document: AssessmentDocument, section: Section) -> Iterator[Part]:
    if group := TABLE_OF.get(section):
        yield from _items(document, section, group)
    elif section is Section.TASKS:
        yield from (Part(section, t.name, t.rationale, _task(t)) for t in document.tasks)
    elif section is Section.SOURCES:
        for source in document.sources:
            words = f"{source.dimension}: {source.publisher} {source.url} {source.seen}"
            yield Part(section, source.title, "", words)
    elif section is Section.RELATED:
        for related in document.related:
            yield Part(section, related.title, related.note, related.kind)
    elif section is Section.CORRECTIONS:
        for one in document.corrections:
            yield Part(section, one.claim, f"{one.correction} ({one.source})")


def _items(document: AssessmentDocument, section: Section, group: DimensionGroup) -> Iterator[Part]:
    for row in document.items(group):
        figures = "not scored" if row.score is None else written_score(group, row.score)
        yield Part(section, row.dimension, row.rationale, figures)


def written_score(group: DimensionGroup, score: int) -> str:
    """A score of a dimension, with its sign where the scale has two sides."""
    return with_sign(score) if group.scale.signed else str(score)


def _task(task: TaskRow) -> str:
    time = "?" if task.time is None else f"{task.time.normalize() + Decimal(0):f}"
    return f"{time} % of time, score {task.score or '?'}, {task.mode or '?'}"

"""Writes an assessment document: the inverse of ``parse`` for every document without problems."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from roles.documents.blocks import join_cells, written_item
from roles.documents.fields import (
    FIELDS,
    IDENTITY_FIELDS,
    AssessmentDocument,
    Identity,
    Kind,
    Place,
    fields_in,
)
from roles.documents.layout import (
    NO_SUB_LABEL,
    OPTIONAL_SECTIONS,
    SUBSECTIONS_OF,
    TABLE_COLUMNS,
    TABLE_OF,
    UNFINISHED,
    Label,
    Section,
    Statement,
    section_of,
    zone_legend,
)
from roles.documents.numbers import with_sign
from roles.documents.parts import written_score
from roles.documents.statements import TOTALS, as_stated, claims_by_place
from scoring.claims import SPLIT, TASK_WEIGHTED, TIME_TOTAL
from scoring.dimensions import DimensionGroup, Mode
from scoring.figure_type import Figure
from scoring.figures import Score
from scoring.formula import in_full

COMPOSITE = (
    Statement.TASK_RESISTANCE,
    Statement.EVIDENCE,
    Statement.BARRIERS,
    Statement.GROWTH,
)
STATED = {
    Label.RESISTANCE: Statement.RESISTANCE,
    Label.RAW: Statement.RAW,
    Label.SCORE: Statement.SCORE,
}
_PARAMETERS = {Kind.RESISTANCE: "{:.2f}", Kind.POINTS: "{:.1f}", Kind.YEAR: "{}"}


SUBSECTIONS = {section for sections in SUBSECTIONS_OF.values() for section in sections}


def render(document: AssessmentDocument) -> str:
    """The document as Markdown.

    Figures are written as the document claims them; one that it does not claim is written as
    computed, so that every figure can be held against the method when it is read again.
    """
    writer = _Writer(as_stated(document))
    parts = [part for section in Section for part in writer.section(section)]
    return "\n\n".join(part for part in parts if part) + "\n"


class _Writer:
    """Writes one document, section by section: heading, table, then what labels open."""

    def __init__(self, document: AssessmentDocument) -> None:
        self.document = document
        self.claims = claims_by_place(document.claims)

    def claimed(self, figure: Figure, place: str, subject: str = "") -> str:
        claim = self.claims.get((figure, place, subject))
        return claim.claimed if claim else ""

    def statement(self, statement: Statement) -> str:
        """A calculation written out; empty where one of its figures is unknown."""
        values = {f.name: self.claimed(f, statement.place) for f in statement.figures}
        return statement.written(self.document.method, values) if all(values.values()) else ""

    def section(self, section: Section) -> Iterator[str]:
        if section is Section.ROLE and section_of(self.document.identity.title) is None:
            yield f"# {self.document.identity.title}"
        body = [part for part in self._body(section) if part]
        if body or section not in OPTIONAL_SECTIONS:
            yield f"{'###' if section in SUBSECTIONS else '##'} {section}"
            yield from body

    def _body(self, section: Section) -> Iterator[str]:
        rows = list(self._rows(section))
        if section in TABLE_COLUMNS and (rows or section not in OPTIONAL_SECTIONS):
            yield _table(TABLE_COLUMNS[section], rows)
        for label in Label:
            if label.section is section:
                yield self._labelled(label)
        for field in fields_in(section):
            if field.place is Place.PROSE:
                yield getattr(self.document, field.name)

    def _labelled(self, label: Label) -> str:
        """What stands under a label: a stated figure, or fields of the document."""
        if label in STATED:
            return _labelled(label, self.statement(STATED[label]))
        if label is Label.SPLIT:
            return _labelled(label, self._split())
        if label is Label.ZONE:
            zone = self.claimed(Score.zone, Label.ZONE.name_in_words)
            legend = zone_legend(self.document.method)
            return _labelled(label, f"{zone.upper()} {legend}" if zone else "")
        fields = [field for field in FIELDS.values() if field.opened_by is label]
        parameter, text = "", ""
        for field in fields:
            value = getattr(self.document, field.name)
            if field.place is Place.PARAMETER:
                parameter = "" if value is None else _PARAMETERS[field.kind].format(value)
            elif field.kind is Kind.STEPS:
                text = "\n\n" + "\n".join(map(written_item, value)) if value else ""
            else:
                text = value
        return _labelled(label, text, parameter)

    def _split(self) -> str:
        place = Label.SPLIT.name_in_words
        shares = [(mode, self.claimed(SPLIT, place, mode)) for mode in Mode]
        return ", ".join(f"{share}% {mode.lower()}" for mode, share in shares if share)

    def _rows(self, section: Section) -> Iterator[tuple[str, ...]]:
        """The rows of a section's table."""
        if group := TABLE_OF.get(section):
            return self._item_rows(section, group)
        rows = {
            Section.ROLE: self._role_rows,
            Section.TASKS: self._task_rows,
            Section.COMPOSITE: self._composite_rows,
            Section.SUB_LABEL: self._sub_label_rows,
            Section.SOURCES: self._source_rows,
            Section.RELATED: self._related_rows,
            Section.CORRECTIONS: self._correction_rows,
        }
        return rows[section]() if section in rows else iter(())

    def _role_rows(self) -> Iterator[tuple[str, str]]:
        if self.document.missing():
            yield UNFINISHED
        for name, field in IDENTITY_FIELDS.items():
            if written := _identity_text(self.document.identity, name):
                yield field.label, written
        for field in fields_in(Section.ROLE):
            value = getattr(self.document, field.name)
            if field.place is Place.ROW and value:
                yield field.label, value.isoformat() if field.kind is Kind.DATE else value

    def _task_rows(self) -> Iterator[tuple[str, ...]]:
        for number, task in enumerate(self.document.tasks, start=1):
            yield (
                task.name,
                "" if task.time is None else f"{in_full(task.time)}%",
                "" if task.score is None else str(task.score),
                self.claimed(TASK_WEIGHTED, Section.TASKS, str(number)),
                task.mode or "",
                task.rationale,
            )
        time_total = self.claimed(TIME_TOTAL, Section.TASKS)
        weighted = self.claimed(Score.weighted, Section.TASKS)
        if time_total and weighted:
            yield "**Total**", f"**{time_total}%**", "", f"**{weighted}**", "", ""

    def _item_rows(self, section: Section, group: DimensionGroup) -> Iterator[tuple[str, ...]]:
        for row in self.document.items(group):
            written = "" if row.score is None else written_score(group, row.score)
            yield row.dimension, written, row.rationale
        if total := self.claimed(TOTALS[group.name], section):
            written = _signed(total) if group.scale.signed else f"{total}/{group.total.high}"
            name = "**Protective Total**" if section is Section.PRINCIPLES else "**Total**"
            yield name, f"**{written}**", ""
        if section is Section.PRINCIPLES:
            document = self.document
            growth = "" if document.growth is None else with_sign(document.growth)
            yield FIELDS["growth"].label, growth, document.growth_rationale

    def _composite_rows(self) -> Iterator[tuple[str, str]]:
        for statement in COMPOSITE:
            if value := self.statement(statement):
                yield statement.place, value

    def _source_rows(self) -> Iterator[tuple[str, ...]]:
        for one in self.document.sources:
            yield one.dimension, one.title, one.publisher, one.url, one.seen

    def _related_rows(self) -> Iterator[tuple[str, ...]]:
        yield from ((one.title, one.kind, one.note) for one in self.document.related)

    def _correction_rows(self) -> Iterator[tuple[str, ...]]:
        yield from ((one.claim, one.correction, one.source) for one in self.document.corrections)

    def _sub_label_rows(self) -> Iterator[tuple[str, str]]:
        section = Section.SUB_LABEL
        zone = self.claimed(Score.zone, section)
        sub_label = self.claimed(Score.sub_label, section)
        note = self.document.sub_label_note
        if share := self.claimed(Score.share_3_plus, section):
            yield "% of task time scoring 3+", f"{share}%"
        if growth := self.claimed(Score.growth, section):
            yield "AI Growth Correlation", _signed(growth)
        if zone:
            yield "Sub-label", f"{zone} ({sub_label})" + (f" -- {note}" if note else "")
        elif note:
            yield "Sub-label", f"{NO_SUB_LABEL}{note}"


def _identity_text(identity: Identity, name: str) -> str:
    pay = identity.pay
    if name == "aliases":
        return "; ".join(identity.aliases)
    if name == "codes":
        return "; ".join(f"{code.system} {code.code}" for code in identity.codes)
    if name == "pay":
        return f"{pay.currency} {pay.low:,}-{pay.high:,} ({pay.year})" if pay else ""
    text: str = getattr(identity, name)
    return text


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [columns, ("---",) * len(columns), *rows]
    return "\n".join(join_cells(list(line)) for line in lines)


def _labelled(label: Label, text: str, parameter: object = "") -> str:
    if not text and parameter == "":
        return ""
    opened = f"**{label.text(parameter)}:**"
    return opened + text if text.startswith("\n") else f"{opened} {text}".rstrip()


def _signed(claimed: str) -> str:
    return f"+{claimed}" if Decimal(claimed) > 0 else claimed

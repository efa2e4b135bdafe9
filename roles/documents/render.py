"""Writes an assessment document: the inverse of ``parse`` for every document without problems."""

from collections.abc import Iterable
from decimal import Decimal

from roles.documents.blocks import join_cells
from roles.documents.document import AssessmentDocument, Identity, ItemRow
from roles.documents.figures import claims_by_place, complete_claims
from roles.documents.layout import ZONE_LEGEND, Label, Section, Statement, section_of
from roles.documents.numbers import signed, times
from scoring.claims import Claim, Figure
from scoring.formula import score
from scoring.inputs import problems
from scoring.method import BARRIER_TOTAL, PROTECTIVE_TOTAL, Mode


def render(document: AssessmentDocument) -> str:
    """The document as Markdown.

    Figures are written as the document claims them; one that it does not claim is written as
    computed, so that every figure can be held against the method when it is read again.
    """
    claims = document.claims
    if not problems(document.inputs()):
        claims = complete_claims(document, score(document.inputs()))
    writer = _Writer(document, claims)
    parts = [
        *writer.role(),
        *writer.principles(),
        *writer.tasks(),
        *writer.evidence_and_barriers(),
        *writer.composite(),
        *writer.sub_label(),
        *writer.prose(),
        *writer.meaning(),
        *writer.appendix(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


class _Writer:
    """Writes the sections of one document; each method gives their parts in order."""

    def __init__(self, document: AssessmentDocument, claims: tuple[Claim, ...]) -> None:
        self.document = document
        self.claims = claims_by_place(claims)

    def claimed(self, figure: Figure, place: str, subject: str = "") -> str:
        claim = self.claims.get((figure, place, subject))
        return claim.claimed if claim else ""

    def statement(self, statement: Statement) -> str:
        """A calculation written out; empty where one of its figures is unknown."""
        values = {figure: self.claimed(figure, statement.place) for figure in statement.figures}
        return statement.template.format(**values) if all(values.values()) else ""

    def role(self) -> Iterable[str]:
        document = self.document
        title = document.identity.title
        if section_of(title) is None:
            yield f"# {title}"
        yield _heading(Section.ROLE)
        rows = [
            *_identity_rows(document.identity),
            ("Primary Function", document.primary_function),
            ("What This Role Is NOT", document.not_this_role),
            ("Typical Experience", document.typical_experience),
            ("Provenance", document.provenance),
            ("Assessed On", document.assessed_on.isoformat() if document.assessed_on else ""),
        ]
        yield _table(("Field", "Value"), [row for row in rows if row[1]])
        yield _labelled(Label.SENIORITY, document.seniority_note)

    def principles(self) -> Iterable[str]:
        document = self.document
        yield _heading(Section.PRINCIPLES)
        total = self.claimed(Figure.PROTECTIVE_TOTAL, Section.PRINCIPLES)
        rows = [(row.dimension, _written(row.score), row.rationale) for row in document.principles]
        if total:
            rows.append(("**Protective Total**", f"**{total}/{PROTECTIVE_TOTAL.high}**", ""))
        growth = "" if document.growth is None else signed(document.growth)
        rows.append(("AI Growth Correlation", growth, document.growth_rationale))
        yield _table(("Principle", "Score (0-3)", "Rationale"), rows)
        yield _labelled(Label.QUICK_SCREEN, document.quick_screen)

    def tasks(self) -> Iterable[str]:
        document = self.document
        yield _heading(Section.TASKS)
        rows = [
            (
                task.name,
                "" if task.time is None else f"{times(task.time)}%",
                _written(task.score),
                self.claimed(Figure.TASK_WEIGHTED, Section.TASKS, str(number)),
                task.mode or "",
                task.rationale,
            )
            for number, task in enumerate(document.tasks, start=1)
        ]
        time_total = self.claimed(Figure.TIME_TOTAL, Section.TASKS)
        weighted = self.claimed(Figure.WEIGHTED, Section.TASKS)
        if time_total and weighted:
            rows.append(("**Total**", f"**{time_total}%**", "", f"**{weighted}**", "", ""))
        columns = ("Task", "Time %", "Score (1-5)", "Weighted", "Aug/Disp", "Rationale")
        yield _table(columns, rows)
        yield _labelled(Label.RESISTANCE, self.statement(Statement.RESISTANCE))
        if (adjusted := document.adjusted_task_resistance) is not None:
            yield _labelled(Label.ADJUSTMENT, document.adjustment_reason, f"{adjusted:.2f}")
        yield _labelled(Label.SPLIT, self._split())
        yield _labelled(Label.REINSTATEMENT, document.reinstatement_check)

    def _split(self) -> str:
        place = Label.SPLIT.name_in_words
        shares = [(mode, self.claimed(Figure.SPLIT, place, mode)) for mode in Mode]
        return ", ".join(f"{share}% {mode.lower()}" for mode, share in shares if share)

    def evidence_and_barriers(self) -> Iterable[str]:
        document = self.document
        total = self.claimed(Figure.EVIDENCE_TOTAL, Section.EVIDENCE)
        yield _heading(Section.EVIDENCE)
        rows = [
            (row.dimension, "" if row.score is None else signed(row.score), row.rationale)
            for row in document.evidence
        ]
        if total:
            rows.append(("**Total**", f"**{_signed(total)}**", ""))
        yield _table(("Dimension", "Score (-2 to 2)", "Evidence"), rows)
        total = self.claimed(Figure.BARRIER_TOTAL, Section.BARRIERS)
        yield _heading(Section.BARRIERS)
        yield _labelled(Label.QUESTION, document.barrier_question)
        rows = _item_rows(document.barriers)
        if total:
            rows.append(("**Total**", f"**{total}/{BARRIER_TOTAL.high}**", ""))
        yield _table(("Barrier", "Score (0-2)", "Rationale"), rows)
        yield _heading(Section.GROWTH)
        yield document.growth_check

    def composite(self) -> Iterable[str]:
        document = self.document
        yield _heading(Section.COMPOSITE)
        statements = (
            Statement.TASK_RESISTANCE,
            Statement.EVIDENCE,
            Statement.BARRIERS,
            Statement.GROWTH,
        )
        rows = [(statement.place, self.statement(statement)) for statement in statements]
        yield _table(("Input", "Value"), [row for row in rows if row[1]])
        yield _labelled(Label.RAW, self.statement(Statement.RAW))
        yield _labelled(Label.SCORE, self.statement(Statement.SCORE))
        if document.override is not None:
            yield _labelled(Label.OVERRIDE, document.override_reason, f"{document.override:.1f}")
        if zone := self.claimed(Figure.ZONE, Label.ZONE.name_in_words):
            yield _labelled(Label.ZONE, f"{zone.upper()} {ZONE_LEGEND}")

    def sub_label(self) -> Iterable[str]:
        section = Section.SUB_LABEL
        yield _heading(section)
        share = self.claimed(Figure.SHARE_3_PLUS, section)
        growth = self.claimed(Figure.GROWTH, section)
        zone = self.claimed(Figure.ZONE, section)
        sub_label = self.claimed(Figure.SUB_LABEL, section)
        note = self.document.sub_label_note
        rows = [
            ("% of task time scoring 3+", f"{share}%" if share else ""),
            ("AI Growth Correlation", _signed(growth) if growth else ""),
            ("Sub-label", f"{zone} ({sub_label})" + (f" -- {note}" if note else "")),
        ]
        yield _table(("Metric", "Value"), rows if zone else [row for row in rows[:2] if row[1]])

    def prose(self) -> Iterable[str]:
        document = self.document
        yield _heading(Section.COMMENTARY)
        yield _heading(Section.REALITY, level=3)
        yield document.score_vs_reality
        yield _heading(Section.NOT_CAPTURED, level=3)
        yield document.not_captured
        yield _heading(Section.WORRY)
        yield document.who_should_worry

    def meaning(self) -> Iterable[str]:
        document = self.document
        yield _heading(Section.MEANING)
        yield _labelled(Label.OUTLOOK, document.outlook, document.outlook_year)
        if document.survival_strategy:
            yield f"**{Label.STRATEGY.text()}:**"
            yield "\n".join(f"- {step}" for step in document.survival_strategy)
        yield _labelled(Label.TIMELINE, document.timeline)

    def appendix(self) -> Iterable[str]:
        document = self.document
        if document.sources:
            yield _heading(Section.SOURCES)
            rows = [
                (source.dimension, source.title, source.publisher, source.url, source.seen)
                for source in document.sources
            ]
            yield _table(("Dimension", "Title", "Publisher", "URL", "Seen"), rows)
        if document.related:
            yield _heading(Section.RELATED)
            related = [(other.title, other.kind, other.note) for other in document.related]
            yield _table(("Role", "Relation", "Note"), related)
        if document.further_notes:
            yield _heading(Section.NOTES)
            yield document.further_notes


def _identity_rows(identity: Identity) -> list[tuple[str, str]]:
    pay = identity.pay
    return [
        ("Job Title", identity.title),
        ("Also Known As", "; ".join(identity.aliases)),
        ("Seniority Level", identity.seniority),
        ("Sector", identity.sector),
        ("Country", identity.country),
        ("Occupational Codes", "; ".join(f"{code.system} {code.code}" for code in identity.codes)),
        ("Pay Range", f"{pay.currency} {pay.low:,}-{pay.high:,} ({pay.year})" if pay else ""),
    ]


def _item_rows(items: tuple[ItemRow, ...]) -> list[tuple[str, str, str]]:
    return [(row.dimension, _written(row.score), row.rationale) for row in items]


def _heading(section: Section, level: int = 2) -> str:
    return f"{'#' * level} {section}"


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [columns, ("---",) * len(columns), *rows]
    return "\n".join(join_cells(list(line)) for line in lines)


def _labelled(label: Label, text: str, parameter: object = "") -> str:
    return f"**{label.text(parameter)}:** {text}" if text else ""


def _signed(claimed: str) -> str:
    return f"+{claimed}" if Decimal(claimed) > 0 else claimed


def _written(score: int | None) -> str:
    return "" if score is None else str(score)

"""Reads an assessment document: bytes in, a document and everything wrong with it out."""

from dataclasses import dataclass, field

from roles.documents.blocks import Block, Items, Table, canonical_prose, on_one_line, prose
from roles.documents.fields import AssessmentDocument
from roles.documents.layout import TABLE_OF, Section
from roles.documents.outside import Note
from roles.documents.parsing.inputs import (
    read_evidence_and_barriers,
    read_principles,
    read_tasks,
)
from roles.documents.parsing.prose import (
    read_corrections,
    read_related,
    read_sources,
    read_texts,
    refuse_decisions,
)
from roles.documents.parsing.reader import Reader, decides_a_figure
from roles.documents.parsing.role import read_role
from roles.documents.parsing.sections import Sections
from roles.documents.parsing.statements import read_composite, read_sub_label, read_task_figures
from roles.documents.quotes import unread
from roles.documents.text import DocumentProblem, read_lines
from scoring.inputs import Problem, problems


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read. ``document`` is None if and only if there are problems."""

    document: AssessmentDocument | None
    title: str
    problems: list[DocumentProblem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    """Texts without a home in the format, which the document keeps as further notes."""
    left_out: list[Note] = field(default_factory=list)
    """What stood around the document and is no part of it."""


def parse(data: bytes) -> Parsed:
    """Read a document. Never raises for its content: all that is wrong is in the result."""
    lines, found = read_lines(data)
    if found:
        return Parsed(None, "", found)
    reader = Reader(Sections(lines))
    values = {
        **read_role(reader),
        **read_principles(reader),
        **read_tasks(reader),
        **read_evidence_and_barriers(reader),
        **read_composite(reader),
        **read_sub_label(reader),
        **read_texts(reader),
        "sources": read_sources(reader),
        "related": read_related(reader),
        "corrections": read_corrections(reader),
    }
    read_task_figures(reader)
    further_notes, notes = _further_notes(reader)
    claims = tuple(reader.claims.values())
    document = AssessmentDocument(**values, further_notes=further_notes, claims=claims)
    _report_scoring_problems(reader, problems(document.inputs()))
    for label, message in unread(document):
        reader.problem(reader.lines.get(label), label, message)
    problems_found = (p for p in reader.problems if not (reader.unfinished and p.unfinished))
    found = sorted(dict.fromkeys(problems_found), key=lambda problem: problem.line or 0)
    title = document.identity.title
    return Parsed(None if found else document, title, found, notes, reader.sections.left_out)


def _further_notes(reader: Reader) -> tuple[str, list[Note]]:
    """The further notes of the document, and what has to be added to them."""
    refuse_decisions(reader, Section.NOTES)
    line, text = reader.sections.take_prose(Section.NOTES)
    reader.plain(line, Section.NOTES, text)
    left_over = []
    for section, block in reader.sections.left_over():
        if isinstance(block, Table) and (section in TABLE_OF or section in SCORED):
            row = " | ".join(block.header.cells)[:60]
            message = f"broken table: '{row}' stands apart from the table of its section"
            reader.problem(block.line, str(section), message)
        elif stated := next(filter(decides_a_figure, _texts(block)), ""):
            message = f"'{stated[:60]}' cannot be read; write it as the format has it"
            reader.problem(block.line, str(section or "before the first section"), message)
        else:
            left_over.append(Note(block.line, prose([block])))
    notes = sorted([*reader.extra, *left_over], key=lambda note: note.line)
    for note in notes:
        reader.plain(note.line, Section.NOTES, note.text)
    texts = [text, *(note.text for note in notes)]
    return canonical_prose("\n\n".join(text for text in texts if text)), notes


SCORED = (Section.TASKS, Section.COMPOSITE, Section.SUB_LABEL)
"""Sections with a table of figures that is no table of dimensions."""


def _texts(block: Block) -> list[str]:
    """What could state a figure of a block that is left over: each item and row for itself."""
    match block:
        case Items(items=items):
            return [item.on_one_line for item in items]
        case Table(rows=rows):
            return [": ".join(cell for cell in row.cells if cell) for row in rows]
    return [on_one_line(block)]


def _report_scoring_problems(reader: Reader, found: list[Problem]) -> None:
    """Give the problems that scoring finds the line and the words of the document."""
    for problem in found:
        part_line, part_where = reader.places.get((problem.part, None), (None, problem.part))
        if part_line is None:
            continue  # reported already: the section is missing
        place = reader.places.get((problem.part, problem.item))
        if problem.part in reader.unread and (problem.item is None or place is None):
            continue  # reported already: something of it could not be read
        line, where = place or (part_line, f"{part_where}: {problem.item}")
        if problem.field:
            where = f"{where}, {problem.field.capitalize()}"
        tell = reader.lack if problem.unfinished else reader.problem
        tell(line, where, problem.message)

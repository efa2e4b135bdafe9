"""Reads an assessment document: bytes in, a document and everything wrong with it out."""

from dataclasses import dataclass, field

from roles.documents.fields import AssessmentDocument
from roles.documents.layout import Section
from roles.documents.parsing.inputs import (
    read_evidence_and_barriers,
    read_principles,
    read_tasks,
)
from roles.documents.parsing.prose import read_related, read_sources, read_texts
from roles.documents.parsing.reader import Note, Reader
from roles.documents.parsing.role import read_role
from roles.documents.parsing.sections import Sections
from roles.documents.parsing.statements import read_composite, read_sub_label, read_task_figures
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
    }
    read_task_figures(reader)
    further_notes, notes = _further_notes(reader)
    claims = tuple(dict.fromkeys(reader.claims))
    document = AssessmentDocument(**values, further_notes=further_notes, claims=claims)
    _report_scoring_problems(reader, problems(document.inputs()))
    found = sorted(reader.problems, key=lambda problem: problem.line or 0)
    return Parsed(None if found else document, document.identity.title, found, notes)


def _further_notes(reader: Reader) -> tuple[str, list[Note]]:
    """The further notes of the document, and what has to be added to them."""
    line, text = reader.sections.take_prose(Section.NOTES)
    reader.plain(line, Section.NOTES, text)
    reader.sections.report_torn_tables()
    left_over = [Note(line, text) for line, text in reader.sections.left_over()]
    notes = sorted([*reader.extra, *left_over], key=lambda note: note.line)
    for note in notes:
        reader.plain(note.line, Section.NOTES, note.text)
    texts = [text, *(note.text for note in notes)]
    return "\n\n".join(text for text in texts if text), notes


def _report_scoring_problems(reader: Reader, found: list[Problem]) -> None:
    """Give the problems that scoring finds the line and the words of the document."""
    for problem in found:
        part_line, part_where = reader.places.get((problem.part, None), (None, problem.part))
        if part_line is None or (problem.item is None and problem.part in reader.unread):
            continue  # reported already: the section is missing, or its numbers are unreadable
        line, where = reader.places.get(
            (problem.part, problem.item), (part_line, f"{part_where}: {problem.item}")
        )
        if problem.field:
            where = f"{where}, {problem.field.capitalize()}"
        reader.problem(line, where, problem.message)

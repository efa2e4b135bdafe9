"""Reads the prose of a document, and the sources and related roles at its end."""

import re
from typing import Any

from roles.documents.fields import (
    FIELDS,
    MAX_YEAR,
    YEARS,
    CorrectionRow,
    Field,
    Place,
    RelatedRow,
    SourceRow,
)
from roles.documents.layout import ASSESSORS, TABLE_COLUMNS, Label, Section, labelled
from roles.documents.markup import address, folded, plain
from roles.documents.parsing.inputs import is_decision
from roles.documents.parsing.reader import Reader
from roles.documents.synonyms import did_you_mean, official
from roles.vocabulary import RelationKind
from scoring.dimensions import EvidenceDimension

SOURCE_COLUMNS = ("Dimension", "Title", "Publisher", "URL", "Seen")
OPENED_ELSEWHERE = (Label.ADJUSTMENT, Label.OVERRIDE, Label.OUTLOOK, Label.STRATEGY)
"""Labels with a value of their own, or a list below them."""
RELATED_KINDS = (RelationKind.ADJACENT, RelationKind.CAREER_MOVE)


def read_texts(reader: Reader) -> dict[str, Any]:
    """The fields that are a paragraph of their own, or all the text of a section."""
    labelled = {
        name: _labelled(reader, field)
        for name, field in FIELDS.items()
        if field.place is Place.LABELLED and field.opened_by not in OPENED_ELSEWHERE
    }
    sections = {
        name: _section(reader, field)
        for name, field in FIELDS.items()
        if field.place is Place.PROSE and field.section is not Section.NOTES
    }
    return {**_outlook(reader), "survival_strategy": _steps(reader), **labelled, **sections}


def _labelled(reader: Reader, field: Field) -> str:
    assert field.opened_by is not None
    read = reader.required_label if field.required else reader.label
    return read(field.opened_by)[1]


def _section(reader: Reader, field: Field) -> str:
    refuse_decisions(reader, field.section)
    line, text = reader.sections.take_prose(field.section)
    if field.required and not text and line is not None:
        reader.lack(line, field.section, "is empty; expected a text")
    reader.plain(line, field.section, text)
    return text


def refuse_decisions(reader: Reader, section: Section) -> None:
    """Report adjustments and overrides that stand in prose, where they decide nothing."""
    for line, text in reader.sections.paragraphs(section):
        for label in ASSESSORS:
            found = labelled(text, label.section)
            if found and found.label is label and is_decision(found.rest):
                message = f"'{text[:60]}' stands here; expected it under {label.section}"
                reader.problem(line, section, message)


def _outlook(reader: Reader) -> dict[str, Any]:
    year, outlook = reader.required_label(Label.OUTLOOK)
    year = folded(year).strip("() ")
    year = re.sub(r"^(in|by|of)(\s+|$)", "", year, flags=re.I)
    if (outlook or year) and not (re.fullmatch("[0-9]{4}", year) and int(year) in YEARS):
        message = f"'{year[:40]}' is no year from {YEARS}; expected 'The role in 2028: …'"
        tell = reader.problem if year else reader.lack
        tell(reader.sections.line_of(Section.MEANING), "The role in", message)
        year = ""
    return {"outlook_year": int(year) if year else None, "outlook": outlook}


def _steps(reader: Reader) -> tuple[str, ...]:
    where = f"{Section.MEANING}: {Label.STRATEGY.name_in_words}"
    line, text = reader.sections.line_of(Section.MEANING), reader.label(Label.STRATEGY)[1]
    items = reader.sections.take_items(Section.MEANING)
    steps = tuple(item.on_one_line for item in items)
    if text:
        reader.note(line or 0, text)
    if not steps and line is not None:
        reader.lack(line, where, "is missing; expected 'Survival strategy:' and a list of steps")
    for item, step in zip(items, steps, strict=True):
        reader.plain(item.line, where, step)
    return steps


def read_sources(reader: Reader) -> tuple[SourceRow, ...]:
    """Where the evidence can be read; a section that a document may lack."""
    sources = list(reader.sources)
    if reader.sections.line_of(Section.SOURCES) is None:
        return tuple(sources)
    for row in reader.sections.take_table(Section.SOURCES).rows:
        line = row["Dimension"].line
        dimension, title, publisher, seen = (
            reader.plain(line, f"{Section.SOURCES}, {column}", row[column].text)
            if column in row
            else ""
            for column in ("Dimension", "Title", "Publisher", "Seen")
        )
        url = address(row["URL"].text) if "URL" in row else ""
        if not url and (link := address(title)).startswith("http") and link != title:
            title, url = plain(title), link
        known = official(dimension, EvidenceDimension)
        source = SourceRow(known or plain(dimension), title, publisher, url, seen)
        reader.limit(line, f"{Section.SOURCES}, Seen", source.seen, MAX_YEAR)
        _check_source(reader, source, line)
        reader.keep_other_columns(row, Section.SOURCES, set(SOURCE_COLUMNS))
        sources.append(source)
    return tuple(sources)


def _check_source(reader: Reader, source: SourceRow, line: int) -> None:
    if source.dimension not in list(EvidenceDimension):
        message = f"is '{source.dimension[:40]}'; expected one of {', '.join(EvidenceDimension)}"
        message += did_you_mean(source.dimension, EvidenceDimension)
        reader.problem(line, f"{Section.SOURCES}, Dimension", message)
    if source.url and not re.match(r"https?://\S+$", source.url):
        message = f"is '{source.url[:60]}'; expected an address that begins with https://"
        reader.problem(line, f"{Section.SOURCES}, URL", message)
    if not source.title:
        reader.problem(line, f"{Section.SOURCES}, Title", "is empty; expected a title")


def read_related(reader: Reader) -> tuple[RelatedRow, ...]:
    """Related roles in a table of their own; a section that a document may lack."""
    if reader.sections.line_of(Section.RELATED) is None:
        return ()
    related: list[RelatedRow] = []
    for row in reader.sections.take_table(Section.RELATED).rows:
        line = row["Role"].line
        title = reader.title(row["Role"], f"{Section.RELATED}, Role")
        kind = official(row["Relation"].text, RELATED_KINDS)
        note = row["Note"].text if "Note" in row else ""
        reader.plain(line, f"{Section.RELATED}, Note", note)
        reader.keep_other_columns(row, Section.RELATED, {"Role", "Relation", "Note"})
        if any(title.lower() == other.title.lower() for other in related):
            reader.problem(line, f"{Section.RELATED}, Role", "appears twice")
        elif kind:
            related.append(RelatedRow(title, RelationKind(kind), note))
        else:
            written = plain(row["Relation"].text)[:40]
            message = f"is '{written}'; expected one of {', '.join(RELATED_KINDS)}"
            reader.problem(line, f"{Section.RELATED}, Relation", message)
    return tuple(related)


def read_corrections(reader: Reader) -> tuple[CorrectionRow, ...]:
    """What the assessor corrects, each with its source; a section that a document may lack."""
    if reader.sections.line_of(Section.CORRECTIONS) is None:
        return ()
    corrections = []
    for row in reader.sections.take_table(Section.CORRECTIONS).rows:
        texts = {name: cell.text for name, cell in row.items()}
        for name in TABLE_COLUMNS[Section.CORRECTIONS]:
            where = f"{Section.CORRECTIONS}, {name}"
            reader.plain(row[name].line, where, texts[name])
            if not texts[name]:
                reader.problem(row[name].line, where, "is empty; expected a text")
        corrections.append(CorrectionRow(texts["Claim"], texts["Correction"], texts["Source"]))
        reader.keep_other_columns(row, Section.CORRECTIONS, set(TABLE_COLUMNS[Section.CORRECTIONS]))
    return tuple(corrections)

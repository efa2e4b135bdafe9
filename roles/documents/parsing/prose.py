"""Reads the prose of a document, and the sources and related roles at its end."""

import re
from typing import Any

from roles.documents.fields import FIELDS, MAX_YEAR, Field, Place, RelatedRow, SourceRow
from roles.documents.layout import Label, Section
from roles.documents.parsing.reader import Note, Reader
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
    line, text = reader.sections.take_prose(field.section)
    if field.required and not text and line is not None:
        reader.problem(line, field.section, "is empty; expected a text")
    return reader.plain(line, field.section, text)


def _outlook(reader: Reader) -> dict[str, Any]:
    year, outlook = reader.required_label(Label.OUTLOOK)
    if outlook and not re.fullmatch("[0-9]{4}", year):
        message = f"'{year[:40]}' is no year; expected 'The role in 2028: …'"
        reader.problem(reader.sections.line_of(Section.MEANING), "The role in", message)
        year = ""
    return {"outlook_year": int(year) if year else None, "outlook": outlook}


def _steps(reader: Reader) -> tuple[str, ...]:
    where = f"{Section.MEANING}: {Label.STRATEGY.name_in_words}"
    line, text = reader.sections.line_of(Section.MEANING), reader.label(Label.STRATEGY)[1]
    items = reader.sections.take_items(Section.MEANING)
    steps = tuple(item.text for item in items.items) if items else ()
    if text:
        reader.extra.append(Note(line or 0, text))
    if not steps and line is not None:
        reader.problem(line, where, "is missing; expected 'Survival strategy:' and a list of steps")
    for item in items.items if items else ():
        reader.plain(item.line, where, item.text)
    return steps


def read_sources(reader: Reader) -> tuple[SourceRow, ...]:
    """Where the evidence can be read; a section that a document may lack."""
    if reader.sections.line_of(Section.SOURCES) is None:
        return ()
    sources = []
    for row in reader.sections.take_table(Section.SOURCES).rows:
        texts = [
            reader.plain(
                row[column.lower()].line, f"{Section.SOURCES}, {column}", row[column.lower()].text
            )
            for column in SOURCE_COLUMNS
        ]
        source = SourceRow(*texts)
        reader.limit(row["seen"].line, f"{Section.SOURCES}, Seen", source.seen, MAX_YEAR)
        _check_source(reader, source, row["url"].line)
        sources.append(source)
    return tuple(sources)


def _check_source(reader: Reader, source: SourceRow, line: int) -> None:
    if source.dimension not in list(EvidenceDimension):
        message = f"is '{source.dimension[:40]}'; expected one of {', '.join(EvidenceDimension)}"
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
        title = reader.name(row["role"], f"{Section.RELATED}, Role")
        written = row["relation"].text.capitalize()
        note = reader.plain(row["note"].line, f"{Section.RELATED}, Note", row["note"].text)
        if any(title.lower() == other.title.lower() for other in related):
            reader.problem(row["role"].line, f"{Section.RELATED}, Role", "appears twice")
        elif written in RELATED_KINDS:
            related.append(RelatedRow(title, RelationKind(written), note))
        else:
            message = f"is '{written[:40]}'; expected one of {', '.join(RELATED_KINDS)}"
            reader.problem(row["role"].line, f"{Section.RELATED}, Relation", message)
    return tuple(related)

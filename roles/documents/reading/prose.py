"""Reads the prose of a document, and the sources and related roles at its end."""

import re
from typing import Any

from roles.documents.document import MAX_YEAR, Related, Source
from roles.documents.layout import Label, Section
from roles.documents.reading.reader import Note, Reader
from roles.vocabulary import RelationKind
from scoring.method import EvidenceDimension

SOURCE_COLUMNS = ("Dimension", "Title", "Publisher", "URL", "Seen")
RELATED_KINDS = (RelationKind.ADJACENT, RelationKind.CAREER_MOVE)


def _prose(reader: Reader, section: Section) -> str:
    line, text = reader.sections.take_prose(section)
    if not text and line is not None:
        reader.problem(line, section, "is empty; expected a text")
    return reader.plain(line, section, text)


def read_commentary(reader: Reader) -> dict[str, Any]:
    """The sections that are prose from end to end."""
    return {
        "growth_check": _prose(reader, Section.GROWTH),
        "score_vs_reality": _prose(reader, Section.REALITY),
        "not_captured": _prose(reader, Section.NOT_CAPTURED),
        "who_should_worry": _prose(reader, Section.WORRY),
    }


def read_meaning(reader: Reader) -> dict[str, Any]:
    """The outlook, the survival strategy and the timeline."""
    year, outlook = reader.required_label(Label.OUTLOOK)
    if outlook and not re.fullmatch("[0-9]{4}", year):
        message = f"'{year[:40]}' is no year; expected 'The role in 2028: …'"
        reader.problem(reader.sections.line_of(Section.MEANING), "The role in", message)
        year = ""
    return {
        "outlook_year": int(year) if year else None,
        "outlook": outlook,
        "survival_strategy": _survival_strategy(reader),
        "timeline": reader.required_label(Label.TIMELINE)[1],
    }


def _survival_strategy(reader: Reader) -> tuple[str, ...]:
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


def read_sources(reader: Reader) -> tuple[Source, ...]:
    """Where the evidence can be read; a section that a document may lack."""
    if reader.sections.line_of(Section.SOURCES) is None:
        return ()
    sources = []
    for row in reader.sections.take_table(Section.SOURCES, SOURCE_COLUMNS).rows:
        texts = [
            reader.plain(
                row[column.lower()].line, f"{Section.SOURCES}, {column}", row[column.lower()].text
            )
            for column in SOURCE_COLUMNS
        ]
        source = Source(*texts)
        reader.limit(row["seen"].line, f"{Section.SOURCES}, Seen", source.seen, MAX_YEAR)
        _check_source(reader, source, row["url"].line)
        sources.append(source)
    return tuple(sources)


def _check_source(reader: Reader, source: Source, line: int) -> None:
    if source.dimension not in list(EvidenceDimension):
        message = f"is '{source.dimension[:40]}'; expected one of {', '.join(EvidenceDimension)}"
        reader.problem(line, f"{Section.SOURCES}, Dimension", message)
    if source.url and not re.match(r"https?://\S+$", source.url):
        message = f"is '{source.url[:60]}'; expected an address that begins with https://"
        reader.problem(line, f"{Section.SOURCES}, URL", message)
    if not source.title:
        reader.problem(line, f"{Section.SOURCES}, Title", "is empty; expected a title")


def read_related(reader: Reader) -> tuple[Related, ...]:
    """Related roles in a table of their own; a section that a document may lack."""
    if reader.sections.line_of(Section.RELATED) is None:
        return ()
    related: list[Related] = []
    for row in reader.sections.take_table(Section.RELATED, ("Role", "Relation", "Note")).rows:
        title = reader.name(row["role"], f"{Section.RELATED}, Role")
        written = row["relation"].text.capitalize()
        note = reader.plain(row["note"].line, f"{Section.RELATED}, Note", row["note"].text)
        if any(title.lower() == other.title.lower() for other in related):
            reader.problem(row["role"].line, f"{Section.RELATED}, Role", "appears twice")
        elif written in RELATED_KINDS:
            related.append(Related(title, RelationKind(written), note))
        else:
            message = f"is '{written[:40]}'; expected one of {', '.join(RELATED_KINDS)}"
            reader.problem(row["role"].line, f"{Section.RELATED}, Relation", message)
    return tuple(related)

"""Reads the figures that a document states: they become claims, never inputs."""

import re
from collections.abc import Iterable
from typing import Any

from roles.documents.layout import NO_SUB_LABEL, Label, Section, Statement, labelled, zone_legend
from roles.documents.markup import folded
from roles.documents.numbers import NUMBER, to_decimal
from roles.documents.parsing.inputs import read_assessor
from roles.documents.parsing.reader import Reader, first_cell
from roles.documents.parsing.sections import Cell
from roles.documents.synonyms import did_you_mean, official
from roles.documents.text import one_line
from scoring.claims import SPLIT, StatedClaim
from scoring.dimensions import Mode
from scoring.figures import Score
from scoring.zones import SubLabel, Zone

COMPOSITE_ROWS = {
    statement.place: statement
    for statement in (
        Statement.TASK_RESISTANCE,
        Statement.EVIDENCE,
        Statement.BARRIERS,
        Statement.GROWTH,
    )
}
SUB_LABEL = "Sub-label"
SUB_LABEL_ROWS = {
    "% of task time scoring 3+": Score.share_3_plus,
    "AI Growth Correlation": Score.growth,
}
UNSAID = re.compile(r"[\s\W_]*")
"""A cell with nothing but signs states nothing."""


def read_task_figures(reader: Reader) -> None:
    """The raw task resistance and the split, stated below the task table."""
    _labelled_statement(reader, Label.RESISTANCE, Statement.RESISTANCE)
    _split(reader)


def _labelled_statement(reader: Reader, label: Label, statement: Statement) -> None:
    if taken := reader.sections.take_label(label):
        line, found = taken
        reader.statement(statement, found.rest, line)


def _split(reader: Reader) -> None:
    taken = reader.sections.take_label(Label.SPLIT)
    if taken is None:
        return
    line, found = taken
    stated = folded(found.rest)
    modes = "|".join(mode.replace(" ", r"\s+") for mode in Mode)
    number = rf"(?P<number>{NUMBER})\s*%"
    pattern = re.compile(
        rf"{number}\s*(?P<mode>{modes})|(?P<mode2>{modes})[\s:=]*{number.replace('ber>', 'ber2>')}",
        re.I,
    )
    for match in pattern.finditer(stated):
        mode = Mode(one_line(match["mode"] or match["mode2"]).upper())
        share = f"{to_decimal(match['number'] or match['number2']):f}"
        reader.state(StatedClaim(SPLIT, share, Label.SPLIT.name_in_words, mode), line)
    if rest := re.sub(r"[\s,;.*/|]+", " ", pattern.sub("", stated)).strip():
        place = Label.SPLIT.name_in_words
        if re.search("[0-9]", rest):
            message = f"'{rest[:40]}' cannot be read; expected '45% displacement, …'"
            reader.problem(line, place, message)
        else:
            reader.note(line, f"{place}: {rest}")


def read_composite(reader: Reader) -> dict[str, Any]:
    """The composite score: its figures are claims, its override is an input."""
    section = Section.COMPOSITE
    for row in reader.sections.take_table(section).rows:
        name, value = first_cell(row), row["Value"]
        known = official(name, COMPOSITE_ROWS)
        if known:
            reader.statement(COMPOSITE_ROWS[known], value.text, value.line)
        elif labelled(text := f"{name}: {value.text}", section):
            reader.sections.add_paragraph(section, value.line, text)
        else:
            _unknown_row(reader, section, name, value, COMPOSITE_ROWS)
    _labelled_statement(reader, Label.RAW, Statement.RAW)
    _labelled_statement(reader, Label.SCORE, Statement.SCORE)
    override, reason = read_assessor(reader, Label.OVERRIDE)
    _zone(reader)
    return {"override": override, "override_reason": reason}


def _unknown_row(
    reader: Reader, section: Section, name: str, value: Cell, names: Iterable[str]
) -> None:
    """A row of figures that has no place: with a number in it, nobody knows of what."""
    if re.search("[0-9]", value.text):
        names = list(names)
        message = f"is unknown; expected one of {', '.join(names)}{did_you_mean(name, names)}"
        reader.problem(value.line, f"{section}: {name[:60]}", message)
    elif not UNSAID.fullmatch(value.text):
        reader.note(value.line, f"{section}, {name}: {value.text}")


def _zone(reader: Reader) -> None:
    taken = reader.sections.take_label(Label.ZONE)
    if taken is None:
        return
    line, found = taken
    stated = folded(found.rest)
    stated = re.sub(r"^[^\w]+", "", stated)
    match = re.match(rf"({'|'.join(Zone)})\b", stated, re.I)
    if match is None:
        message = f"is '{stated[:40]}'; expected one of {', '.join(Zone)}"
        reader.problem(line, "Zone", message)
        return
    reader.state(StatedClaim(Score.zone, match[1].capitalize(), Label.ZONE.name_in_words), line)
    rest = stated[match.end() :].strip(" .")
    if rest and _legend(rest) != _legend(zone_legend(reader.method)):
        reader.note(line, f"Zone: {rest}")


def read_sub_label(reader: Reader) -> dict[str, Any]:
    """The table that ends in the sub-label and why."""
    note = ""
    section = Section.SUB_LABEL
    for row in reader.sections.take_table(section).rows:
        written, value = first_cell(row), row["Value"]
        name = official(written, [*SUB_LABEL_ROWS, SUB_LABEL])
        if name == SUB_LABEL:
            note = _sub_label_value(reader, value)
        elif name:
            reader.claim(SUB_LABEL_ROWS[name], value.text, section, value.line)
        else:
            _unknown_row(reader, section, written, value, [*SUB_LABEL_ROWS, SUB_LABEL])
    return {"sub_label_note": note}


def _sub_label_value(reader: Reader, cell: Cell) -> str:
    zones, sub_labels = "|".join(Zone), "|".join(SubLabel)
    pattern = rf"\W*({zones})[\s*]*\(?\**({sub_labels})\b\)?\**\s*(?:[-–—−:,.;]+\s*)?(.*)"
    match = re.fullmatch(pattern, cell.text, re.I)
    place = Section.SUB_LABEL
    if reader.unfinished and cell.text.startswith(NO_SUB_LABEL):
        return reader.plain(cell.line, place, cell.text.removeprefix(NO_SUB_LABEL))
    if match is None:
        message = f"is '{cell.text[:40]}'; expected for example 'Red (Displacing) -- why'"
        reader.problem(cell.line, place, message)
        return ""
    reader.state(StatedClaim(Score.zone, match[1].capitalize(), place), cell.line)
    reader.state(StatedClaim(Score.sub_label, match[2].capitalize(), place), cell.line)
    return reader.plain(cell.line, place, match[3])


def _legend(text: str) -> str:
    """The legend of the zones without the ways in which documents write its signs."""
    text = re.sub(r"\bto\b", "", text.lower())
    return re.sub(r"[\s().≥>=<*:;,/|]|[-–—−]", "", text)

"""Reads the figures that a document states: they become claims, never inputs."""

import re
from typing import Any

from roles.documents.layout import Label, Section, Statement, zone_legend
from roles.documents.numbers import NUMBER, to_decimal
from roles.documents.parsing.inputs import read_assessor
from roles.documents.parsing.reader import Note, Reader, first_cell
from roles.documents.parsing.sections import Cell
from roles.documents.text import one_line
from scoring.claims import SPLIT, StatedClaim
from scoring.dimensions import Mode
from scoring.figures import Score
from scoring.inputs import InputPart
from scoring.zones import SubLabel, Zone

COMPOSITE_ROWS = {
    statement.place.lower(): statement
    for statement in (
        Statement.TASK_RESISTANCE,
        Statement.EVIDENCE,
        Statement.BARRIERS,
        Statement.GROWTH,
    )
}
SUB_LABEL_ROWS = {
    "% of task time scoring 3+": Score.share_3_plus,
    "ai growth correlation": Score.growth,
}


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
    modes = "|".join(mode.replace(" ", r"\s+") for mode in Mode)
    pattern = re.compile(rf"({NUMBER})\s*%\s*({modes})", re.I)
    for match in pattern.finditer(found.rest):
        mode = Mode(one_line(match[2]).upper())
        number = f"{to_decimal(match[1]):f}"
        reader.claims.append(StatedClaim(SPLIT, number, Label.SPLIT.name_in_words, mode))
    if rest := re.sub(r"[\s,;.*]+", " ", pattern.sub("", found.rest)).strip():
        reader.extra.append(Note(line, f"{Label.SPLIT.name_in_words}: {rest}"))


def read_composite(reader: Reader) -> dict[str, Any]:
    """The composite score: its figures are claims, its override is an input."""
    for row in reader.sections.take_table(Section.COMPOSITE).rows:
        name, value = first_cell(row), row["value"]
        if statement := COMPOSITE_ROWS.get(name.lower()):
            reader.statement(statement, value.text, value.line)
        else:
            reader.extra.append(Note(value.line, f"{name}: {value.text}"))
    _labelled_statement(reader, Label.RAW, Statement.RAW)
    _labelled_statement(reader, Label.SCORE, Statement.SCORE)
    override, reason = read_assessor(reader, Label.OVERRIDE, InputPart.OVERRIDE)
    _zone(reader)
    return {"override": override, "override_reason": reason}


def _zone(reader: Reader) -> None:
    taken = reader.sections.take_label(Label.ZONE)
    if taken is None:
        return
    line, found = taken
    match = re.match(rf"\**({'|'.join(Zone)})\b\**", found.rest, re.I)
    if match is None:
        message = f"is '{found.rest[:40]}'; expected one of {', '.join(Zone)}"
        reader.problem(line, "Zone", message)
        return
    reader.claims.append(StatedClaim(Score.zone, match[1].capitalize(), Label.ZONE.name_in_words))
    rest = found.rest[match.end() :].strip(" .")
    if rest and _legend(rest) != _legend(zone_legend(reader.method)):
        reader.extra.append(Note(line, f"Zone: {rest}"))


def read_sub_label(reader: Reader) -> dict[str, Any]:
    """The table that ends in the sub-label and why."""
    note = ""
    for row in reader.sections.take_table(Section.SUB_LABEL).rows:
        name, value = first_cell(row), row["value"]
        figure = SUB_LABEL_ROWS.get(name.lower())
        if figure:
            reader.claim(figure, value.text, Section.SUB_LABEL, value.line)
        elif name.lower() == "sub-label":
            note = _sub_label_value(reader, value)
        else:
            reader.extra.append(Note(value.line, f"{name}: {value.text}"))
    return {"sub_label_note": note}


def _sub_label_value(reader: Reader, cell: Cell) -> str:
    pattern = rf"\**({'|'.join(Zone)})\s*\(?({'|'.join(SubLabel)})\)?\**\s*(?:[-–—−]+\s*)?(.*)"
    match = re.fullmatch(pattern, cell.text, re.I)
    place = Section.SUB_LABEL
    if match is None:
        message = f"is '{cell.text[:40]}'; expected for example 'Red (Displacing) -- why'"
        reader.problem(cell.line, place, message)
        return ""
    reader.claims.append(StatedClaim(Score.zone, match[1].capitalize(), place))
    reader.claims.append(StatedClaim(Score.sub_label, match[2].capitalize(), place))
    return reader.plain(cell.line, place, match[3])


def _legend(text: str) -> str:
    """The legend of the zones without the ways in which documents write its signs."""
    return re.sub(r"[\s().≥>=<*]|[-–—−]", "", text).lower()

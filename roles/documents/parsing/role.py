"""Reads the role definition: title, identity and what the role is."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from roles.documents.fields import (
    FIELDS,
    FIRST_METHOD,
    IDENTITY_FIELDS,
    MAX_CODE,
    MAX_PAY,
    MAX_ROWS,
    MAX_SECTOR,
    MAX_SENIORITY,
    MAX_SYSTEM,
    MAX_TITLE,
    MAX_YEAR,
    CodeRow,
    Field,
    Identity,
    Kind,
    Pay,
    Place,
)
from roles.documents.layout import UNFINISHED, Section
from roles.documents.markup import folded, plain
from roles.documents.numbers import DASH
from roles.documents.parsing.reader import Reader, decides_a_figure, first_cell
from roles.documents.parsing.sections import Cell
from roles.documents.places import CURRENCIES, country_of
from roles.documents.synonyms import did_you_mean, official
from roles.vocabulary import Provenance
from scoring.method import METHODS

ROWS = {
    field.label: field
    for field in (*IDENTITY_FIELDS.values(), *FIELDS.values())
    if field.place is Place.ROW
}
TITLE = IDENTITY_FIELDS["title"]
LONGEST = {"seniority": MAX_SENIORITY, "sector": MAX_SECTOR}
PAY = re.compile(
    rf"(?P<currency>[A-Z]{{3}})\s+(?P<low>[0-9]{{1,3}}(?:,?[0-9]{{3}})*)\s*{DASH}\s*"
    rf"(?P<high>[0-9]{{1,3}}(?:,?[0-9]{{3}})*)\s+\((?P<year>[^)]{{1,{MAX_YEAR}}})\)"
)


def read_role(reader: Reader) -> dict[str, Any]:
    """Who the document is about: its fields of an ``AssessmentDocument``."""
    cells = _role_cells(reader)
    identity = _identity(reader, cells)
    reader.sections.take_title(identity.title)
    method_version = _method_version(reader, cells)
    reader.method = METHODS[method_version]
    texts = {
        field.name: _text(reader, cells, field)
        for field in FIELDS.values()
        if field.place is Place.ROW and field.kind is Kind.LINE
    }
    return {
        "identity": identity,
        "provenance": _provenance(reader, cells),
        "method_version": method_version,
        "assessed_on": _assessed_on(reader, cells),
        **texts,
    }


def _role_cells(reader: Reader) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    table = reader.sections.take_table(Section.ROLE)
    for row in table.rows:
        written, value = first_cell(row), row["Value"]
        name = official(written, ROWS)
        if (written, plain(value.text)) == UNFINISHED:
            reader.unfinished = True
        elif name is None and decides_a_figure(text := f"{written}: {value.text}"):
            message = f"'{text[:60]}' stands here; expected it in the section of its figure"
            reader.problem(value.line, Section.ROLE, message)
        elif name is None:
            reader.note(value.line, f"{written}: {value.text}")
        elif name in cells:
            reader.problem(value.line, f"{Section.ROLE}: {name}", "appears twice")
        else:
            cells[name] = value
    for name, field in ROWS.items():
        cell, line = cells.get(name), reader.sections.line_of(Section.ROLE)
        if field.required and line and not (cell and cell.text) and not table.broken:
            message = f"is missing; expected a row '| {field.label} | … |'"
            unknown = (first_cell(row) for row in table.rows if not official(first_cell(row), ROWS))
            message += next(
                (f"; did you mean it by '{u[:60]}'?" for u in unknown if did_you_mean(u, [name])),
                "",
            )
            tell = reader.problem if field is TITLE else reader.lack
            tell(cell.line if cell else line, _where(field), message)
    return cells


def _where(field: Field) -> str:
    return f"{field.section}: {field.label}"


def _text(reader: Reader, cells: dict[str, Cell], field: Field, longest: int | None = None) -> str:
    cell = cells.get(field.label)
    if cell is None:
        return ""
    reader.lines[field.label] = cell.line
    if longest is not None:
        reader.limit(cell.line, _where(field), cell.text, longest)
    return reader.plain(cell.line, _where(field), cell.text)


def _identity(reader: Reader, cells: dict[str, Cell]) -> Identity:
    title = ""
    if cell := cells.get(TITLE.label):
        title = reader.title(cell, TITLE.label)
    return Identity(
        title=title,
        aliases=_aliases(reader, cells),
        country=_country(reader, cells),
        codes=_codes(reader, cells),
        pay=_pay(reader, cells),
        **{
            name: _text(reader, cells, IDENTITY_FIELDS[name], longest)
            for name, longest in LONGEST.items()
        },
    )


def _country(reader: Reader, cells: dict[str, Cell]) -> str:
    field = IDENTITY_FIELDS["country"]
    written = plain(_text(reader, cells, field))
    try:
        return country_of(written) if written else ""
    except ValueError as error:
        reader.problem(cells[field.label].line, _where(field), str(error))
        return ""


def _aliases(reader: Reader, cells: dict[str, Cell]) -> tuple[str, ...]:
    field = IDENTITY_FIELDS["aliases"]
    aliases = tuple(dict.fromkeys(map(plain, _separated(reader, cells, field))))
    for alias in aliases:
        reader.limit(cells[field.label].line, field.label, alias, MAX_TITLE)
    return aliases


def _codes(reader: Reader, cells: dict[str, Cell]) -> tuple[CodeRow, ...]:
    field = IDENTITY_FIELDS["codes"]
    codes = []
    for written in _separated(reader, cells, field):
        system, _, code = written.rpartition(" ")
        line = cells[field.label].line
        if system:
            reader.limit(line, field.label, system, MAX_SYSTEM)
            reader.limit(line, field.label, code, MAX_CODE)
            codes.append(CodeRow(system, code))
        else:
            message = f"'{written[:40]}' names no system; expected for example 'SOC 2018 29-2072'"
            reader.problem(line, field.label, message)
    return tuple(codes)


def _pay(reader: Reader, cells: dict[str, Cell]) -> Pay | None:
    field = IDENTITY_FIELDS["pay"]
    written = folded(_text(reader, cells, field))
    if not written:
        return None
    if match := PAY.fullmatch(written):
        low, high = (int(match[name].replace(",", "")) for name in ("low", "high"))
        if low <= high <= MAX_PAY and match["currency"] in CURRENCIES:
            return Pay(match["currency"], low, high, match["year"])
    message = f"is '{written[:60]}'; expected for example 'GBP 29,970-44,962 (2025/26)'"
    reader.problem(cells[field.label].line, field.label, message)
    return None


def _provenance(reader: Reader, cells: dict[str, Cell]) -> Provenance:
    word = _word(reader, cells, FIELDS["provenance"], Provenance.PUBLISHED, list(Provenance))
    return Provenance(word)


def _method_version(reader: Reader, cells: dict[str, Cell]) -> str:
    return _word(reader, cells, FIELDS["method_version"], FIRST_METHOD, list(METHODS))


def _word(
    reader: Reader, cells: dict[str, Cell], field: Field, otherwise: str, words: Sequence[str]
) -> str:
    """One of a fixed list of words, or what stands where the document says none."""
    written = plain(_text(reader, cells, field))
    for word in words:
        if written.lower() == word.lower():
            return word
    if written:
        message = f"is '{written[:40]}'; expected one of {', '.join(words)}"
        reader.problem(cells[field.label].line, field.label, message)
    return otherwise


def _assessed_on(reader: Reader, cells: dict[str, Cell]) -> date | None:
    field = FIELDS["assessed_on"]
    written = folded(_text(reader, cells, field))
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        message = f"is '{written[:40]}'; expected a date such as 2026-11-24"
        reader.problem(cells[field.label].line, field.label, message)
        return None


def _separated(reader: Reader, cells: dict[str, Cell], field: Field) -> tuple[str, ...]:
    """The parts of a cell between semicolons, each once."""
    parts = (part.strip() for part in _text(reader, cells, field).split(";"))
    found = tuple(dict.fromkeys(part for part in parts if part))
    if len(found) > MAX_ROWS:
        message = f"has {len(found)} entries; expected at most {MAX_ROWS}"
        reader.problem(cells[field.label].line, field.label, message)
    return found[:MAX_ROWS]

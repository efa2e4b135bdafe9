"""Reads the role definition: title, identity and what the role is."""

import re
from datetime import date
from typing import Any

from roles.documents.document import (
    MAX_CODE,
    MAX_COUNTRY,
    MAX_PAY,
    MAX_SECTOR,
    MAX_SENIORITY,
    MAX_SYSTEM,
    MAX_TITLE,
    MAX_YEAR,
    Identity,
    OccupationCode,
    Pay,
)
from roles.documents.layout import Label, Section
from roles.documents.numbers import DASH
from roles.documents.reading.reader import Note, Reader, first_cell
from roles.documents.reading.sections import Cell
from roles.vocabulary import Provenance

REQUIRED_FIELDS = (
    "Job Title",
    "Seniority Level",
    "Primary Function",
    "What This Role Is NOT",
    "Typical Experience",
)
OPTIONAL_FIELDS = (
    "Also Known As",
    "Sector",
    "Country",
    "Occupational Codes",
    "Pay Range",
    "Provenance",
    "Assessed On",
)
PAY = re.compile(
    rf"(?P<currency>[A-Z]{{3}})\s+(?P<low>[0-9]{{1,3}}(?:,?[0-9]{{3}})*)\s*{DASH}\s*"
    rf"(?P<high>[0-9]{{1,3}}(?:,?[0-9]{{3}})*)\s+\((?P<year>[^)]{{1,{MAX_YEAR}}})\)"
)
KNOWN_FIELDS = frozenset(name.lower() for name in REQUIRED_FIELDS + OPTIONAL_FIELDS)


def read_role(reader: Reader) -> dict[str, Any]:
    """Who the document is about: its fields of an ``AssessmentDocument``."""
    fields = _role_fields(reader)
    identity = _identity(reader, fields)
    reader.sections.take_title(identity.title)
    return {
        "identity": identity,
        "provenance": _provenance(reader, fields),
        "assessed_on": _assessed_on(reader, fields),
        "primary_function": _field(reader, fields, "Primary Function"),
        "not_this_role": _field(reader, fields, "What This Role Is NOT"),
        "typical_experience": _field(reader, fields, "Typical Experience"),
        "seniority_note": reader.label(Label.SENIORITY)[1],
    }


def _role_fields(reader: Reader) -> dict[str, Cell]:
    fields: dict[str, Cell] = {}
    for row in reader.sections.take_table(Section.ROLE, ("Field", "Value")).rows:
        name, value = first_cell(row).rstrip(":"), row["value"]
        if name.lower() not in KNOWN_FIELDS:
            reader.extra.append(Note(value.line, f"{name}: {value.text}"))
        elif name.lower() in fields:
            reader.problem(value.line, f"{Section.ROLE}: {name}", "appears twice")
        else:
            fields[name.lower()] = value
    for required in REQUIRED_FIELDS:
        cell = fields.get(required.lower())
        if reader.sections.line_of(Section.ROLE) and not (cell and cell.text):
            line = cell.line if cell else reader.sections.line_of(Section.ROLE)
            message = f"is missing; expected a row '| {required} | … |'"
            reader.problem(line, f"{Section.ROLE}: {required}", message)
    return fields


def _field(reader: Reader, fields: dict[str, Cell], name: str, longest: int | None = None) -> str:
    cell = fields.get(name.lower())
    if cell is None:
        return ""
    where = f"{Section.ROLE}: {name}"
    if longest is not None:
        reader.limit(cell.line, where, cell.text, longest)
    return reader.plain(cell.line, where, cell.text)


def _identity(reader: Reader, fields: dict[str, Cell]) -> Identity:
    title = ""
    if cell := fields.get("job title"):
        title = reader.name(cell, "Job Title")
        if title and not re.search("[A-Za-z0-9]", title):
            message = "has no Latin letter or digit; expected a title to make an address of"
            reader.problem(cell.line, "Job Title", message)
    return Identity(
        title=title,
        seniority=_field(reader, fields, "Seniority Level", MAX_SENIORITY),
        aliases=_aliases(reader, fields),
        sector=_field(reader, fields, "Sector", MAX_SECTOR),
        country=_field(reader, fields, "Country", MAX_COUNTRY),
        codes=_codes(reader, fields),
        pay=_pay(reader, fields),
    )


def _aliases(reader: Reader, fields: dict[str, Cell]) -> tuple[str, ...]:
    aliases = _listed(_field(reader, fields, "Also Known As"))
    for alias in aliases:
        reader.limit(fields["also known as"].line, "Also Known As", alias, MAX_TITLE)
    return aliases


def _codes(reader: Reader, fields: dict[str, Cell]) -> tuple[OccupationCode, ...]:
    codes = []
    for written in _listed(_field(reader, fields, "Occupational Codes")):
        system, _, code = written.rpartition(" ")
        line = fields["occupational codes"].line
        if system:
            reader.limit(line, "Occupational Codes", system, MAX_SYSTEM)
            reader.limit(line, "Occupational Codes", code, MAX_CODE)
            codes.append(OccupationCode(system, code))
        else:
            message = f"'{written[:40]}' names no system; expected for example 'SOC 2018 29-2072'"
            reader.problem(line, "Occupational Codes", message)
    return tuple(codes)


def _pay(reader: Reader, fields: dict[str, Cell]) -> Pay | None:
    written = _field(reader, fields, "Pay Range")
    if not written:
        return None
    if match := PAY.fullmatch(written):
        low, high = (int(match[name].replace(",", "")) for name in ("low", "high"))
        if low <= high <= MAX_PAY:
            return Pay(match["currency"], low, high, match["year"])
    message = f"is '{written[:60]}'; expected for example 'GBP 29,970-44,962 (2025/26)'"
    reader.problem(fields["pay range"].line, "Pay Range", message)
    return None


def _provenance(reader: Reader, fields: dict[str, Cell]) -> Provenance:
    written = _field(reader, fields, "Provenance") or Provenance.PUBLISHED
    if written.capitalize() in list(Provenance):
        return Provenance(written.capitalize())
    message = f"is '{written[:40]}'; expected one of {', '.join(Provenance)}"
    reader.problem(fields["provenance"].line, "Provenance", message)
    return Provenance.PUBLISHED


def _assessed_on(reader: Reader, fields: dict[str, Cell]) -> date | None:
    written = _field(reader, fields, "Assessed On")
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        message = f"is '{written[:40]}'; expected a date such as 2026-11-24"
        reader.problem(fields["assessed on"].line, "Assessed On", message)
        return None


def _listed(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))

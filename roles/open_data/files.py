"""The catalogue as files: comma-separated values, lines of JSON, and a database of SQLite.

Each is written to disk, a few roles at a time, and sent from there: so memory stays flat, a slow
reader holds no connection to the database, and the length is known.
"""

import csv
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import scoring
from roles.models import Assessment, Role
from roles.occupation_figures import FIGURES as PUBLISHED_FIGURES
from roles.occupations import index as occupations
from roles.open_data.dictionary import DICTIONARY, lines, references
from roles.open_data.representation import cited_representation, representation
from roles.open_data.selection import parts
from roles.open_data.tables import (
    OCCUPATION_FIGURES,
    OCCUPATIONS,
    ROLE_TABLES,
    Column,
    RoleTable,
    Table,
)

type File = IO[bytes]

FORMULA = re.compile(r"[=+@\t\r\n＝＋－＠]|-(?![0-9]+(\.[0-9]+)?\Z)")
"""What a text must not begin with: a spreadsheet would take it for a formula and work it out.

A number is none, also where it stands among words.
"""
SQL_TYPES = {str: "TEXT", int: "INTEGER", bool: "INTEGER", Decimal: "REAL", date: "TEXT"}


def csv_file(table: RoleTable, keys: Sequence[int], file: File) -> None:
    """A table of some roles, as RFC 4180 has it, in UTF-8 with a line of names."""
    write_csv(table, _rows(table, keys), file)


def write_csv(table: Table, rows: Iterable[Sequence[Any]], file: File) -> None:
    """Rows of a table as comma-separated values; a text that looks like a formula gets a quote."""
    with _text(file) as text:
        writer = csv.writer(text)
        writer.writerow(column.name for column in table.columns)
        for row in rows:
            writer.writerow(map(_cell, table.columns, row))


def json_lines(keys: Sequence[int], site: str, file: File) -> None:
    """Each of some roles as its JSON, on a line of its own."""
    with _text(file) as text:
        assessments = Assessment.objects.with_document()
        for part in parts(keys, Role.objects.with_published(assessments).with_citations()):
            if part.assessment:
                data = representation(part.assessment, site)
            else:
                data = cited_representation(part.role, site)
            text.write(json.dumps(data, ensure_ascii=False) + "\n")


def database(keys: Sequence[int], file: File) -> None:
    """All tables of some roles, the occupations and the data dictionary as a database of SQLite."""
    with NamedTemporaryFile(suffix=".sqlite") as made:
        with closing(sqlite3.connect(made.name)) as connection, connection:
            for table in ROLE_TABLES.values():
                _fill(connection, table, _rows(table, keys))
            for other, made_of in (
                (OCCUPATIONS, occupations.current().occupations),
                (OCCUPATION_FIGURES, PUBLISHED_FIGURES.values()),
                (DICTIONARY, lines()),
            ):
                _fill(connection, other, map(other.row, made_of))
        with Path(made.name).open("rb") as whole:
            while part := whole.read(65_536):
                file.write(part)


def scoring_zip() -> bytes:
    """The folder ``scoring``, the same bytes for the same code."""
    folder, packed = Path(scoring.__file__).parent, BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for path in sorted((*folder.glob("*.py"), *folder.glob("*.md"))):
            # Made with its name alone, an entry has the first day that archives know.
            archive.writestr(ZipInfo(f"{folder.name}/{path.name}"), path.read_bytes(), ZIP_DEFLATED)
    return packed.getvalue()


def _rows(table: RoleTable, keys: Sequence[int]) -> Iterable[list[Any]]:
    assessments = Assessment.objects.prefetch_related(*table.needs)
    roles = Role.objects.with_published(assessments)
    return (row for part in parts(keys, roles) for row in table.rows(part))


@contextmanager
def _text(file: File) -> Iterator[TextIOWrapper]:
    text = TextIOWrapper(file, "utf-8", newline="")
    yield text
    # The file is sent once it is written.
    text.detach()


def _fill(connection: sqlite3.Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    columns = [f"{column.name} {SQL_TYPES[column.kind]}" for column in table.columns]
    if table.key:
        columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    columns += [
        # Without the key's name SQLite knows what is meant, and Datasette does not.
        f"FOREIGN KEY ({name}) REFERENCES {other} ({key})"
        for name, other, key in references(table)
    ]
    connection.execute(f"CREATE TABLE {table.name} ({', '.join(columns)})")
    marks = ", ".join("?" for _ in table.columns)
    # The names are our own; the values are parameters.
    connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608


def _cell(column: Column, value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if column.kind is str and value and FORMULA.match(value):
        return f"'{value}"
    return value

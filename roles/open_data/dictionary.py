"""The data dictionary: each column of each table in words, and as a Frictionless package."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from roles.open_data.tables import OCCUPATION_FIGURES, OCCUPATIONS, ROLE_TABLES, Column, Table

TYPES = {str: "string", int: "integer", bool: "boolean", Decimal: "number", date: "date"}
"""What kinds of values are called in a package."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the dictionary."""

    table: Table
    column: Column

    @property
    def type(self) -> str:
        """What its values are."""
        return TYPES[self.column.kind]

    @property
    def values(self) -> str:
        """What they can be, in words; empty where anything can."""
        column = self.column
        return ", ".join(column.words) or (str(column.within) if column.within else "")


def lines(*tables: Table) -> Iterator[Line]:
    """Those of some tables; of all, if none are named."""
    for table in tables or (*ROLE_TABLES.values(), OCCUPATIONS, OCCUPATION_FIGURES):
        yield from (Line(table, column) for column in table.columns)


DICTIONARY = Table(
    "data_dictionary",
    "A row for each column of each table.",
    (
        Column("table_name", str, "The table.", lambda line: line.table.name, always=True),
        Column("column_name", str, "The column.", lambda line: line.column.name, always=True),
        Column("type", str, "What its values are.", lambda line: line.type, always=True),
        Column("unit", str, "Their unit.", lambda line: line.column.unit),
        Column("can_be", str, "What they can be.", lambda line: line.values),
        Column("description", str, "What they say.", lambda line: line.column.says),
    ),
)


def resource(table: Table, path: str) -> dict[str, Any]:
    """A table as a resource of a Frictionless package."""
    return {
        "name": table.name.replace("_", "-"),
        "description": table.says,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            **({"primaryKey": list(table.key)} if table.key else {}),
            "foreignKeys": [
                {"fields": [name], "reference": {"resource": other, "fields": [key]}}
                for name, other, key in references(table)
            ],
            "missingValues": [""],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.always else {}
    if column.words:
        constraints["enum"] = list(column.words)
    if column.within:
        constraints |= {"minimum": column.within.low, "maximum": column.within.high}
    return {
        "name": column.name,
        "type": TYPES[column.kind],
        "description": f"{column.says} In {column.unit}." if column.unit else column.says,
        "constraints": constraints,
    }


def references(table: Table) -> Iterator[tuple[str, str, str]]:
    """Each column that names a row of another table: its name, that table, and its key there."""
    keys = {one.name: one.key for one in (*ROLE_TABLES.values(), OCCUPATIONS)}
    for name, other in table.refers.items():
        (key,) = keys[other]
        yield name, other, key

"""Installs the guards of the database for the columns that there are."""

from typing import Any

from django.db import connection

from roles.models.assessment import INPUT_COLUMNS
from roles.models.columns import STORED_FIGURES
from roles.sql.triggers import INSTALLED, guards


def install(_: Any, schema_editor: Any) -> None:
    """Make every guard, in the place of an older one of its name; for a migration."""
    for guard in _guards():
        schema_editor.execute(guard.create, params=None)


def missing() -> list[str]:
    """The guards that are not in the database as the code has them."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED)
        stored = {(table, name): (source, on) for name, table, source, on in cursor}
    return [
        f"{guard.table}: {guard.name}"
        for guard in _guards()
        if stored.get((guard.table, guard.name)) != (guard.source, "O")
    ]


def _guards() -> Any:
    return guards(INPUT_COLUMNS, list(STORED_FIGURES))

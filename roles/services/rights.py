"""Leaves the role that serves the site its rights, and keeps the rest for the owner."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Identifier, Literal

from roles.sql import rights

CREATED = SQL("CREATE ROLE {} LOGIN PASSWORD {}")
EXISTS = "SELECT rolsuper FROM pg_roles WHERE rolname = %s"


class OwnsEverything(Exception):
    """The role that is to serve the site is above all rights, or is the owner itself."""


def history_tables() -> set[str]:
    """Tables that keep what the rows of another were."""
    return {
        model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")
    }


def restrict(owner: Any, role: str, password: str = "") -> None:
    """Have a role do what the site does and nothing else; to be called after each migration.

    ``owner`` is the connection of whoever owns the tables. A role that does not exist is made,
    which the owner has to be allowed to. Raises OwnsEverything.
    """
    with transaction.atomic(owner.alias), owner.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        me, database = cursor.fetchone()
        cursor.execute(EXISTS, [role])
        found = cursor.fetchone()
        if role == me or (found and found[0]):
            raise OwnsEverything(f"{role} owns the tables, or is a superuser.")
        if not found:
            cursor.execute(CREATED.format(Identifier(role), Literal(password or None)))
        tables = _names(cursor, rights.OWN_TABLES)
        for statement in rights.grants(role, database, tables, history_tables()):
            cursor.execute(statement)
        cursor.execute(rights.NO_SWITCH)
        for statement in rights.as_owner(_names(cursor, rights.HISTORY_FUNCTIONS)):
            cursor.execute(statement)


def _names(cursor: CursorWrapper, query: str) -> list[str]:
    cursor.execute(query)
    return [name for (name,) in cursor.fetchall()]

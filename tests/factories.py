"""The reference assessment, stored, for tests that change one thing about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from django.db import connection, transaction

from roles.documents.parse import parse
from roles.models import Assessment
from roles.services.import_document import import_document
from tests.reference import CONTENT


@cache
def reference_document():
    document = parse(CONTENT.read_bytes()).document
    assert document is not None
    return document


def titled(title: str, **changes):
    """The reference document as one of another role, with some of it changed."""
    document = reference_document()
    identity = replace(document.identity, title=title, aliases=())
    return replace(document, identity=identity, **changes)


def draft() -> Assessment:
    """The clinical coder as an open draft."""
    return import_document(reference_document()).assessment


def published() -> Assessment:
    """The clinical coder, published."""
    return import_document(reference_document(), publishing=True).assessment


def sql(statement: str, *parameters: object) -> None:
    """Run one statement past the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@contextmanager
def stored_once(blocker: Any) -> Iterator[None]:
    """What is stored within it is there for several tests, and gone after the last of them."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def guards_off() -> Iterator[None]:
    """What only a superuser of the database can do: change rows while no trigger fires."""
    with as_superuser():
        sql("SET session_replication_role = replica")
        try:
            yield
        finally:
            sql("SET session_replication_role = DEFAULT")


@contextmanager
def as_superuser() -> Iterator[None]:
    """For what the role of the site is not allowed to (``as_the_site`` in conftest.py)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
    sql("RESET ROLE")
    try:
        yield
    finally:
        sql(f"SET LOCAL ROLE {role}")

"""One transaction for each verb, tried again where the database asks for that.

Roles are locked first, in the order of their keys (``lock_roles``); what is left are meetings
that no order prevents, such as two people naming the same new role.
"""

import random
import time
from collections.abc import Callable, Iterable
from functools import wraps

from django.db import DatabaseError, IntegrityError, connection, transaction

from roles.models import Role

ATTEMPTS = 4
ASKS_AGAIN = ("40001", "40P01")
"""Serialization failure and deadlock: the database has ended one so that the other goes on."""
UNIQUE = "23505"
WAITED_LONG = ("55P03", "57014")
"""A lock, or a statement, took longer than the settings allow."""


def retried[**P, T](verb: Callable[P, T]) -> Callable[P, T]:
    """A verb in one transaction, or in the one around it, whose outermost verb is tried again."""

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.in_atomic_block:
            return verb(*args, **kwargs)
        for attempt in range(1, ATTEMPTS):
            try:
                with transaction.atomic():
                    return verb(*args, **kwargs)
            except DatabaseError as error:
                if not asks_again(error):
                    raise
            time.sleep(random.uniform(0, 0.05 * attempt))  # noqa: S311 - so that they part
        with transaction.atomic():
            return verb(*args, **kwargs)

    return run


def lock_roles(keys: Iterable[int]) -> None:
    """Hold these roles until the transaction ends; others can go on naming them."""
    roles = Role.objects.filter(pk__in=set(keys)).order_by("pk")
    list(roles.select_for_update(no_key=True).values_list("pk", flat=True))


def asks_again(error: DatabaseError) -> bool:
    """Whether the same would probably work a moment later, without anybody deciding anything."""
    return _state(error) in ASKS_AGAIN or (
        isinstance(error, IntegrityError) and _state(error) == UNIQUE
    )


def is_busy(error: DatabaseError) -> bool:
    """Whether somebody else's work stood in the way."""
    return asks_again(error) or _state(error) in WAITED_LONG


def _state(error: DatabaseError) -> str:
    """What Postgres calls it (SQLSTATE)."""
    return str(getattr(error.__cause__, "sqlstate", "") or "")

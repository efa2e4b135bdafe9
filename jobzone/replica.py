"""Which database is asked: for a public page the replica, if there is one; else the primary.

Whoever writes reads what they wrote: the editors' screens, previews and commands know no replica.
The catalogue's version is read from where pages are read from, before the page: a replica only
moves on, so a page is never older than the version that it is kept under.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings

_public: ContextVar[bool] = ContextVar("public", default=False)


@contextmanager
def reading_only() -> Iterator[None]:
    """What is read within may be as old as the replica."""
    token = _public.set(True)
    try:
        yield
    finally:
        _public.reset(token)


class Router:
    """Django's question for each query."""

    def db_for_read(self, _: Any, **__: Any) -> str | None:
        """The replica, within ``reading_only``."""
        return settings.READ_DATABASE if _public.get() else None

    def allow_relation(self, *_: Any, **__: Any) -> bool:
        """All are one database."""
        return True

    def allow_migrate(self, db: str, *_: Any, **__: Any) -> bool | None:
        """What is migrated is the primary."""
        return False if db == "replica" else None

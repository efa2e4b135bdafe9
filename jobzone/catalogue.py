"""Asks Postgres which version of the catalogue is committed, on a connection of its own.

It is asked on every request, so the statement is prepared and read by libpq itself: 16 µs
here, where a cursor of psycopg takes 29 and one of Django 65. It has to be the server that
pages are read from: a primary would give old pages of a replica a new version.
"""

import logging
import select
import threading
import time

import psycopg
from django.conf import settings as django
from django.db import connections
from psycopg import pq
from psycopg.conninfo import make_conninfo

logger = logging.getLogger(__name__)

SECONDS = 3
"""How long the database may take to connect, or to answer, before it counts as away."""
REST = 5
"""After a failed attempt to connect, the next one waits so many times as long as that took."""
LONGEST_REST = 5
"""But no more seconds than this, so that the site comes back with its database."""

VERSION = b"SELECT number || '/' || coalesce(raised_by, 0) FROM roles_catalogueversion"
"""Number and transaction: a database that is restored may get to the same number again."""
NOTHING_PUBLISHED = b"0"


class Silent(psycopg.OperationalError):
    """The database is connected and says nothing."""


class Catalogue:
    """The catalogue of the default database; all threads ask over one connection, in turns."""

    def __init__(self) -> None:
        self.connection: psycopg.Connection[tuple[str]] | None = None
        self._turn = threading.Lock()
        self._is_away = False
        self._retry_at = 0.0

    def version(self) -> bytes | None:
        """What names the committed version; None while the database does not answer.

        A connection that is lost, as when Postgres was restarted, is renewed at once. While the
        database is away one thread at a time tries, and none waits for it.
        """
        if not self._turn.acquire(timeout=0 if self._is_away else SECONDS):
            return None
        try:
            version = self._asked()
            self._is_away = version is None
            return version
        finally:
            self._turn.release()

    def _asked(self) -> bytes | None:
        began = time.monotonic()
        if self.connection:
            try:
                return _version(self.connection)
            except Silent as error:
                # What hangs would have the next connection hang as well.
                self._rest(error, began)
                return None
            except psycopg.OperationalError as error:
                logger.warning("The connection to the catalogue is renewed: %s", error)
                self.close()
        if began < self._retry_at:
            return None
        try:
            self.connection = _connect()
            return _version(self.connection)
        except psycopg.OperationalError as error:
            self._rest(error, began)
            return None

    def _rest(self, error: psycopg.OperationalError, began: float) -> None:
        logger.warning("Pages are of the last known version: %s", error)
        self.close()
        now = time.monotonic()
        self._retry_at = now + min(REST * (now - began), LONGEST_REST)

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        if self.connection:
            self.connection.close()
            self.connection = None


def _connect() -> "psycopg.Connection[tuple[str]]":
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    settings = connections[django.READ_DATABASE].get_connection_params()
    info = make_conninfo(**{name: settings[name] for name in known & settings.keys()})
    connection = psycopg.connect(info, autocommit=True, connect_timeout=SECONDS)
    if django.DATABASE_POOLED:
        return connection
    prepared = connection.pgconn.prepare(b"version", VERSION)
    if prepared.status != pq.ExecStatus.COMMAND_OK:
        connection.close()
        raise psycopg.OperationalError(prepared.get_error_message())
    return connection


def _version(connection: "psycopg.Connection[tuple[str]]") -> bytes:
    """Raises OperationalError where there is no answer in time."""
    libpq = connection.pgconn
    if django.DATABASE_POOLED:
        # The next question may go over another connection, which knows no such statement.
        libpq.send_query(VERSION)
    else:
        libpq.send_query_prepared(b"version", None)
    ready = select.poll()
    ready.register(libpq.socket, select.POLLIN)
    while libpq.is_busy():
        if not ready.poll(SECONDS * 1000):
            raise Silent("the database does not answer")
        libpq.consume_input()
    answer = libpq.get_result()
    while libpq.get_result():
        pass
    if answer is None or answer.status != pq.ExecStatus.TUPLES_OK:
        raise psycopg.OperationalError("the version cannot be read")
    return (answer.get_value(0, 0) if answer.ntuples else None) or NOTHING_PUBLISHED

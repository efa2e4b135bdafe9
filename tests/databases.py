"""Databases that one process of a test run makes and all others copy."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.reference import ROOT
from tests.run.server import database_url

RUN = """
import json, sys, django
from django.core.management import call_command
django.setup()
for command in json.loads(sys.argv[1]):
    call_command(*command)
"""


@contextmanager
def made_once(name: str, *commands: tuple[str, ...]) -> Iterator[str]:
    """A database that these commands have filled, whichever process came first; by its name."""
    server, url = os.environ["DATABASE_URL"], database_url(name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        try:
            connection.execute(f"CREATE DATABASE {name}")
        except psycopg.errors.DuplicateDatabase:
            pass
        else:
            manage(url, *commands)
        connection.execute("SELECT pg_advisory_unlock(1)")
    yield name
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")


def manage(url: str, *commands: tuple[str, ...]) -> None:
    """Run commands of ours on a database, one after the other in one process."""
    subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(commands)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        capture_output=True,
    )

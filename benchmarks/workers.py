"""Workers of the site, each a process of its own that can be asked by itself."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Worker:
    """One gunicorn process, as in production, and a connection to it that is kept open."""

    port: int
    process: "subprocess.Popen[bytes]"
    _connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> tuple[int, str]:
        """Status and page."""
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        return response.status, response.read().decode()


@contextmanager
def worker(core: int | None = None, **environment: str) -> Iterator[Worker]:
    """A worker that answers, on one core if it is named."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "python:jobzone.gunicorn"]
    command += ["--workers", "1", "--bind", f"127.0.0.1:{port}", "jobzone.wsgi"]
    if core is not None:
        command = ["taskset", "-c", str(core), *command]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        started = Worker(port, process)
        for _ in range(600):
            with suppress(OSError):
                assert started.get("/health/")[0] == 200
                break
            if process.poll() is not None:
                sys.exit("The worker ended at its start; its output says why.")
            time.sleep(0.1)
        yield started
    finally:
        process.terminate()
        process.wait()

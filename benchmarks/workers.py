"""Workers of the site, each a process of its own that can be asked by itself."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Worker:
    """One gunicorn process, as in production."""

    port: int
    process: "subprocess.Popen[bytes]"

    def get(self, path: str) -> tuple[int, str]:
        """Status and page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()


@contextmanager
def worker(
    application: str = "jobzone.wsgi", core: int | None = None, **environment: str
) -> Iterator[Worker]:
    """A worker that answers."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:jobzone.gunicorn"]
    command += ["--workers", "1", "--bind", f"127.0.0.1:{port}", application]
    with running(command, port, "/health/", core, **environment) as process:
        yield Worker(port, process)


@contextmanager
def running(
    command: list[str], port: int, path: str, core: int | None, **environment: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """A server that answers at a path, pinned to a core if one is named."""
    if core is not None:
        command = ["taskset", "-c", str(core), *command]
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output
        )
        try:
            _wait(process, port, path, output)
            yield process
        finally:
            process.terminate()
            process.wait()
            # An answer that is not new is so because the database did not answer, or by a fault.
            output.seek(0)
            sys.stderr.writelines(line for line in output if "of the last known version" in line)


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str, output: IO[str]) -> None:
    for _ in range(600):
        with suppress(OSError):
            Worker(port, process).get(path)
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    output.seek(0)
    sys.exit(f"A server does not answer:\n{output.read()}")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port

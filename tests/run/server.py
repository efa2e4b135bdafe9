"""Starts and stops the site in a process of its own, as `make run` does, and finds its Postgres."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from jobzone import embedded_postgres
from tests.reference import ROOT

START_SECONDS = 60


class Site:
    """A running site: where it is, and the process that serves it."""

    def __init__(self, process: subprocess.Popen, url: str) -> None:
        self.process = process
        self.url = url

    def get(self, path: str = "/") -> str:
        with urllib.request.urlopen(self.url + path) as response:
            return response.read().decode()

    def wait(self) -> None:
        """Until it answers; its output in the error if it never does."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                self.get("/health/")
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        self.process.kill()
        raise AssertionError(f"the site did not start:\n{self.process.communicate()[0]}")

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        """Signal to all its processes, as a terminal does at Ctrl-C, and wait for the end."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, sign)
        self.process.communicate(timeout=30)
        return self.process.returncode


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(*command: str, **environment: str) -> Iterator[Site]:
    """The site while it runs by this command; it has to be stopped by a signal."""
    port = str(free_port())
    settings = {"PORT": port, "SECRET_KEY": "test", "HTTPS": "0", "WEB_CONCURRENCY": "1"}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **settings, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    site = Site(process, f"http://127.0.0.1:{port}")
    try:
        site.wait()
        yield site
    finally:
        site.stop()


def with_embedded_postgres(data_dir: Path) -> list[str]:
    """A command that serves as `make run` does, its data in another folder."""
    code = (
        "import os, pathlib\n"
        "from jobzone import embedded_postgres, run\n"
        f"os.environ['DATABASE_URL'] = embedded_postgres.url(pathlib.Path({str(data_dir)!r}))\n"
        "run.main()\n"
    )
    return [sys.executable, "-c", code]


def postmaster(data_dir):
    """The server's main process, wherever root had to put the data; None if there is none."""
    for process in psutil.process_iter(["name", "cmdline"]):
        command = process.info["cmdline"] or []
        if process.info["name"] == "postgres" and "-D" in command:
            used = Path(command[command.index("-D") + 1])
            if used in (data_dir, moved(data_dir)):
                return process
    return None


def moved(data_dir):
    return embedded_postgres._for_system_user(data_dir) if os.geteuid() == 0 else data_dir

"""Starts and stops the site as `make run` does, in this folder or in a clone of its own."""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from jobzone import places, processes

START_SECONDS = 90
CODER = "clinical-coder-nhs"
NURSE = "registered-nurse-nhs"
OF_THIS_CLONE = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "SECRET_KEY",
    "HTTPS",
    "HOST",
    "DJANGO_SETTINGS_MODULE",
)


def make(folder, *target, **environment):
    return subprocess.run(
        ["make", "--no-print-directory", *target],
        cwd=folder,
        env=plain_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
    )


class Site:
    """A site that was started: where it is, the process that serves it, and what it has said."""

    def __init__(self, folder: Path, port: int, **environment: str) -> None:
        self.folder = folder
        self.port = str(port)
        self.url = f"http://127.0.0.1:{port}"
        self.output = Path(tempfile.mkdtemp()) / "output"
        self._environment = environment
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self.output.open("w") as output:
            return subprocess.Popen(
                ["make", "--no-print-directory", "run"],
                cwd=self.folder,
                env=plain_environment(PORT=self.port, WEB_CONCURRENCY="1", **self._environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def at(self, slug: str) -> str:
        """The address of a role's page."""
        return f"{self.url}/roles/{slug}/"

    def get(self, slug: str) -> str:
        with urllib.request.urlopen(self.at(slug), timeout=10) as response:
            return response.read().decode()

    def wait(self, sentence: str = "Ctrl-C stops it.") -> None:
        """Until it says so; what it has said in the error if it never does."""
        deadline = time.monotonic() + START_SECONDS
        while sentence not in self.said:
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop(signal.SIGKILL)
                raise AssertionError(f"the site did not start:\n{self.said}")
            time.sleep(0.05)

    def stop(self, sign: signal.Signals = signal.SIGINT, *, again: bool = False) -> str:
        """Signal to all its processes, as a terminal does at Ctrl-C; what it has said in all.

        Python is deaf for a moment while it starts: ``again`` presses once more, as a person does.
        """
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, sign)
        try:
            self.process.wait(20 if again else 90)
        except subprocess.TimeoutExpired:
            if not again:
                raise
            return self.stop(sign)
        return self.said

    @contextmanager
    def killed(self) -> Iterator[None]:
        """While it is dead, of a sudden; then it serves at the same address again."""
        self.stop(signal.SIGKILL)
        try:
            yield
        finally:
            self.process = self._start()
            self.wait()

    @property
    def home(self) -> Path:
        """Where its embedded Postgres lives."""
        return places.postgres_home(self.folder / "var")

    def postgres(self) -> int | None:
        """The number of its Postgres' main process; None while it is being started."""
        with suppress(FileNotFoundError, IndexError):
            return int((self.home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        return None

    def has_postgres(self) -> bool:
        with processes.alone(self.home):
            return not processes.is_free(self.home / "server.lock")


def manage(clone, *command):
    """What a command of a clone prints."""
    python = str(clone / ".venv" / "bin" / "python")
    done = subprocess.run(
        [python, "manage.py", *command],
        cwd=clone,
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def plain_environment(**more: str) -> dict[str, str]:
    """The environment without what belongs to the clone that runs the tests."""
    kept = {name: value for name, value in os.environ.items() if name not in OF_THIS_CLONE}
    return kept | more


def database_url(name: str) -> str:
    """The address of another database of the server that the tests use."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[Site]:
    """The site of a folder while it runs."""
    site = Site(folder, free_port(), **environment)
    try:
        site.wait()
        yield site
    finally:
        site.stop()


def answers(url: str) -> bool:
    with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
        return urllib.request.urlopen(url, timeout=5).status == 200
    return False


def until(condition, seconds: float = 30) -> bool:
    """Whether a condition comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def is_clean(said):
    """Whether a site has stopped without a trace."""
    return "Traceback" not in said and "Exception" not in said

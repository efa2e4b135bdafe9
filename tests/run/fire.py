"""What is done to a site on purpose, and what its readers notice; too long for CI.

From the top folder: ``.venv/bin/python tests/run/fire.py [CASE ...]``. Each case starts the site of
this clone with two workers, and prints a line for docs/reliability.md.
"""

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.run.server import Site, free_port, plain_environment

ROOT = Path(__file__).resolve().parents[2]
ROLE = "/roles/clinical-coder-nhs/"


class Fired(Site):
    """The site of this clone, as in production."""

    def __init__(self) -> None:
        self.folder, self.port = ROOT, str(free_port())
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = Path(f"/tmp/jobzone-fire-{self.port}")
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jobzone", "run"],
                cwd=ROOT,
                env=plain_environment(PORT=self.port, WEB_CONCURRENCY="2", LOG_FORMAT="json"),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.wait()

    def memory(self) -> int:
        """MB of all its processes of gunicorn."""
        listed = subprocess.run(
            ["ps", "-o", "rss=,args=", "-s", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=True,
        )
        lines = [line for line in listed.stdout.splitlines() if "gunicorn" in line]
        return sum(int(line.split()[0]) for line in lines) // 1000


@contextmanager
def fired() -> Iterator[Fired]:
    site = Fired()
    try:
        yield site
    finally:
        site.stop()


class Reader(threading.Thread):
    """Asks for pages one after the other, ten times a second, and keeps how that went."""

    def __init__(self, site: Fired, path: str = ROLE, pause: float = 0.1) -> None:
        super().__init__(daemon=True)
        self.at, self.path, self.pause, self.over = site.url, path, pause, False
        self.took: list[float] = []
        self.answers: Counter[object] = Counter()

    def run(self) -> None:
        number = 0
        while not self.over:
            number += 1
            began = time.monotonic()
            url = self.at + self.path.format(number=number)
            try:
                with urllib.request.urlopen(url, timeout=20) as answer:
                    answer.read()
                    self.answers[answer.status] += 1
            except urllib.error.HTTPError as error:
                self.answers[error.code] += 1
            except OSError as error:
                self.answers[type(error).__name__] += 1
            self.took.append(time.monotonic() - began)
            time.sleep(self.pause)

    def stop(self) -> str:
        self.over = True
        self.join()
        half, most = statistics.median(self.took), max(self.took)
        return f"{dict(self.answers)}, median {half * 1000:.0f} ms, longest {most:.1f} s"


@contextmanager
def read(site: Fired, what: str) -> Iterator[None]:
    """Readers of a kept page and of pages that have to be worked out, meanwhile."""
    kept, worked_out = Reader(site), Reader(site, "/roles/?q=nurse{number}")
    for reader in (kept, worked_out):
        reader.start()
    yield
    print(f"{what}: kept pages {kept.stop()}; pages worked out {worked_out.stop()}", flush=True)


def half_open(count: int) -> None:
    """Connections that begin a request and never end it, renewed when they are closed."""
    with fired() as site:
        place = ("127.0.0.1", int(site.port))
        urllib.request.urlopen(site.url + ROLE).read()
        with read(site, f"{count} half-open connections for 30 s"):
            until, opened, held = time.monotonic() + 30, 0, []
            while time.monotonic() < until:
                held = [one for one in held if not ended(one)]
                while len(held) < count:
                    held.append(socket.create_connection(place))
                    held[-1].send(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
                    opened += 1
                time.sleep(0.5)
        print(f"  {opened} were opened in all")
        for one in held:
            one.close()


def ended(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1000) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def large_body() -> None:
    """400 MB to the login page, by nobody in particular."""
    with fired() as site:
        place, before = ("127.0.0.1", int(site.port)), site.memory()
        connection = socket.create_connection(place)
        head = "POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400000000\r\n\r\n"
        began, sent = time.monotonic(), 0
        connection.sendall(head.encode())
        with suppress(OSError):
            while sent < 400_000_000:
                sent += connection.send(b"x" * 65_536)
        with suppress(OSError):
            connection.settimeout(2)
            print(f"400 MB to the login page: {connection.recv(100).splitlines()[0]}", end="; ")
        spent = time.monotonic() - began
        print(f"{sent // 1_000_000} MB were taken in {spent:.1f} s; {before} -> {site.memory()} MB")


def without_database(sign: signal.Signals, seconds: int) -> None:
    """Postgres is killed, or hangs for a while."""
    with fired() as site:
        urllib.request.urlopen(site.url + ROLE).read()
        lines = site.said.count("\n")
        family = family_of(site.postgres()) if sign == signal.SIGSTOP else [site.postgres()]
        with read(site, f"Postgres gets {sign.name}, for {seconds} s"):
            time.sleep(2)
            for pid in family:
                with suppress(ProcessLookupError):
                    os.kill(pid, sign)
            time.sleep(seconds)
            for pid in family if sign == signal.SIGSTOP else []:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)
            time.sleep(8)
        lines = site.said.count("\n") - lines
        traces = len(re.findall("Traceback", site.said))
        back = urllib.request.urlopen(site.url + "/roles/?q=back").status
        print(f"  {lines} lines in the log, {traces} traces; afterwards {back}")


def family_of(pid: int) -> list[int]:
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
    return [pid, *map(int, children.stdout.split())]


def twice_the_rate(seconds: int) -> None:
    """Sixty-four clients who never pause, on pages that are kept nowhere."""
    with fired() as site:
        script = Path("/tmp/jobzone-fire.lua")
        script.write_text(
            "local n = math.random(1e9)\n"
            "request = function() n = n + 1 "
            'return wrk.format("GET", "/roles/?q=nurse" .. n) end\n'
        )
        urllib.request.urlopen(site.url + ROLE).read()
        before = site.memory()
        print("for comparison, four clients:")
        wrk(site, script, 4, 10)
        with read(site, f"64 clients for {seconds} s"):
            for _ in range(max(1, seconds // 60)):
                wrk(site, script, 64, min(60, seconds))
                print(f"  memory {before} -> {site.memory()} MB", flush=True)


def wrk(site: Fired, script: Path, clients: int, seconds: int) -> None:
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}", "--timeout", "20", "--latency"]
    done = subprocess.run(
        [*command, "-s", str(script), site.url], capture_output=True, text=True, check=True
    )
    wanted = ("50%", "99%", "requests in", "Non-2xx", "Socket errors", "Requests/sec")
    print(
        *(
            f"  {line.strip()}"
            for line in done.stdout.splitlines()
            if any(word in line for word in wanted)
        ),
        sep="\n",
    )


CASES = {
    "half-open-16": lambda: half_open(16),
    "half-open-200": lambda: half_open(200),
    "large-body": large_body,
    "postgres-killed": lambda: without_database(signal.SIGKILL, 8),
    "postgres-hangs": lambda: without_database(signal.SIGSTOP, 10),
    "overload": lambda: twice_the_rate(600),
    "overload-short": lambda: twice_the_rate(60),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or [name for name in CASES if name != "overload-short"]:
        CASES[name]()

"""Measures throughput, latency and memory of the site and of its peers, in one run.

One server process pinned to the first core, the load on the second; nothing cached.
"""

import contextlib
import http.client
import os
import platform
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
import psycopg

from jobzone import clone

ROOT = Path(__file__).resolve().parent.parent
SIZES = [int(size) for size in os.environ.get("BENCH_ROLES", "1000,10000,100000").split(",")]
SECONDS = float(os.environ.get("BENCH_SECONDS", "1"))
ROUNDS = 7
CONNECTIONS = 4
PEERS = {
    "role page": "row",
    "browse": "rows with facets",
    "browse, three facets": "rows with facets",
    "the same, sorted, page 2": "rows with facets",
    "search": "rows with words",
}
"""What of Datasette stands beside which of our pages."""

type Sample = tuple[float, float, float]
"""Requests per second, median and 99th percentile in ms."""
DATASETTE = "datasette==0.65.2"


def main() -> None:
    """Prepare, measure size by size, and print the tables."""
    os.sched_setaffinity(0, {1})
    url = database()
    print(
        f"Machine: {os.cpu_count()} cores, {platform.processor() or platform.machine()}, "
        f"Python {platform.python_version()}, one worker, {CONNECTIONS} connections, "
        f"the median of {ROUNDS} rounds of {SECONDS:g} s\n"
    )
    made = 0
    for size in SIZES:
        more = ["make_synthetic_roles", str(size - made), "--seed", str(made)]
        seconds = timed(partial(manage, *more))
        manage_sql(url, "VACUUM ANALYZE")
        print(
            f"## {size:,} roles\n\nMade {size - made:,} synthetic roles in {seconds:.0f} s; "
            f"verify takes {timed(partial(manage, 'verify')):.1f} s.\n"
        )
        made = size
        table(url)
    print(f"Importing 1,000 documents takes {import_documents():.1f} s.")


def database() -> str:
    """Make a database of its own with one role, name it to all that follows; return its URL."""
    clone.use()
    server = os.environ["DATABASE_URL"]
    url = server.replace("/jobzone?", "/jobzone_bench?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS jobzone_bench WITH (FORCE)")
        connection.execute("CREATE DATABASE jobzone_bench")
    os.environ.update(DATABASE_URL=url)
    manage("migrate", "--verbosity", "0")
    manage("import_assessment", "--publish", "fixtures/assessments/clinical-coder-nhs.md")
    return url


def table(url: str) -> None:
    """Measure every page at one size and print the results."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT slug FROM roles_role WHERE synthetic ORDER BY id LIMIT 50"
        ).fetchall()
    slugs = [row[0] for row in rows]
    with contextlib.ExitStack() as servers:
        ours, process = servers.enter_context(serving("jobzone.wsgi"))
        body = fetch(ours, f"/roles/{slugs[0]}/")
        bare, _ = servers.enter_context(bare_view(body))
        peer = servers.enter_context(datasette(url))
        samples = in_turn(targets(slugs, ours, peer, bare))
        memory = process_memory(process)
    print("| Page | per second | p50 ms | p99 ms | Datasette per second | ratio |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, taken in samples.items():
        if name in PEERS.values():
            continue
        rate, p50, p99 = (statistics.median(values) for values in zip(*taken, strict=True))
        line = f"| {name} | {rate:.0f} | {p50:.1f} | {p99:.1f} |"
        if name in PEERS:
            others = [sample[0] for sample in samples[PEERS[name]]]
            times = [sample[0] / other for sample, other in zip(taken, others, strict=True)]
            line += f" {statistics.median(others):.4g} | {statistics.median(times):.1f}x |"
        else:
            line += " | |"
        print(line)
    print(f"\nPeak memory of the worker: {memory:.0f} MB.\n", flush=True)


def targets(slugs: list[str], ours: int, peer: int, bare: int) -> dict[str, tuple[int, list[str]]]:
    """The ports and paths to be measured: each peer right after the pages it stands beside."""
    compared = urlencode([("role", slug) for slug in slugs[:3]])
    facets = "zone=Red&sector=Healthcare&country=United+Kingdom"
    shown = "_facet=zone&_facet=sector&_facet=country"
    return {
        "role page": (ours, [f"/roles/{slug}/" for slug in slugs]),
        "row": (peer, [f"/bench/roles/{quote(slug)}" for slug in slugs]),
        "browse": (ours, ["/roles/"]),
        "browse, three facets": (ours, [f"/roles/?{facets}"]),
        "the same, sorted, page 2": (ours, [f"/roles/?{facets}&sort=boundary&page=2"]),
        "rows with facets": (peer, [f"/bench/roles?zone=Red&sector=Healthcare&{shown}"]),
        "search": (ours, ["/roles/?q=paediatric+nurse"]),
        "rows with words": (peer, [f"/bench/roles?_search=paediatric+nurse&{shown}"]),
        "misspelt search": (ours, ["/roles/?q=pediatrc+nurze"]),
        "compare three": (ours, [f"/compare/?{compared}"]),
        "bare Django view, same bytes": (bare, ["/"]),
    }


def in_turn(targets: dict[str, tuple[int, list[str]]]) -> dict[str, list[Sample]]:
    """The samples of every round; a machine that slows down for a while slows down all alike."""
    samples: dict[str, list[Sample]] = {name: [] for name in targets}
    for _ in range(ROUNDS):
        for name, (port, paths) in targets.items():
            samples[name].append(load(port, paths))
    return samples


@contextlib.contextmanager
def serving(application: str, **environment: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """One gunicorn worker on the first core, otherwise as in production."""
    command = ["gunicorn", "--config", "python:jobzone.gunicorn"]
    command += ["--workers", "1", "--max-requests", "0"]
    with running([sys.executable, "-m", *command, application], environment) as started:
        yield started


@contextlib.contextmanager
def bare_view(body: bytes) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A Django project of one view that returns these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bytes").write_bytes(body)
        Path(folder, "bare.py").write_text(
            "import django.conf\n"
            "django.conf.settings.configure(ROOT_URLCONF='bare', ALLOWED_HOSTS=['*'])\n"
            "from django.core.wsgi import get_wsgi_application\n"
            "from django.http import HttpResponse\n"
            "from django.urls import path\n"
            f"body = open({str(Path(folder, 'bytes'))!r}, 'rb').read()\n"
            "urlpatterns = [path('', lambda request: HttpResponse(body))]\n"
            "application = get_wsgi_application()\n"
        )
        with serving("bare:application", PYTHONPATH=folder) as started:
            yield started


@contextlib.contextmanager
def datasette(url: str) -> Iterator[int]:
    """The port of Datasette over SQLite with the same roles, facets and full-text search."""
    program = ROOT / "var" / "bench" / "bin" / "datasette"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", program.parent.parent], check=True)
        pip = [str(program.with_name("pip")), "install", "--quiet", DATASETTE, "setuptools<80"]
        subprocess.run(pip, check=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "bench.db")
        copy_to_sqlite(url, file)
        command = [str(program), "serve", str(file)]
        for limit in ("sql_time_limit_ms", "facet_time_limit_ms"):
            command += ["--setting", limit, "20000"]
        with running(command, {}, flag="--port") as (port, _):
            yield port


def copy_to_sqlite(url: str, file: Path) -> None:
    """The roles with their words, indexed as Datasette's manual advises."""
    target = sqlite3.connect(file)
    target.execute(
        "CREATE TABLE roles (slug TEXT PRIMARY KEY, title TEXT, score REAL, zone TEXT, "
        "sub_label TEXT, sector TEXT, country TEXT, seniority TEXT, text TEXT)"
    )
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT slug, title, score::float, zone, sub_label, sector, country, seniority_level, "
            "text.text FROM roles_role r JOIN roles_roletext text ON text.role_id = r.id"
        )
        target.executemany(f"INSERT INTO roles VALUES ({', '.join('?' * 9)})", rows)
    for column in ("zone", "sector", "country", "score"):
        target.execute(f"CREATE INDEX by_{column} ON roles({column})")
    target.execute("CREATE VIRTUAL TABLE roles_fts USING fts5(title, text, content='roles')")
    target.execute(
        "INSERT INTO roles_fts (rowid, title, text) SELECT rowid, title, text FROM roles"
    )
    target.commit()
    target.close()


@contextlib.contextmanager
def running(
    command: list[str], environment: dict[str, str], flag: str = "--bind"
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server on the first core, ready to answer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = str(port) if flag == "--port" else f"127.0.0.1:{port}"
    process = subprocess.Popen(
        ["taskset", "-c", "0", *command, flag, address],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(300):
        with contextlib.suppress(OSError, http.client.HTTPException):
            fetch(port, "/")
            break
        time.sleep(0.1)
    yield port, process
    process.terminate()
    process.wait()


def load(port: int, paths: list[str]) -> Sample:
    """One sample, over connections kept open."""
    times: list[float] = []
    end = time.perf_counter() + SECONDS

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        number = 0
        while time.perf_counter() < end or number < 3:
            start = time.perf_counter()
            connection.request("GET", paths[number % len(paths)])
            response = connection.getresponse()
            response.read()
            assert response.status == 200, (paths[number % len(paths)], response.status)
            times.append(time.perf_counter() - start)
            number += 1

    fetch(port, paths[0])
    started = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return len(times) / elapsed, cuts[49] * 1000, cuts[98] * 1000


def fetch(port: int, path: str) -> bytes:
    """One answer's body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    body = connection.getresponse().read()
    connection.close()
    return body


def process_memory(process: subprocess.Popen[bytes]) -> float:
    """The largest resident set of the server's workers so far, in MB."""
    workers = psutil.Process(process.pid).children(recursive=True)
    peaks = []
    for worker in workers:
        status = Path(f"/proc/{worker.pid}/status").read_text()
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        peaks.append(int(peak.split()[1]) / 1024)
    return max(peaks, default=0.0)


def import_documents() -> float:
    """Seconds to import and publish a thousand documents."""
    text = (ROOT / "fixtures/assessments/clinical-coder-nhs.md").read_text()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1000):
            name = f"Imported Coder {number}"
            file = Path(folder, f"{number}.md")
            file.write_text(text.replace("Clinical Coder (NHS)", name))
        files = [str(file) for file in sorted(Path(folder).iterdir())]
        return timed(lambda: manage("import_assessment", "--publish", "--verbosity", "0", *files))


def manage(*arguments: str) -> None:
    """Run a command of ours; its output only if it fails."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def manage_sql(url: str, statement: str) -> None:
    """Run one statement outside a transaction."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def timed(action: Callable[[], object]) -> float:
    """Seconds that an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

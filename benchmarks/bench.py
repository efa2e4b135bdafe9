"""Measures throughput, latency and memory of the site and of its peers, in one run.

One worker pinned to the first core; the load (wrk), Postgres and the rest on the second.
"""

import contextlib
import http.client
import os
import platform
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import psutil
import psycopg

from benchmarks.workers import ROOT, free_port, running, worker
from jobzone import clone

SIZES = [int(size) for size in os.environ.get("BENCH_ROLES", "1000,10000,100000").split(",")]
SECONDS = int(os.environ.get("BENCH_SECONDS", "2"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
CONNECTIONS = 4
CHANGES = 60
DATASETTE = "datasette==0.65.2"
UNITS = {"us": 0.001, "ms": 1, "s": 1000}
PEERS = {
    "role page": "row",
    "browse": "rows with facets",
    "browse, three facets": "rows with facets",
    "the same, sorted, page 2": "rows with facets",
    "search": "rows with words",
}
"""What of Datasette stands beside which of our pages."""
BARE = "bare Django view, same bytes"


@dataclass(frozen=True)
class Target:
    """What wrk asks for."""

    port: int
    path: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sample:
    """What wrk measured: requests per second, median and 99th percentile in ms."""

    rate: float
    p50: float
    p99: float


def main() -> None:
    """Prepare, measure size by size, and print the tables."""
    wrk()
    os.sched_setaffinity(0, {1})
    url = database()
    print(
        f"Machine: {os.cpu_count()} cores, {platform.processor() or platform.machine()}, "
        f"Python {platform.python_version()}, one worker, {CONNECTIONS} connections, "
        f"the median of {ROUNDS} rounds of {SECONDS} s\n"
    )
    made = 0
    for size in SIZES:
        more = ["make_synthetic_roles", str(size - made), "--seed", str(made)]
        seconds = timed(partial(manage, *more))
        manage_sql(url, "VACUUM ANALYZE")
        print(
            f"## {size:,} roles\n\nMade {size - made:,} synthetic roles in {seconds:.0f} s; "
            f"verify takes {timed(partial(manage, 'verify')):.1f} s.\n",
            flush=True,
        )
        made = size
        table(url)
        others(url)
    print(f"Importing 100 documents takes {import_documents():.1f} s.")


def wrk() -> str:
    """The load generator; ends with what to do where it is missing."""
    return shutil.which("wrk") or sys.exit(
        "wrk is missing, which makes the load: apt-get install wrk, or brew install wrk."
    )


def database() -> str:
    """Make a database of its own with the content, name it to all that follows; its owner's URL."""
    clone.use()
    owner = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS jobzone_bench WITH (FORCE)")
        connection.execute("CREATE DATABASE jobzone_bench")
    for name in {"DATABASE_URL", "DATABASE_OWNER_URL"} & os.environ.keys():
        os.environ[name] = urlsplit(os.environ[name])._replace(path="/jobzone_bench").geturl()
    os.environ["DJANGO_SETTINGS_MODULE"] = "jobzone.settings"
    manage("prepare")
    return os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]


def table(url: str) -> None:
    """Measure every page kept, revalidated and worked out, and print the results."""
    pages = our_pages(slugs(url, 3))
    with contextlib.ExitStack() as servers:
        kept = servers.enter_context(worker(core=0)).port
        uncached = servers.enter_context(worker("benchmarks.uncached", core=0)).port
        bare = servers.enter_context(bare_view(fetch(kept, pages["role page"])[1]))
        peer = servers.enter_context(datasette(url))
        targets = {BARE: Target(bare, "/")}
        for name, path in pages.items():
            tag = fetch(kept, path, {"Accept-Encoding": "gzip"})[0]["ETag"]
            gzip = {"Accept-Encoding": "gzip"}
            targets[f"{name}: kept"] = Target(kept, path, gzip)
            targets[f"{name}: 304"] = Target(kept, path, gzip | {"If-None-Match": tag})
            targets[f"{name}: worked out"] = Target(uncached, path)
        targets |= {name: Target(peer, path) for name, path in peers(slugs(url, 1)[0]).items()}
        samples = in_turn(targets)
    print(
        "| Page | kept, gzip | x bare | 304 | x bare | worked out | p50 ms | p99 ms | x Datasette |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for name in pages:
        worked_out = samples[f"{name}: worked out"]
        cells = [f"{rate(samples[f'{name}: kept']):,.0f}"]
        cells += [ratio(samples[f"{name}: kept"], samples[BARE])]
        cells += [f"{rate(samples[f'{name}: 304']):,.0f}"]
        cells += [ratio(samples[f"{name}: 304"], samples[BARE]), f"{rate(worked_out):,.0f}"]
        cells += [f"{statistics.median(sample.p50 for sample in worked_out):.1f}"]
        cells += [f"{statistics.median(sample.p99 for sample in worked_out):.1f}"]
        cells += [ratio(worked_out, samples[PEERS[name]]) if name in PEERS else ""]
        print(f"| {name} | {' | '.join(cells)} |")
    alone = ", ".join(f"{name} {rate(samples[name]):.4g}" for name in [BARE, *peers("")])
    print(f"\nBeside them, per second: {alone}.\n", flush=True)


def others(url: str) -> None:
    """Measure and print what is no page: the index, memory, and the way to the first new answer."""
    import django

    django.setup()
    from benchmarks.freshness import trials
    from roles.finding import index

    building = min(timed(lambda: index.build(version=0)) for _ in range(3))
    naming = min(timed(lambda: index.build(version=0).titles) for _ in range(3)) - building
    with worker(core=0) as one:
        filled = fill(one.port, url)
        memory = psutil.Process(one.process.pid).children()[0].memory_info().rss / 1e6
    with worker(core=0) as first, worker(core=1) as second:
        done = list(trials([second, first], CHANGES))
    times = sorted(trial.milliseconds for trial in done)
    print(
        f"Building the index takes {building:.3f} s, its titles, when the first search asks for "
        f"them, {naming:.3f} s. A worker that keeps {filled:,} pages, as many "
        f"as it may, takes {memory:.0f} MB. From COMMIT to the first new answer of another worker: "
        f"median {statistics.median(times):.0f} ms, at most {times[-1]:.0f} ms "
        f"({sum(trial.fresh for trial in done)} of {CHANGES} next answers new).\n",
        flush=True,
    )


def fill(port: int, url: str) -> int:
    """Ask for as many pages, twice, as a worker may keep and more; how many those are."""
    compressed = {"Accept-Encoding": "gzip"}
    room, asked = 64_000_000, 0
    for number in range(100):
        for slug in slugs(url, 1_000):
            path = f"/roles/{slug}/" if not number else f"/roles/{slug}/?{number}"
            for _ in range(2):
                size = len(fetch(port, path, compressed)[1])
            room -= size + 3_000
            asked += 1
            if room < 0:
                return asked
    return asked


def our_pages(compared: list[str]) -> dict[str, str]:
    """The pages that are measured."""
    facets = "sector=Healthcare&country=United+Kingdom&seniority=Senior"
    return {
        "role page": f"/roles/{compared[0]}/",
        "home": "/",
        "browse": "/roles/",
        "browse, three facets": f"/roles/?{facets}",
        "the same, sorted, page 2": f"/roles/?{facets}&sort=boundary&page=2",
        "search": "/roles/?q=paediatric+nurse",
        "misspelt search": "/roles/?q=pediatrc+nurze",
        "compare three": f"/compare/?{urlencode([('role', slug) for slug in compared])}",
    }


def peers(slug: str) -> dict[str, str]:
    """The pages of Datasette that stand beside ours."""
    shown = "_facet=zone&_facet=sector&_facet=country"
    return {
        "row": f"/bench/roles/{quote(slug)}",
        "rows with facets": f"/bench/roles?zone=Red&sector=Healthcare&{shown}",
        "rows with words": f"/bench/roles?_search=paediatric+nurse&{shown}",
    }


def in_turn(targets: dict[str, Target]) -> dict[str, list[Sample]]:
    """The samples of every round; a machine that slows down for a while slows down all alike."""
    samples: dict[str, list[Sample]] = {name: [] for name in targets}
    for _ in range(ROUNDS):
        for name, target in targets.items():
            samples[name].append(load(target))
    return samples


def load(target: Target) -> Sample:
    """One sample, over connections kept open."""
    fetch(target.port, target.path, target.headers)
    command = [wrk(), "--threads=1", f"--connections={CONNECTIONS}", f"--duration={SECONDS}s"]
    command += ["--latency", "--timeout=60s"]
    command += [f"--header={name}: {value}" for name, value in target.headers.items()]
    command += [f"http://127.0.0.1:{target.port}{target.path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, f"{target}: {said}"

    def found(pattern: str) -> float:
        match = re.search(pattern + r"\s+([\d.]+)(us|ms|s)?", said)
        assert match, said
        return float(match[1]) * UNITS.get(match[2], 1)

    return Sample(found("Requests/sec:"), found("50%"), found("99%"))


def rate(samples: list[Sample]) -> float:
    """The median of requests per second."""
    return statistics.median(sample.rate for sample in samples)


def ratio(samples: list[Sample], others: list[Sample]) -> str:
    """The median of the rounds' ratios."""
    pairs = zip(samples, others, strict=True)
    # A peer that answers nothing in a whole round would have answered once in a little more.
    times = [one.rate / max(other.rate, 1 / SECONDS) for one, other in pairs]
    return f"{statistics.median(times):.3g}x"


def slugs(url: str, most: int) -> list[str]:
    """Addresses of synthetic roles."""
    query = "SELECT slug FROM roles_role WHERE synthetic ORDER BY id LIMIT %s"
    with psycopg.connect(url) as connection:
        return [slug for (slug,) in connection.execute(query, [most])]


@contextlib.contextmanager
def bare_view(body: bytes) -> Iterator[int]:
    """The port of a Django project of one view that returns these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bytes").write_bytes(body)
        Path(folder, "bare.py").write_text(
            "import django.conf\n"
            "django.conf.settings.configure(ROOT_URLCONF='bare', ALLOWED_HOSTS=['*'])\n"
            "from django.core.wsgi import get_wsgi_application\n"
            "from django.http import HttpResponse\n"
            "from django.urls import path\n"
            f"body = open({str(Path(folder, 'bytes'))!r}, 'rb').read()\n"
            "view = lambda request: HttpResponse(body)\n"
            "urlpatterns = [path('', view), path('health/', view)]\n"
            "application = get_wsgi_application()\n"
        )
        with worker("bare", core=0, PYTHONPATH=folder) as started:
            yield started.port


@contextlib.contextmanager
def datasette(url: str) -> Iterator[int]:
    """The port of Datasette over SQLite with the same roles, facets and full-text search."""
    program = ROOT / "var" / "bench" / "bin" / "datasette"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(program.parent.parent)], check=True)
        pip = [str(program.with_name("pip")), "install", "--quiet", DATASETTE, "setuptools<80"]
        subprocess.run(pip, check=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "bench.db")
        copy_to_sqlite(url, file)
        command = [str(program), "serve", str(file)]
        for limit in ("sql_time_limit_ms", "facet_time_limit_ms"):
            command += ["--setting", limit, "20000"]
        port = free_port()
        with running([*command, "--port", str(port)], port, "/", core=0):
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
            "SELECT slug, title, score::float, zone, sub_label, sector, country, seniority, "
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


def fetch(
    port: int, path: str, headers: dict[str, str] | None = None
) -> tuple[http.client.HTTPMessage, bytes]:
    """The headers and the body of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers or {})
    response = connection.getresponse()
    body = response.read()
    assert response.status in (200, 304), (path, response.status)
    connection.close()
    return response.headers, body


def import_documents() -> float:
    """Seconds to import and publish a hundred documents."""
    text = (ROOT / "fixtures/assessments/clinical-coder-nhs.md").read_text()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(100):
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

"""Rounds of ``kill -9`` in the midst of writing: nothing acknowledged is lost, nothing half.

From the top folder: ``.venv/bin/python tests/run/killed.py ROUNDS``. Each round publishes version
after version in a process of its own, on a Postgres of its own. At a moment nobody chose that
process is killed, or all processes of Postgres are, or its main one alone; then what was
acknowledged has to be there. Every tenth round all figures, digests, listings and guards are
worked out again.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from jobzone import embedded_postgres, processes

TITLES = ["Alpha Worker", "Beta Worker", "Gamma Worker", "Delta Worker"]
DIGITS = 10


def main() -> None:
    rounds = int(sys.argv[1])
    var = Path(tempfile.mkdtemp(prefix="jobzone-killed-"))
    server = embedded_postgres.start(var)
    os.environ |= {
        "DATABASE_URL": server.owner_url,
        "SECRET_KEY": "k" * 50,
        "DJANGO_SETTINGS_MODULE": "jobzone.settings",
    }
    import django

    django.setup()
    try:
        _rounds(server, rounds)
    finally:
        server.leave()
        processes.stop(server.home)
        shutil.rmtree(server.home, ignore_errors=True)
        shutil.rmtree(var, ignore_errors=True)


def _rounds(server: embedded_postgres.Server, rounds: int) -> None:
    from django.core.management import call_command
    from django.db import connections

    from roles.models import Assessment
    from roles.services.verification import discrepancies

    call_command("migrate", verbosity=0)
    killed: Counter[str] = Counter()
    acknowledged, lost, wrong, last = 0, [], [], dict.fromkeys(TITLES, 0)
    rng, number, began = random.Random(9), 0, time.monotonic()
    for done in range(1, rounds + 1):
        connections.close_all()
        reads, writes = os.pipe()
        writer = os.fork()
        if writer == 0:
            os.close(reads)
            _write(writes, number)
        os.close(writes)
        time.sleep(rng.uniform(0.02, 0.6))
        what = rng.choice(["the writer", "all of Postgres", "the main process of Postgres"])
        killed[what] += 1
        for pid in [writer] if what == "the writer" else _postgres(server, what):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            if what != "the writer":
                # It goes on until it is told that the database has gone.
                time.sleep(0.3)
            os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        with os.fdopen(reads) as pipe:
            for line in pipe.read().split():
                acknowledged += 1
                number = int(line)
                last[TITLES[number % len(TITLES)]] = number
        # What was under way may have been committed, and not acknowledged.
        number += 1
        _until_back(server)
        stored = dict(Assessment.objects.published().values_list("role__title", "further_notes"))
        for title, expected in last.items():
            there = int(stored.get(title, "Number 0.")[7:-1])
            if there < expected:
                lost.append(f"round {done}: {title} has {there}, acknowledged {expected}")
        if done % 10 == 0 or done == rounds:
            wrong += list(discrepancies())
    print(f"{rounds} rounds in {time.monotonic() - began:.0f} s; killed: {dict(killed)}")
    print(f"{acknowledged} publications acknowledged, {len(lost)} lost, {len(wrong)} things wrong")
    print(*lost, *wrong, sep="\n")
    if lost or wrong:
        raise SystemExit(1)


def _write(pipe: int, number: int) -> None:
    """Publish versions until killed; say each number once it is committed."""
    from roles.services.import_document import import_document
    from tests.factories import titled

    with suppress(BaseException):
        while True:
            number += 1
            document = titled(TITLES[number % len(TITLES)])
            document = replace(document, further_notes=f"Number {number}.")
            import_document(document, publishing=True)
            os.write(pipe, f"{number}\n".encode())
    os._exit(0)


def _postgres(server: embedded_postgres.Server, what: str) -> list[int]:
    main_one = int((server.data / "postmaster.pid").read_text().splitlines()[0])
    if what == "all of Postgres":
        listed = subprocess.run(
            ["pgrep", "-P", str(main_one)], capture_output=True, text=True, check=False
        )
        return [main_one, *map(int, listed.stdout.split())]
    return [main_one]


def _until_back(server: embedded_postgres.Server) -> None:
    from django.db import OperationalError, connection

    deadline = time.monotonic() + 60
    while True:
        server.keep()
        try:
            connection.close()
            connection.ensure_connection()
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


if __name__ == "__main__":
    main()

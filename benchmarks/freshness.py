"""Whether the very next answer after a change is new, in the other worker too, under load.

``python -m benchmarks.freshness`` makes 1,000 changes of every kind while both workers are asked
for other pages all the time, and prints how many answers were stale and how long a new one took.
"""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from benchmarks.bench import database, manage, wrk
from benchmarks.workers import ROOT, Worker, worker

TRIALS = int(os.environ.get("TRIALS", "1000"))
PAGE = "/roles/clinical-coder-nhs/"
NEIGHBOUR = "/roles/cited-technologist/"
IN_TURN = """
local paths, asked = {"/", "/roles/", "/method/", "/zones/red/"}, 0
request = function()
    asked = asked + 1
    return wrk.format("GET", paths[asked % #paths + 1])
end
"""
"""What wrk asks for, as it is told: in Lua."""

RENAMING = "UPDATE roles_role SET title = %s WHERE slug = 'clinical-coder-nhs'"
REPEATED = 5
"""How often a change that takes little is made in each round."""

type Fresh = Callable[[int, str], bool]
"""Whether a status and a page are those after a change."""


@dataclass(frozen=True)
class Change:
    """Something that changes what readers see: it is prepared, and then committed by one call."""

    name: str
    path: str
    commit: Callable[[], object]
    fresh: Fresh


def changes(number: int) -> Iterator[Change]:
    """A round of every kind; ``number`` makes them differ from the last time."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from roles.documents.parse import parse
    from roles.models import Assessment
    from roles.services import workflow
    from roles.services.import_document import import_document
    from roles.services.publish import publish

    text = (ROOT / "fixtures/assessments/clinical-coder-nhs.md").read_bytes()
    document = parse(text).document
    assert document is not None
    document = replace(document, claims=())

    def draft(**new: Any) -> Assessment:
        return import_document(replace(document, **new), update_role=False, rename=True).assessment

    def sql(statement: str, *parameters: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)

    def showing(words: str) -> Fresh:
        return lambda status, page: status == 200 and words in page

    words = f"within {number} years of publication"
    published = draft(timeline=words)
    yield Change("publication", PAGE, lambda: publish(published), showing(words))

    for once in range(REPEATED):
        title = f"Clinical Coder {number}.{once}"
        yield Change("plain SQL", PAGE, partial(sql, RENAMING, title), showing(title))

    score = f"{number % 240 / 10 + 0.1:.1f}"
    citing = draft(
        timeline=words,
        not_this_role=document.not_this_role.replace(
            "Health Information Technologist", "Cited Technologist"
        ).replace("scored 20.9", f"scored {score}"),
    )
    yield Change("citation", NEIGHBOUR, lambda: publish(citing), showing(f">{score}</span>"))

    for _ in range(REPEATED):
        current = Assessment.objects.published().get(role__slug="clinical-coder-nhs")
        yield Change(
            "deletion", PAGE, partial(workflow.delete, current), lambda status, _: status == 410
        )
        deleted = Assessment.objects.get(pk=current.pk)
        yield Change("restoring", PAGE, partial(workflow.restore, deleted), showing(title))

    words = f"within {number} years of a schedule"
    scheduled = draft(timeline=words)
    workflow.submit(scheduled)
    workflow.schedule(scheduled, timezone.now() + timedelta(hours=1))
    Assessment.objects.filter(pk=scheduled.pk).update(publish_at=timezone.now())
    with open(os.devnull, "w") as nowhere:
        yield Change(
            "scheduled publication",
            PAGE,
            lambda: call_command("publish_scheduled", stdout=nowhere),
            showing(words),
        )


@dataclass(frozen=True)
class Trial:
    """What came of one change."""

    name: str
    statuses: list[int]
    """What the workers answered, the other one first."""
    fresh: bool
    milliseconds: float
    """From the moment after COMMIT to the end of the first answer of the other worker."""


def trials(workers: list[Worker], most: int) -> Iterator[Trial]:
    """Change after change; each page is in both workers' memory before it, and asked for after."""
    from roles.models import Assessment

    number, made = Assessment.objects.count(), 0
    while made < most:
        number += 1
        for change in changes(number):
            for one in workers:
                for _ in range(2):
                    assert not change.fresh(*one.get(change.path)), f"{change.name} is there before"
            change.commit()
            began = time.perf_counter()
            answers = [one.get(change.path) for one in workers[:1]]
            elapsed = (time.perf_counter() - began) * 1000
            answers += [one.get(change.path) for one in workers[1:]]
            fresh = all(change.fresh(*answer) for answer in answers)
            yield Trial(change.name, [status for status, _ in answers], fresh, elapsed)
            made += 1
            if made == most:
                break


@contextmanager
def load(workers: list[Worker]) -> Iterator[None]:
    """Both workers are asked for other pages, one after the other, all the time."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(IN_TURN)
        script.flush()
        loads = [
            subprocess.Popen(
                [wrk(), "-t1", "-c1", "-d1h", "-s", script.name, f"http://127.0.0.1:{one.port}"],
                stdout=subprocess.DEVNULL,
            )
            for one in workers
        ]
        try:
            yield
        finally:
            for one in loads:
                one.terminate()
                one.wait()


def main() -> None:
    """Measure and print."""
    database()
    manage("make_synthetic_roles", "1000")
    import django

    django.setup()
    with worker() as first, worker() as second, load([first, second]):
        done = list(trials([second, first], TRIALS))
    for one in done:
        if not one.fresh:
            print(f"Stale: {one}")
    print("| Change | Trials | Next answer new | p50 ms | p99 ms |\n|---|---:|---:|---:|---:|")
    for name in [*dict.fromkeys(one.name for one in done), "all"]:
        some = [one for one in done if name in (one.name, "all")]
        cuts = statistics.quantiles((one.milliseconds for one in some), n=100, method="inclusive")
        fresh = sum(one.fresh for one in some)
        print(f"| {name} | {len(some)} | {fresh} | {cuts[49]:.0f} | {cuts[98]:.0f} |")


if __name__ == "__main__":
    main()

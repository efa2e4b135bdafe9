"""A first start works wherever it happens and whatever happened before."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from jobzone import places
from tests.reference import ROOT
from tests.run.conftest import clean
from tests.run.server import (
    CODER,
    NURSE,
    Site,
    answers,
    free_port,
    is_clean,
    make,
    manage,
    serving,
    until,
)

DELETE = """
from roles.models import Assessment
from roles.services.workflow import delete
delete(Assessment.objects.published().get(role__slug="{}"))
"""


GIVEN_UP = """
from jobzone import run

def interrupted():
    try:
        raise KeyboardInterrupt
    finally:
        raise ValueError("in a transaction")

run._prepare = interrupted
run.main()
"""


def reworded(document, sentence):
    """A document whose primary function begins with another sentence."""
    text = document.read_text()
    assert "| Primary Function | " in text
    return text.replace("| Primary Function | ", f"| Primary Function | {sentence} ")


def test_two_at_once_talk_serve_and_leave_nothing_running(clone):
    first = Site(clone, free_port())
    try:
        assert until(lambda: first.said, 2), "nothing was said for two seconds"
        with serving(clone) as second:
            first.wait()
            said = first.said + second.said
            assert re.search(r"the content, 2 roles, this once \.\.\.\n +\d+\.\d s\n", said)
            assert f"JobZone is at {first.url}/" in first.said
            assert f"Sign in at {first.url}/admin/" in first.said
            assert "Red (Displacing)" in first.get(CODER)
            assert answers(second.at(CODER))
    finally:
        said = first.stop(signal.SIGINT)
    assert is_clean(said)
    assert not first.has_postgres()


def test_what_is_left_of_first_starts_interrupted_and_killed_is_made_good(clone):
    """And a path that is too long for a socket does no harm."""
    longer = clone / ("long-" * 20) / ("longer-" * 10)
    longer.mkdir(parents=True)
    for part in list(clone.iterdir()):
        if part.name != longer.parent.name:
            shutil.move(part, longer)
    (longer / "var" / "static").mkdir(parents=True)
    (longer / "var" / "secret-key").touch()
    half = places.postgres_home(longer / "var") / "postgres.new"
    (half / "base").mkdir(parents=True)
    for seconds, sign in ((0.5, signal.SIGINT), (2, signal.SIGKILL), (4, signal.SIGTERM)):
        site = Site(longer, free_port())
        time.sleep(seconds)
        assert is_clean(site.stop(sign, again=sign is signal.SIGINT))
    with serving(longer) as site:
        assert answers(site.at(CODER))
        assert answers(site.at(NURSE))
    assert clean(longer).returncode == 0


def test_a_step_that_fails_since_it_is_interrupted_leaves_no_trace():
    done = subprocess.run(
        [sys.executable, "-c", GIVEN_UP],
        cwd=ROOT,
        env={**os.environ, "PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, "")


def test_what_editors_did_outlives_restarts_and_releases(started):
    released = [started / "fixtures" / "assessments" / f"{name}.md" for name in (CODER, NURSE)]
    with serving(started):
        pass
    edited = started / "edited.md"
    edited.write_text(reworded(released[1], "An editor wrote this."))
    manage(started, "import_assessment", "--publish", str(edited))
    manage(started, "shell", "--command", DELETE.format(CODER))
    for file in released:
        file.write_text(reworded(file, "Released later."))
    with serving(started) as site:
        assert not answers(site.at(CODER))
        assert "An editor wrote this." in site.get(NURSE)
        assert "Released later." not in site.get(NURSE)
    reported = manage(started, "update_content")
    assert f"{CODER}: was deleted here" in reported
    assert f"{NURSE}: differs" in reported


def test_clean_removes_all_that_was_made_and_says_so(started):
    with serving(started) as site:
        assert "JobZone is running here. Stop it first" in make(started, "clean").stderr
        assert answers(site.at(NURSE))
        site.stop(signal.SIGKILL)
        assert site.has_postgres()
        server = site.postgres()
    said = clean(started).stdout
    for folder in (started / "var", site.home):
        assert f"Removed {folder}" in said
        assert not folder.exists()
    assert not list(started.rglob("__pycache__"))
    assert not Path(f"/proc/{server}/exe").exists()

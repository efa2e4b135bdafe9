"""A first start works wherever it happens and whatever happened before."""

import re
import shutil
import signal
import time
from pathlib import Path

from jobzone import places
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


def reworded(document, sentence):
    """A document whose primary function begins with another sentence."""
    text = document.read_text()
    assert "| Primary Function | " in text
    return text.replace("| Primary Function | ", f"| Primary Function | {sentence} ")


def test_it_talks_serves_and_leaves_nothing_running(clone):
    site = Site(clone, free_port())
    try:
        assert until(lambda: site.said, 2), "nothing was said for two seconds"
        site.wait()
        assert re.search(r"the content, 2 roles, this once \.\.\.\n +\d+\.\d s\n", site.said)
        assert f"JobZone is at {site.url}/" in site.said
        assert f"Sign in at {site.url}/admin/" in site.said
        assert "Red (Displacing)" in site.get(CODER)
    finally:
        said = site.stop(signal.SIGINT)
    assert is_clean(said)
    assert not site.has_postgres()


def test_what_editors_did_outlives_restarts_and_releases(clone):
    released = [clone / "fixtures" / "assessments" / f"{name}.md" for name in (CODER, NURSE)]
    with serving(clone):
        pass
    edited = clone / "edited.md"
    edited.write_text(reworded(released[1], "An editor wrote this."))
    manage(clone, "import_assessment", "--publish", str(edited))
    manage(clone, "shell", "--command", DELETE.format(CODER))
    for file in released:
        file.write_text(reworded(file, "Released later."))
    with serving(clone) as site:
        assert not answers(site.at(CODER))
        assert "An editor wrote this." in site.get(NURSE)
        assert "Released later." not in site.get(NURSE)
    reported = manage(clone, "update_content")
    assert f"{CODER}: was deleted here" in reported
    assert f"{NURSE}: differs" in reported


def test_two_first_starts_at_once(clone):
    with serving(clone) as first, serving(clone) as second:
        assert answers(first.at(CODER))
        assert answers(second.at(CODER))


def test_a_first_start_interrupted_and_killed_is_made_good(clone):
    for seconds, sign in ((0.5, signal.SIGINT), (2, signal.SIGKILL), (4, signal.SIGTERM)):
        site = Site(clone, free_port())
        time.sleep(seconds)
        assert is_clean(site.stop(sign))
    with serving(clone) as site:
        assert answers(site.at(CODER))
        assert answers(site.at(NURSE))


def test_leftovers_of_half_a_start_and_a_path_too_long_for_a_socket_do_no_harm(clone):
    longer = clone / ("long-" * 20) / ("longer-" * 10)
    longer.mkdir(parents=True)
    for part in list(clone.iterdir()):
        if part.name != longer.parent.name:
            shutil.move(part, longer)
    (longer / "var" / "static").mkdir(parents=True)
    (longer / "var" / "secret-key").touch()
    half = places.postgres_home(longer / "var") / "postgres.new"
    (half / "base").mkdir(parents=True)
    with serving(longer) as site:
        assert answers(site.at(CODER))
    assert clean(longer).returncode == 0


def test_clean_removes_all_that_was_made_and_says_so(clone):
    with serving(clone) as site:
        assert "JobZone is running here. Stop it first" in make(clone, "clean").stderr
        assert answers(site.at(CODER))
        site.stop(signal.SIGKILL)
        assert site.has_postgres()
        server = site.postgres()
    said = clean(clone).stdout
    for folder in (clone / "var", site.home):
        assert f"Removed {folder}" in said
        assert not folder.exists()
    assert not list(clone.rglob("__pycache__"))
    assert not Path(f"/proc/{server}/exe").exists()

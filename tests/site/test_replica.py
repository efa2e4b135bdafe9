"""Public pages are read from the replica; whoever writes reads what they wrote."""

import pytest
from django.db import router

from jobzone.page_cache import cached_by_version
from roles.models import Role


@pytest.fixture
def with_replica(settings):
    settings.READ_DATABASE = "replica"
    settings.DATABASE_ROUTERS = ["jobzone.replica.Router"]
    router.__dict__.pop("routers", None)
    router._routers, before = settings.DATABASE_ROUTERS, router._routers
    yield
    router._routers = before
    router.__dict__.pop("routers", None)


def test_a_page_that_is_kept_is_read_from_it_and_nothing_else(with_replica, rf):
    asked = []

    @cached_by_version
    def page(_):
        asked.append((router.db_for_read(Role), router.db_for_write(Role)))
        raise LookupError

    with pytest.raises(LookupError):
        page(rf.get("/"))
    assert asked == [("replica", "default")]
    assert router.db_for_read(Role) == "default"


def test_it_is_not_migrated(with_replica):
    assert not router.allow_migrate("replica", "roles")
    assert router.allow_migrate("default", "roles")

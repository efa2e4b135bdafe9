"""Every address of the site with the page cache and without it: the same, byte for byte."""

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests.site.test_access import ADDRESSES, stored  # noqa: F401
from tests.site.test_page_cache import GZIP, around, cache, get  # noqa: F401

pytestmark = pytest.mark.django_db


def rules(got) -> str:
    """What an answer says of its keeping; of what the cache keeps, for how long it may be old."""
    return got.headers.get("Cache-Control", "")


def test_the_public_views_and_no_others(cache, stored):  # noqa: F811
    """Each address of the site, by whether it is worked out again."""
    kept = {
        route: any(
            "stale-if-error" in rules(get(cache, "/" + case.path.format(**vars(stored))))
            for case in ADDRESSES[route]
        )
        for route in ADDRESSES
    }
    private = ("admin/", "health/", "livez/", "readyz/", "previews/")
    endless = ("roles/<slug:slug>/my-mix/", "score/", "api/v1/score", "oembed", ".well-known/")
    large = ("data/<slug:table>.csv", "data/roles.jsonl", "data/jobzone.sqlite")
    assert kept == {route: not route.startswith(private + endless + large) for route in kept}
    assert sum(kept.values()) >= 11


def test_every_public_address(cache, stored):  # noqa: F811
    """Byte for byte, and header for header but for what the cache is there for."""
    own = {"ETag", "Cache-Control", "Vary", "Content-Encoding", "Content-Length", "Expires"}
    compared = 0
    for route, cases in ADDRESSES.items():
        for case in cases if not route.startswith("admin/") else []:
            path = "/" + case.path.format(**vars(stored))
            without = get(WSGIHandler(), path)
            for headers in ({}, GZIP, GZIP):
                with_cache = get(cache, path, **headers)
                assert with_cache.status == without.status, path
                assert with_cache.body == without.body, path
                for name in without.headers.keys() - own:
                    assert with_cache.headers[name] == without.headers[name], (path, name)
                if "Content-Length" in with_cache.headers:
                    assert int(with_cache.headers["Content-Length"]) == len(with_cache.sent)
            compared += 1
    assert compared > 15

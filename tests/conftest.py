"""What all tests share."""

import pytest
from hypothesis import settings

from roles.finding import index

settings.register_profile("jobzone", deadline=None)
settings.load_profile("jobzone")


@pytest.fixture(autouse=True)
def index_of_the_moment(request, monkeypatch):
    """The index is built anew where a test commits nothing: only a commit raises the version."""
    marker = request.node.get_closest_marker("django_db")
    monkeypatch.setattr(index, "_held", index._Held())
    if marker and not marker.kwargs.get("transaction"):
        monkeypatch.setattr(index, "current", lambda: index.build(version=0))

"""Whoever guesses passwords is locked out, before a password is checked."""

import pytest
from axes.models import AccessLog
from django.test import Client, RequestFactory

from jobzone.refusals import address_of
from tests.editing.conftest import person

pytestmark = pytest.mark.django_db


def sign_in(password, address="192.0.2.1"):
    posted = {"username": "ann", "password": password}
    return Client(REMOTE_ADDR=address).post("/admin/login/", posted)


def test_ten_failures_lock_an_address_out_and_no_other(settings, monkeypatch, caplog):
    person("ann", "Assessor")
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert sign_in("wrong").status_code == 200
    locked = sign_in("wrong")
    assert (locked.status_code, locked.headers["Retry-After"]) == (429, "900")
    assert any("192.0.2.1" in record.getMessage() for record in caplog.records)
    with monkeypatch.context() as patched:
        checked = []
        patched.setattr("django.contrib.auth.models.User.check_password", checked.append)
        assert sign_in("x").status_code == 429
        assert checked == []
    assert sign_in("x", "192.0.2.2").status_code == 302


def test_who_signs_in_is_kept():
    person("ann", "Assessor")
    assert sign_in("x").status_code == 302
    assert AccessLog.objects.get().username == "ann"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (1, "no address", "192.0.2.1"),
        (2, "203.0.113.9", "203.0.113.9"),
    ],
)
def test_nobody_chooses_the_address_they_are_counted_by(settings, proxies, forwarded, expected):
    settings.PROXY_COUNT = proxies
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get(
        "/", headers={"x-forwarded-for": forwarded}
    )
    assert address_of(request) == expected

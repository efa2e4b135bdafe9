"""With a second factor a password alone lets nobody in; without the setting none is asked for."""

from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from roles.editing.sign_in import SignInWithCode
from roles.editing.site import EditorsSite
from tests.editing.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked_for(settings, monkeypatch):
    settings.SECOND_FACTOR = True
    monkeypatch.setattr(EditorsSite, "login_form", SignInWithCode)


def app_for(name):
    """The key that an app reads off what the command prints."""
    said = StringIO()
    call_command("add_second_factor", name, stdout=said)
    return TOTPDevice.objects.get(user__username=name), urlsplit(said.getvalue().strip())


def sign_in(client, code=""):
    posted = {"username": "ann", "password": "x", "code": code}
    return client.post("/admin/login/", posted)


def test_a_password_alone_lets_nobody_in(asked_for):
    person("ann", "Assessor")
    device, address = app_for("ann")
    assert (address.scheme, parse_qs(address.query)["issuer"]) == ("otpauth", ["JobZone"])
    client = Client()
    assert sign_in(client).status_code == 200
    assert sign_in(client, "000000").status_code == 200
    assert client.get("/admin/").status_code == 302
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    code = f"{totp(device.bin_key):06}"
    assert sign_in(client, code).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert sign_in(Client(), code).status_code == 200, "a code counts once"


def test_whoever_has_no_app_is_not_let_in(asked_for):
    person("ann", "Assessor")
    assert sign_in(Client(), "123456").status_code == 200


def test_who_was_signed_in_before_it_was_asked_for_is_not_any_more(asked_for, settings):
    person("ann", "Assessor")
    client = Client()
    client.force_login(TOTPDevice._meta.get_field("user").related_model.objects.get())
    assert client.get("/admin/").status_code == 302
    settings.SECOND_FACTOR = False
    assert client.get("/admin/").status_code == 200


def test_another_app_takes_the_place_of_the_first():
    person("ann", "Assessor")
    first, _ = app_for("ann")
    second, _ = app_for("ann")
    assert first.key != second.key
    with pytest.raises(CommandError, match="Nobody is called 'bob'"):
        call_command("add_second_factor", "bob")

"""Who signed in and whose rights were changed is kept, by whichever way it happened."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from tests.editing.conftest import person
from tests.factories import sql

pytestmark = pytest.mark.django_db


def printed():
    said = StringIO()
    call_command("audit_log", stdout=said)
    return said.getvalue()


def test_a_sign_in_with_its_address():
    person("ann", "Assessor")
    Client(REMOTE_ADDR="192.0.2.7").post("/admin/login/", {"username": "ann", "password": "x"})
    assert "ann signed in from 192.0.2.7" in printed()


def test_a_right_given_on_the_page_of_a_person(admin_client):
    ann = person("ann", "Assessor")
    editor = Group.objects.get(name="Editor")
    page = admin_client.get(f"/admin/auth/user/{ann.pk}/change/")
    form = page.context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    data |= {"groups": [editor.pk], "is_superuser": "on", "user_permissions": []}
    data |= {"date_joined_0": "2026-01-01", "date_joined_1": "10:00:00", "last_login": ""}
    answer = admin_client.post(f"/admin/auth/user/{ann.pk}/change/", data)
    assert answer.status_code == 302, answer.context["errors"]
    lines = printed()
    assert f"given by admin: id {ann.groups.through.objects.get().pk}" in lines
    assert "account changed by admin" in lines
    assert "is_superuser True" in lines


def test_a_right_given_past_the_site():
    ann = person("ann", "Assessor")
    User.objects.filter(pk=ann.pk).update(is_superuser=True)
    sql("DELETE FROM auth_user_groups")
    lines = printed()
    assert "account changed by a command" in lines
    assert "membership taken away by a command" in lines


def test_a_sign_in_is_no_change_of_rights():
    ann = person("ann", "Assessor")
    before = printed().count("account changed")
    Client().force_login(ann)
    assert printed().count("account changed") == before


def test_the_name_of_somebody_deleted_is_forgotten():
    ann = person("ann", "Assessor")
    Client().post("/admin/login/", {"username": "ann", "password": "x"})
    ann.delete()
    assert "ann" not in printed()

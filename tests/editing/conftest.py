"""People of the admin, and forms as a browser would post them."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse


def person(name, group):
    user = User.objects.create_user(name, password="x", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def assessor(db):
    return signed_in(person("ann", "Assessor"))


@pytest.fixture
def editor(db):
    return signed_in(person("ed", "Editor"))


def at(name, *args):
    return reverse(f"admin:roles_assessment_{name}", args=args)


def form_data(client, url):
    """What a browser would post from the form at a URL, hidden initial values included."""
    response = client.get(url)
    forms = [response.context["adminform"].form]
    data = {}
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        forms += [formset.management_form, *formset.forms]
    for form in forms:
        for bound in form:
            value = bound.field.widget.format_value(bound.value())
            value = value[0] if isinstance(value, list) and value else value
            data[bound.html_name] = "" if value in (None, []) else value
            if bound.field.show_hidden_initial:
                data[bound.html_initial_name] = data[bound.html_name]
    return data

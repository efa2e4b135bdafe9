"""People of the admin, and forms as a browser would post them."""

import re
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Group, User
from django.template.response import SimpleTemplateResponse
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
    """What a browser would post from the form at a URL, of which nobody looks at the page."""
    with patch.object(SimpleTemplateResponse, "rendered_content", ""):
        return posted_by(client.get(url))


def posted_by(response):
    """What a browser would post from a form that was answered, typed text included."""
    context = response.context_data
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    # Other forms than that of an assessment keep nothing.
    data = kept_by(context["keeping"]) if "keeping" in context else {}
    for form in forms:
        for bound in form:
            value = bound.field.widget.format_value(bound.value())
            value = value[0] if isinstance(value, list) and value else value
            data[bound.html_name] = "" if value in (None, []) else value
    return data


def ask_in_the_list(client, action, *assessments):
    """The page on which a step with many has to be confirmed."""
    selected = [assessment.pk for assessment in assessments]
    data = {"action": action, "index": 0, ACTION_CHECKBOX_NAME: selected}
    return client.post(at("changelist"), data, follow=True).content.decode()


def confirm(client, page):
    """What comes of sending that page's form as a browser would; the page where it has none."""
    form = page.partition('name="confirmed"')[0].rpartition("<form")[2]
    form += page.partition('name="confirmed"')[2].partition("</form>")[0]
    data = {"confirmed": "yes"}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form):
        data.setdefault(name, []).append(value)
    if ACTION_CHECKBOX_NAME not in data:
        return page
    return client.post(at("changelist"), data, follow=True).content.decode()


def do_from_the_list(client, action, *assessments):
    """What the list says of a step that was confirmed, with its spaces in order."""
    return " ".join(confirm(client, ask_in_the_list(client, action, *assessments)).split())


def kept_by(keeping):
    """The hidden fields by which the text of an opened form is kept."""
    opened = keeping.opened.pk if keeping.opened else ""
    return {"slot": str(keeping.key), "opened": opened, "person": keeping.person}


def keep(client, data):
    """What the script of the form sends while somebody types."""
    names = ("slot", "opened", "person")
    content = urlencode({name: value for name, value in data.items() if name not in names})
    return client.post(at("keep"), {**{name: data[name] for name in names}, "data": content})

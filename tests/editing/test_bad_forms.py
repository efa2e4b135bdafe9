"""Whatever is posted to a form: it is told by the field, nothing is half saved, no 500."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.urls import reverse

from roles.documents.text import MAX_BYTES
from roles.models import Assessment, Role, Task
from roles.services.export_document import document_of
from roles.services.import_document import import_document
from roles.services.publish import NotPublishable, publish
from tests.editing.conftest import at, form_data, signed_in
from tests.factories import draft, titled

pytestmark = pytest.mark.django_db
MARKUP = ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"]
TEXT_INPUTS = ("Textarea", "AdminTextareaWidget", "AdminTextInputWidget", "TextInput")


def is_text(bound):
    return type(bound.field.widget).__name__ in TEXT_INPUTS


def forms_of(response):
    yield response.context["adminform"].form
    for inline in response.context["inline_admin_formsets"]:
        if inline.has_change_permission:
            yield from inline.formset.initial_forms


def stored(assessment):
    return document_of(Assessment.objects.with_document().get(pk=assessment.pk))


@pytest.fixture
def assessment():
    return draft()


@pytest.fixture
def opened(admin_client, assessment):
    """The form as a browser would post it."""
    return form_data(admin_client, at("change", assessment.pk))


def refused(client, assessment, data):
    """The words of the form that came back; what is stored stayed as it was."""
    before = stored(assessment)
    response = client.post(at("change", assessment.pk), data)
    assert response.status_code == 200
    assert stored(assessment) == before
    return response


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_in_every_field(admin_client, assessment, opened, markup):
    form = admin_client.get(at("change", assessment.pk))
    names = [bound.html_name for one in forms_of(form) for bound in one if is_text(bound)]
    assert len(names) > 30
    response = refused(admin_client, assessment, opened | dict.fromkeys(names, markup))
    told = {bound.html_name for one in forms_of(response) for bound in one if bound.errors}
    assert set(names) - told == set()
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("field", ["not_captured", "survival_strategy", "tasks-0-rationale"])
def test_a_paste_of_a_megabyte(admin_client, assessment, opened, field):
    response = refused(admin_client, assessment, opened | {field: "word " * (1 << 18)})
    assert "characters; expected fewer" in response.content.decode()


def test_texts_that_are_too_long_together(admin_client, assessment, opened):
    half = "word " * (MAX_BYTES // 10)
    data = opened | {"not_captured": half, "who_should_worry": half, "growth_check": half}
    assert admin_client.post(at("change", assessment.pk), data).status_code == 302
    with pytest.raises(NotPublishable, match="is larger than 256 KiB"):
        publish(assessment)


def test_times_that_sum_to_less(admin_client, assessment, opened):
    data = opened | {"tasks-0-time": "19.5"}
    assert admin_client.post(at("change", assessment.pk), data).status_code == 302
    with pytest.raises(NotPublishable, match=r"sums to 99\.5; expected exactly 100"):
        publish(assessment)


def test_numbers_beyond_every_range(admin_client, assessment, opened):
    beyond = {
        "growth": "9",
        "adjusted_task_resistance": "9.99",
        "override": "100.1",
        "outlook_year": "99999",
        "tasks-0-score": "0",
        "tasks-0-time": "100.1",
        "tasks-1-time": "NaN",
        "tasks-2-position": "-1",
        "tasks-3-position": "99999999",
        "evidence-0-score": "-3",
        "barriers-0-score": "1.5",
        "principles-0-score": "many",
        "assessed_on": "2026-02-30",
    }
    response = refused(admin_client, assessment, opened | beyond)
    told = {bound.html_name for one in forms_of(response) for bound in one if bound.errors}
    assert beyond.keys() <= told


def test_an_outlook_for_a_year_long_gone(admin_client, assessment, opened):
    response = refused(admin_client, assessment, opened | {"outlook_year": "1066"})
    (form, *_) = forms_of(response)
    assert form.errors["outlook_year"] == ["Expected 2000 to 2100."]
    assert '<a href="#id_outlook_year">' in response.content.decode()


@pytest.mark.parametrize("field", ["id", "assessment"])
@pytest.mark.parametrize("table", ["tasks", "evidence"])
def test_a_row_of_another_assessment(admin_client, assessment, opened, table, field):
    other = import_document(titled("Another Role")).assessment
    before = stored(other)
    row = getattr(other, table).first()
    key = row.pk if field == "id" else other.pk
    changes = {f"{table}-0-{field}": key, "timeline": "Forged."}
    refused(admin_client, assessment, opened | changes)
    assert stored(other) == before


def test_a_row_that_is_gone_is_told_once(admin_client, assessment, opened):
    response = refused(admin_client, assessment, opened | {"tasks-0-id": "999999"})
    said = response.content.decode()
    assert "A row is not of this assessment any more" in said
    assert "not one of the available choices" not in said


def test_a_related_role_that_is_none(admin_client, assessment, opened):
    refused(admin_client, assessment, opened | {"related-0-role": "999999999"})


@pytest.mark.parametrize(
    "counts",
    [
        {"tasks-TOTAL_FORMS": "9", "tasks-INITIAL_FORMS": "9"},
        {"evidence-TOTAL_FORMS": "9", "evidence-INITIAL_FORMS": "0"},
        {"sources-INITIAL_FORMS": ""},
    ],
)
def test_rows_that_are_counted_wrongly(admin_client, assessment, opened, counts):
    before = stored(assessment)
    data = opened | counts | {"timeline": "Forged."}
    assert admin_client.post(at("change", assessment.pk), data).status_code in (200, 400)
    assert stored(assessment) == before


def test_five_thousand_rows(admin_client, assessment, opened):
    rows = {f"tasks-{number}-name": "Task" for number in range(5000)}
    data = opened | rows | {"tasks-TOTAL_FORMS": "5000"}
    before = stored(assessment)
    assert admin_client.post(at("change", assessment.pk), data).status_code == 400
    assert stored(assessment) == before


class TestRole:
    def form(self, client, role, **changes):
        url = reverse("admin:roles_role_change", args=[role.pk])
        response = client.post(url, form_data(client, url) | changes)
        role.refresh_from_db()
        return response

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"country": "Untied Kingdom"}, "did you mean United Kingdom?"),
            ({"pay_currency": "pou"}, "expected a code of ISO 4217 such as GBP"),
            ({"pay_year": ""}, "and a year or pay scale"),
            ({"pay_year": "2025 (AfC)"}, "without parentheses"),
            ({"pay_low": "99999999"}, "Pay: expected a lowest and a highest figure"),
            ({"title": "日本"}, "Latin letter or digit"),
            ({"title": "<b>Nurse"}, "contains HTML"),
            ({"aliases-0-title": "Coder; Clerk"}, "expected none"),
            ({"codes-0-system": "SOC; ISCO"}, "expected none"),
        ],
    )
    def test_what_a_document_could_not_say_is_told(self, admin_client, assessment, changes, says):
        before = stored(assessment).identity
        response = self.form(admin_client, assessment.role, **changes)
        assert response.status_code == 200
        assert says in response.content.decode()
        assert stored(assessment).identity == before

    def test_one_spelling_is_stored(self, admin_client, assessment):
        changes = {"country": "uk", "pay_currency": "gbp", "title": "  **Clinical** Coder "}
        assert self.form(admin_client, assessment.role, **changes).status_code == 302
        identity = stored(assessment).identity
        assert (identity.country, identity.pay.currency) == ("United Kingdom", "GBP")
        assert identity.title == "Clinical Coder"

    def test_a_published_role_keeps_its_level(self, admin_client, assessment):
        publish(assessment)
        response = self.form(admin_client, assessment.role, seniority="")
        assert "an assessment of the role is published" in response.content.decode()
        assert stored(assessment).identity.seniority


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_posted_twice_at_once():
    """It is saved once, and both are led on to what was saved."""
    user = User.objects.create_superuser("editor", password="x")
    role = Role.objects.create(slug="new", title="New")
    data = form_data(signed_in(user), at("add")) | {"role": role.pk, "timeline": "Twice."}
    data |= {"tasks-TOTAL_FORMS": "1", "tasks-0-position": "0", "tasks-0-name": "Twice"}
    answers = at_once(user, at("add"), data)
    assert answers == [302, 302]
    assessment = role.assessments.get()
    data = form_data(signed_in(user), at("change", assessment.pk))
    data |= {"tasks-TOTAL_FORMS": "2", "tasks-1-position": "1", "tasks-1-name": "Once more"}
    assert at_once(user, at("change", assessment.pk), data) == [302, 302]
    assert Task.objects.count() == 2


def at_once(user, url, data):
    """How a form is answered that two tabs post at one moment."""
    answers, ready = [], threading.Barrier(2)

    def post():
        client = signed_in(user)
        ready.wait()
        answers.append(client.post(url, data).status_code)
        connections.close_all()

    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers

"""The form in parts: each field has one place, rows an order, and all faults are in one list."""

import re

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from roles.documents.fields import EMPTY, FIELDS, MAX_ROWS
from roles.editing.parts import PARTS, lacking_by_part
from roles.models import Assessment, Role, Source
from scoring.dimensions import EvidenceDimension
from tests.editing.conftest import at, form_data
from tests.factories import draft, published


@pytest.fixture
def own(assessor):
    assessment = draft()
    Assessment.objects.filter(pk=assessment.pk).update(author=assessor.user)
    assessment.refresh_from_db()
    return assessment


@pytest.fixture
def change(assessor, own):
    """Posts the form as it is but for some fields."""
    url = at("change", own.pk)

    def post(**changes):
        return assessor.post(url, form_data(assessor, url) | changes)

    return post


class TestParts:
    def test_every_field_of_a_document_stands_in_one_of_them(self):
        fields = [name for part in PARTS for name in part.fields]
        assert sorted(fields) == sorted(set(FIELDS) - {"method_version"})

    def test_come_in_the_order_of_the_guide(self):
        keys = [part.key for part in PARTS]
        assert keys[:2] == ["role", "tasks"]
        scored = ["tasks", "evidence", "barriers", "principles", "growth", "adjustment"]
        assert [key for key in keys if key in scored] == scored

    def test_each_says_what_it_lacks(self):
        lacking = {part.key: lacks for part, lacks in lacking_by_part(lacks_of_empty())}
        assert lacking["tasks"][0].startswith("tasks: there is none")
        assert len(lacking["evidence"]) == len(EvidenceDimension)
        assert "Timeline: is missing" in lacking["meaning"]
        assert "AI Growth Correlation: rationale: is missing" in lacking["growth"]
        assert lacking["sources"] == lacking["record"] == []

    def test_a_lack_that_names_a_task_is_of_the_tasks(self):
        lack = "Evidence gathering: the rationale is missing"
        assert dict(counted([lack]))["tasks"] == [lack]

    def test_nothing_lacking_is_left_out(self):
        lacks = lacks_of_empty()
        assert sorted(lack for _, some in lacking_by_part(lacks) for lack in some) == sorted(lacks)


def lacks_of_empty():
    return EMPTY.missing_for_publication()


def counted(lacking):
    return [(part.key, lacks) for part, lacks in lacking_by_part(lacking)]


@pytest.mark.django_db
class TestRows:
    def test_a_new_task_without_a_place_comes_last(self, own, change):
        new = {"tasks-TOTAL_FORMS": "9", "tasks-8-name": "Last", "tasks-7-name": "Last but one"}
        assert change(**new).status_code == 302
        names = [task.name for task in own.tasks.all()]
        assert names[-2:] == ["Last but one", "Last"]
        assert len(set(own.tasks.values_list("position", flat=True))) == len(names) == 9

    def test_the_order_is_that_of_the_places(self, own, change):
        before = [task.name for task in own.tasks.all()]
        places = {f"tasks-{row}-position": str(6 - row) for row in range(7)}
        assert change(**places).status_code == 302
        assert [task.name for task in own.tasks.all()] == before[::-1]

    def test_come_back_in_the_order_in_which_they_were_sent(self, change):
        places = {f"tasks-{row}-position": str(6 - row) for row in range(7)}
        html = change(**places, timeline="<b>not saved</b>").content.decode()
        rows = re.findall(r'<tr class="row" id="tasks-(\d+)"', html)
        assert rows == ["6", "5", "4", "3", "2", "1", "0", "7"]

    def test_an_empty_row_is_no_row(self, own, change):
        places = {"tasks-7-position": "7", "sources-0-position": "3"}
        assert change(**places).status_code == 302
        assert own.tasks.count() == 7

    @pytest.mark.parametrize("place", ["-1", "10000", "99999999999", "first"])
    def test_a_place_that_is_none_is_told(self, own, change, place):
        html = change(**{"tasks-1-position": place, "timeline": "Not this."}).content.decode()
        assert '<a href="#id_tasks-1-position">' in html
        own.refresh_from_db()
        assert own.timeline != "Not this."

    def test_fixed_dimensions_are_neither_chosen_nor_removed(self, assessor, own):
        html = assessor.get(at("change", own.pk)).content.decode()
        for table in ("evidence", "barriers", "principles"):
            assert f'<input type="hidden" name="{table}-0-dimension"' in html
            assert f"{table}-0-DELETE" not in html
            assert f'data-rows="{table}"' not in html

    def test_a_table_says_how_many_rows_it_takes(self, assessor, own):
        html = assessor.get(at("change", own.pk)).content.decode()
        assert html.count(f"At most {MAX_ROWS}.") >= 3

    def test_more_of_them_take_no_more_queries(self, assessor, own, django_assert_max_num_queries):
        from django.db import connection

        url = at("change", own.pk)
        assessor.get(url)
        with CaptureQueriesContext(connection) as few:
            assessor.get(url)
        Source.objects.bulk_create(
            Source(assessment=own, dimension="Wage Trends", title=f"Source {number}")
            for number in range(60)
        )
        with django_assert_max_num_queries(len(few)):
            assert "Source 59" in assessor.get(url).content.decode()


@pytest.mark.django_db
class TestFaults:
    def test_are_one_list_of_links_to_fields_that_are_there(self, change):
        wrong = {
            "tasks-2-time": "0",
            "tasks-1-score": "9",
            "evidence-0-dimension": "Luck",
            "override_reason": "",
            "timeline": "<script>alert(1)</script>",
        }
        html = change(**wrong).content.decode()
        targets = re.findall(r'<a href="#([^"]+)">', html.partition('id="faults"')[2])[:5]
        assert len(targets) == 5
        assert all(f'id="{target}"' in html for target in targets)
        for words in ("Task 2, score", "Task 3, time %", "Reason of the override", "Timeline"):
            assert f"{words}</a>:" in html
        assert "<script>alert" not in html
        assert "Please correct" not in html

    def test_open_the_first_part_that_has_one(self, change):
        html = change(timeline="<b>x</b>").content.decode()
        opened = re.search(r"<details[^>]* open[^>]*>.*?<h2>(.*?)</h2>", html, re.DOTALL)
        assert opened[1] == "What this means"

    def test_html_in_any_text_is_told_by_its_field(self, assessor, own, change):
        texts = [
            name
            for name, value in form_data(assessor, at("change", own.pk)).items()
            if not name.startswith("initial-")
            and (name in FIELDS or name.endswith(("-rationale", "-name")))
            and isinstance(value, str)
            and name not in ("provenance", "assessed_on")
        ]
        html = change(**dict.fromkeys(texts, "<img src=x onerror=alert(1)>")).content.decode()
        assert "<img src=x" not in html
        for name in texts:
            assert f'<a href="#id_{name}">' in html, name
        edition = own.edition
        own.refresh_from_db()
        assert own.edition == edition


@pytest.mark.django_db
class TestBeside:
    def test_the_preview_brings_contents_and_bar_with_it(self, assessor, own):
        data = form_data(assessor, at("change", own.pk)) | {"timeline": "", "tasks-0-time": "19.5"}
        html = assessor.post(at("preview", own.pk), data).content.decode()
        assert '<ol id="contents-list" hx-swap-oob="true">' in html
        assert '<span id="bar-score" class="bar-score" hx-swap-oob="true">' in html
        assert "Time 99.5 of 100 %" in html
        assert "2 missing for publication" in html

    def test_a_text_is_shown_as_readers_see_it(self, assessor):
        text = "**Bold** <script>alert(1)</script>\n\n- one\n- two"
        html = assessor.post(reverse("admin:roles_assessment_prose"), {"timeline": text})
        shown = html.content.decode()
        assert "<strong>Bold</strong>" in shown
        assert "<li>one</li>" in shown
        assert "<script>" not in shown

    def test_the_clock_has_24_hours_and_a_zone(self, assessor, own):
        Assessment.objects.filter(pk=own.pk).update(created_at="2026-03-01T21:06:00Z")
        html = assessor.get(at("change", own.pk)).content.decode()
        assert "21:06 UTC, 1 March 2026" in html
        assert "p.m." not in html

    def test_refusals_say_what_to_do(self, editor):
        current = published()
        refused = editor.post(at("change", current.pk), {"edition": "1"})
        assert (refused.status_code, "go back" in refused.content.decode()) == (403, True)
        forged = editor.post(at("change", current.pk), {"tasks-TOTAL_FORMS": "5000"})
        assert (forged.status_code, "go back" in forged.content.decode()) == (400, True)


@pytest.mark.django_db
def test_a_role_begins_with_its_title_and_offers_what_others_have(editor):
    Role.objects.create(slug="a", title="A", sector="Rail", country="Norway", pay_currency="NOK")
    html = editor.get(reverse("admin:roles_role_add")).content.decode()
    assert html.index('name="title"') < html.index('name="slug"')
    for value in ("Rail", "Norway", "NOK"):
        assert f'<option value="{value}">' in html
    assert 'list="country-values"' in html

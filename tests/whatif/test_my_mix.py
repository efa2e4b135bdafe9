"""A role with one's own times, tasks and barriers: the address is the whole state."""

import re
from dataclasses import replace
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from roles.services.import_document import import_document
from roles.services.workflow import delete
from tests.factories import published, reference_document, stored_once, titled
from tests.reading.test_role import text_of

pytestmark = pytest.mark.django_db

MIX = "/roles/clinical-coder-nhs/my-mix/"
CLOSING = "v=1&method=1.0"
MOVED = f"{MIX}?t2=5&t5=30&{CLOSING}"
"""20 % of time from assigning ICD-10 codes to clinical queries."""


@pytest.fixture(autouse=True, scope="module")
def coder(django_db_setup, django_db_blocker):
    with stored_once(django_db_blocker):
        published()
        yield


def get(address, **options):
    response = Client().get(address, follow=True, **options)
    assert response.status_code == 200, (address, response)
    return response


def words(address):
    return text_of(get(address))


def result(address):
    return words(address).partition("Your week beside the role")[2]


def note(address, row):
    html = get(address).content.decode()
    found = re.search(rf'id="{row}-note"[^>]*>(.*?)</', html, re.DOTALL)
    return " ".join(found[1].split())


class TestMix:
    def test_untouched_is_the_published_score_and_says_so(self):
        said = result(MIX)
        assert "Your week 22.4 of 100 Red (Displacing) your estimate Range 18 to 28" in said
        assert "The role 22.4 of 100 Red (Displacing) published Range 18 to 28" in said
        assert "it gives the published score" in said

    def test_with_other_times_has_its_score_range_and_zone_beside_the_roles(self):
        said = result(MOVED)
        assert "Your week 27.3 of 100 Yellow (Urgent) your estimate Range 22 to 33" in said
        assert "The role 22.4 of 100 Red (Displacing) published" in said
        assert "27.3 on the line from 0 to 100" in said

    def test_says_what_moved_it_and_adds_up(self):
        said = result(MOVED)
        moved = re.search(r"4\.9 points more than the role\. (.*?) More of the week", said)[1]
        parts = [Decimal(part) for part in re.findall(r"[+-]\d+\.\d", moved.replace("−", "-"))]
        assert "from your tasks" in moved
        assert sum(parts) == Decimal("4.9")
        assert "More of the week: Clinical queries and engagement (20 %)." in said
        assert "Less of the week: Assigning ICD-10 diagnosis codes (20 %)." in said

    def test_a_task_of_zero_is_dropped(self):
        said = result(f"{MIX}?t1=0&t2=45&{CLOSING}")
        assert "Less of the week: Reading clinical documentation (20 %)." in said

    def test_a_task_can_be_added(self):
        own = "task=Teaching&time=25&score=1&mode=not-involved"
        said = words(f"{MIX}?t2=0&{own}&{CLOSING}")
        assert "More of the week: Teaching (25 %)." in said
        assert "Your week 3" in said

    def test_barriers_can_be_chosen(self):
        said = words(f"{MIX}?physical_presence=2&{CLOSING}")
        assert "from barriers" in said
        assert "+" in said.partition("than the role.")[2][:8]

    def test_other_levels_are_those_of_the_assessment(self):
        said = result(f"{MIX}?t1=0&t2=5&t5=50&{CLOSING}")
        assert "Trainee coders" in said
        assert "Your week 32.2" in said
        assert re.search(r"30 to 34, Yellow – your score lies here", said)

    def test_another_level_can_be_chosen_to_be_held_against(self):
        address = f"{MIX}?t2=5&t5=30&level=2&{CLOSING}"
        said = result(address)
        assert "Senior/Lead coders (Band 7-8A): the assessment expects 30 to 34, Yellow." in said
        assert "Your week scores 2.7 points less than that." in said
        assert "Your week 27.3" in said
        assert "“7” is none of these" in words(f"{MIX}?level=7&{CLOSING}")


class TestAdvice:
    def test_names_the_task_and_how_much_of_the_week_it_has_to_take(self):
        said = result(MIX)
        assert (
            "What would reach Yellow 10.4 % more of the week on Handling complex multi-episode "
            "cases , taken from Assigning ICD-10 diagnosis codes (10.4 %)."
        ) in said.replace("cases,", "cases ,")
        assert "10.4 % more on Clinical queries and engagement." in said

    def test_can_be_tried_and_is_enough(self):
        html = get(MIX).content.decode()
        address = re.search(r'href="([^"]*)#result">Try it<', html)[1].replace("&amp;", "&")
        assert address == f"{MIX}?t2=14.6&t4=20.4&{CLOSING}"
        assert "Your week 25.0 of 100 Yellow" in result(address)

    def test_says_where_no_shift_is_enough(self):
        said = result(f"{MIX}?t3=0&t4=0&t5=0&t6=0&t7=0&{CLOSING}")
        assert "No shift of time between these tasks reaches it." in said

    def test_ends_in_the_best_zone(self):
        own = "task=Teaching&time=100&score=1&mode=not-involved"
        zeros = "&".join(f"t{number}=0" for number in range(1, 8))
        assert "Green is the best zone" in result(f"{MIX}?{zeros}&{own}&{CLOSING}")


class TestAddress:
    def test_a_form_is_sent_on_to_the_one_address_of_its_state(self):
        form = {"t1": "20", "t2": "5,0", "t5": "30", "regulatory": "1", "v": "1", "method": "1.0"}
        form |= {"task": "", "time": "", "score": "", "mode": ""}
        response = Client().get(MIX, form)
        assert response.status_code == 302
        assert response.url == f"{MIX}?t2=5%2C0&t5=30&{CLOSING}"
        assert "Your week 27.3" in words(response.url)

    def test_htmx_keeps_its_form_and_is_told_the_address(self):
        own = "task=&time=&score=&mode="
        response = get(f"{MIX}?t2=5&t5=30&t1=20&{own}&{CLOSING}", headers={"HX-Request": "true"})
        assert response["HX-Replace-Url"] == MOVED
        assert 'id="own1-note"' in response.content.decode()

    def test_dropping_and_adding_work_by_buttons_alone(self):
        assert Client().get(f"{MIX}?drop=t2&{CLOSING}").url == f"{MIX}?t2=0&{CLOSING}"
        own = "task=A&time=1&score=1&mode=augmentation&task=B&time=2&score=2&mode=augmentation"
        left = parse_qs(urlsplit(Client().get(f"{MIX}?{own}&drop=own1&{CLOSING}").url).query)
        assert left["task"] == ["B"]
        assert "autofocus" in get(f"{MIX}?{CLOSING}&add=1").content.decode()

    def test_is_for_nobodys_cache_and_no_index_and_sets_no_cookie(self):
        response = get(MOVED)
        assert response["X-Robots-Tag"] == "noindex"
        assert "private" in response["Cache-Control"]
        assert 'name="robots" content="noindex"' in response.content.decode()
        assert not response.cookies
        assert Client().post(MOVED).status_code == 405


class TestVersions:
    def again(self):
        import_document(
            replace(reference_document(), override=Decimal("30.0"), claims=()), publishing=True
        )

    def test_a_link_to_an_older_one_keeps_its_meaning_and_says_so(self):
        before = result(MOVED).partition("What moved it")[0]
        self.again()
        assert "the newest is version 2. This address keeps to version 1" in words(MOVED)
        assert result(MOVED).partition("What moved it")[0] == before
        assert "Your week 30.0" in result(MIX)

    @pytest.mark.parametrize("version", ["99", "0", "-1", "x", "1e3", "9" * 400, "²"])
    def test_an_unknown_one_is_said(self, version):
        said = words(f"{MIX}?t2=5&t5=30&v={version}&method=1.0")
        assert "There is no such version of this assessment; version 1 is used here." in said
        assert "Your week 27.3" in said

    def test_a_method_that_it_was_not_scored_by_is_said(self):
        said = words(f"{MIX}?t2=5&t5=30&v=1&method=9.9")
        assert "Version 1 was scored by version 1.0 of the method" in said

    def test_an_address_that_was_cut_off_is_said(self):
        for length in range(len(f"{MIX}?t2=5") + 1, len(MOVED)):
            response = get(MOVED[:length])
            assert 'class="notice"' in response.content.decode(), MOVED[:length]


class TestWithoutAssessment:
    def test_an_unknown_role_and_a_draft_are_not_found(self):
        drafted = import_document(titled("Own Draft", claims=())).assessment.role.slug
        for slug in ("nobody", drafted):
            assert Client().get(f"/roles/{slug}/my-mix/").status_code == 404

    def test_a_role_that_is_only_cited_is_put_in_from_nothing(self):
        response = Client().get("/roles/health-information-technologist/my-mix/")
        assert response.url == "/score/?job=Health+Information+Technologist"

    def test_a_withdrawn_role_has_its_own_page(self):
        delete(import_document(titled("Withdrawn", claims=()), publishing=True).assessment)
        response = Client().get("/roles/withdrawn/my-mix/")
        assert (response.status_code, response.url) == (302, "/roles/withdrawn/")


class TestBadInput:
    def test_times_of_140_are_shares_of_140(self):
        address = f"{MIX}?t1=60&{CLOSING}"
        said = words(address)
        assert "Your times add up to 140, so each is taken as its share of that:" in said
        assert "Reading clinical documentation 42.8 %" in said
        html = get(address).content.decode()
        scaled = re.search(r'href="([^"]*)#week">Make them', html)[1].replace("&amp;", "&")
        score = re.search(r"Your week (\d+\.\d)", result(address))[1]
        assert f"Your week {score}" in result(scaled)
        assert "Together 100 %." in words(scaled)

    @pytest.mark.parametrize(
        "time", ["-5", "1000000000", "100.1", "NaN", "Infinity", "1e1", "٣", "a", "--", "5 5"]
    )
    def test_a_time_that_makes_no_sense_is_said_by_its_field_and_not_counted(self, time):
        address = f"{MIX}?t1={time}&{CLOSING}"
        assert note(address, "t1") == (
            f"Not counted: this task needs a time from 0 to 100 instead of “{time}”."
        )
        said = words(address)
        assert "Not counted: Reading clinical documentation." in said
        assert "Your times add up to 80, so" in said

    def test_an_incomplete_task_says_what_it_needs(self):
        address = f"{MIX}?task=Teaching&time=&score=&mode=&{CLOSING}"
        assert note(address, "own1") == (
            "Not counted: this task needs a time, a rating and what AI does."
        )
        assert "Your week 22.4" in words(address)

    def test_a_rating_that_makes_no_sense_is_said_by_its_field(self):
        address = f"{MIX}?regulatory=7&{CLOSING}"
        assert note(address, "regulatory") == "“7” is none of these."
        assert "Your week 22.4" in words(address)

    def test_no_time_at_all_is_no_score(self):
        zeros = "&".join(f"t{number}=0" for number in range(1, 8))
        said = words(f"{MIX}?{zeros}&{CLOSING}")
        assert "Your week: no score yet." in said
        assert "The role 22.4" in said

    def test_of_200_tasks_forty_are_the_most(self):
        own = "&".join(["task=A&time=1&score=1&mode=augmentation"] * 200)
        address = f"{MIX}?{own}&{CLOSING}"
        said = words(address)
        assert "40 tasks are the most there can be. 167 were left out." in said
        assert "so none can be added" in said
        assert get(address).content.decode().count('name="task"') == 33

    def test_more_fields_than_are_read_are_said(self, settings):
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
        said = words(f"{MIX}?{'&'.join(['task=A'] * 1001)}")
        assert "too long to be read" in said
        assert "Your week 22.4" in said

    def test_a_script_in_a_name_is_text(self):
        script = "%3Cscript%3Ealert(1)%3C/script%3E"
        html = get(f"{MIX}?task={script}&time=1&score=1&mode=augmentation&{CLOSING}").content
        assert b"<script>alert" not in html
        assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in html

    def test_a_long_name_is_cut_and_that_is_said(self):
        address = f"{MIX}?task={'n' * 99}&time=1&score=1&mode=augmentation&{CLOSING}"
        assert "what was longer has been cut" in words(address)

    def test_an_address_that_comes_near_the_longest_there_can_be_says_so(self):
        own = "&".join([f"task={'%E7%A0%81' * 60}&time=1&score=1&mode=augmentation"] * 15)
        assert "nearly as long as it can be" in words(f"{MIX}?{own}&{CLOSING}")

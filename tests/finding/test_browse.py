"""Finding roles by words and facets; the URL is the state."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from roles.finding.facets import SORTS
from roles.models import Role
from roles.services.import_document import import_document
from roles.services.listing import refresh_listing
from roles.services.synthetic import make_synthetic_roles, remove_synthetic_roles
from tests.factories import published, stored_once, titled
from tests.reading.test_role import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def content():
    published()


@pytest.fixture(scope="class")
def many(django_db_setup, django_db_blocker):
    with stored_once(django_db_blocker):
        published()
        make_synthetic_roles(60, seed=7)
        yield


def test_the_newest_of_one_day_come_by_their_titles(content):
    for title in ("Archivist", "Bricklayer"):
        import_document(titled(title, claims=()), publishing=True)
    newest = get("/").context["newest"]
    assert [role.title for role in newest[:2]] == ["Archivist", "Bricklayer"]


def get(url, query=None):
    """The page; it may be asked for under another address than its canonical one."""
    return Client().get(url, query, follow=True)


def search(words):
    return get("/roles/", {"q": words})


def titles(response):
    """The titles of the answer itself, which what is mentioned or near is no part of."""
    html = response.content.decode().partition('<ol class="role-list"')[2].partition("</ol>")[0]
    heads = re.findall(r"<h2>\s*<a [^>]*>(.*?)</a>", html, flags=re.S)
    return [re.sub(r"<[^>]+>", "", head).strip() for head in heads]


def count(response):
    return int(re.search(r"<strong>(\d+)</strong>\s+role", response.content.decode())[1])


class TestSearch:
    @pytest.mark.parametrize(
        ("query", "first"),
        [
            ("clinical coder", "Clinical Coder (NHS)"),
            ("Clinical Coding Officer", "Clinical Coder (NHS)"),
            ("coder nhs", "Clinical Coder (NHS)"),
            ("clinical cod", "Clinical Coder (NHS)"),
            ("29-2072", "Clinical Coder (NHS)"),
            ("CDI", "Clinical Documentation Improvement Specialist"),
            ("health information", "Health Information Technologist"),
        ],
    )
    def test_finds_by_title_alias_initials_and_code(self, content, query, first):
        assert titles(get("/roles/", {"q": query}))[0] == first

    @pytest.mark.parametrize(
        ("query", "suggestion"),
        [("clinicl coder", "clinical coder"), ("helth infomation", "health information")],
    )
    def test_forgives_misspellings_and_says_so(self, content, query, suggestion):
        response = get("/roles/", {"q": query})
        assert f"Did you mean {suggestion}" in text_of(response)
        assert count(response) >= 1

    def test_marks_the_words(self, content):
        html = get("/roles/", {"q": "clinic"}).content.decode()
        assert "<mark>Clinical</mark> Coder" in html

    def test_says_by_which_name_it_was_found_where_the_title_does_not_show_it(self, content):
        assert "also known as: Clinical Coding Officer" in text_of(search("coding officer"))
        assert "also known as" not in text_of(search("clinical coder"))
        assert "SOC 2018 (closest) 29-2072" in text_of(search("29-2072"))

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "x" * 10_000,
            "'; DROP TABLE roles_role; --",
            "\"quoted\" and 'single'",
            "🙂🙂",
            "עברית وعربية",
            "a\x00b",
            "& | ! <-> :*",
            "<script>alert(1)</script>",
            "not",
            '"unbalanced',
            "-nurse",
            "%",
            "_",
            "coder " * 200,
            "J62.1",
        ],
    )
    def test_answers_any_query_politely(self, content, query):
        response = get("/roles/", {"q": query})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()

    def test_a_minus_sign_is_no_operator(self, content):
        assert titles(search("-coder")) == titles(search("coder"))

    def test_says_that_a_long_query_is_cut(self, content):
        words = text_of(get("/roles/", {"q": "coder " * 100}))
        assert "all but the first 200 characters of the search" in words


class TestFacets:
    def facet(self, response, name):
        html = response.content.decode().partition('<div id="facet-values"')[2]
        found = re.findall(
            rf'name="{name}"\s+value="([^"]*)".*?class="count">(\d+)', html, flags=re.S
        )
        return {value: int(number) for value, number in found}

    def test_counts_are_those_of_the_roles(self, many):
        counts = self.facet(get("/roles/"), "zone")
        for zone, number in counts.items():
            assert number == Role.objects.public().filter(zone=zone).count()
        assert sum(counts.values()) == Role.objects.public().count()

    def test_counts_respect_the_other_facets_but_not_their_own(self, many):
        response = get("/roles/?zone=Red&zone=Yellow&sector=Healthcare")
        chosen = Role.objects.public().filter(sector="Healthcare")
        zones = self.facet(response, "zone")
        assert zones.get("Green", 0) == chosen.filter(zone="Green").count()
        sectors = self.facet(response, "sector")
        law = Role.objects.public().filter(sector="Law", zone__in=["Red", "Yellow"])
        assert sectors.get("Law", 0) == law.count()
        assert count(response) == chosen.filter(zone__in=["Red", "Yellow"]).count()

    def test_counts_of_a_search_are_those_of_what_it_found(self, many):
        response = get("/roles/?q=nurse")
        assert sum(self.facet(response, "zone").values()) == count(response)

    def test_the_counts_follow_every_change_of_a_role(self, many):
        role = Role.objects.filter(synthetic=True).first()
        role.sector = "Astronomy"
        role.save()
        assert self.facet(get("/roles/"), "sector")["Astronomy"] == 1

    @pytest.mark.parametrize(
        ("url", "message"),
        [
            ("/roles/?zone=blue", "zone “blue”"),
            ("/roles/?sector=Alchemy", "sector “Alchemy”"),
            ("/roles/?share=9", "work that AI can do much of “9”"),
            ("/roles/?sort=luck", "the order “luck”"),
            ("/roles/?page=-1", "page “-1”"),
            ("/roles/?page=99999999999", "page “99999999999”"),
        ],
    )
    def test_an_impossible_value_is_left_out_with_a_notice(self, many, url, message):
        response = get(url)
        assert response.status_code == 200
        assert message in text_of(response)
        assert count(response) == Role.objects.public().count()

    def test_a_notice_stays_where_the_page_is_beyond_the_last(self, many):
        words = text_of(get("/roles/?page=77&zone=blue"))
        assert "zone “blue”" in words

    def test_a_page_beyond_the_last_is_the_last(self, many):
        assert "page 4 of 4" in text_of(get("/roles/?page=77"))


class TestOrder:
    def test_pages_hold_every_role_once_even_where_scores_are_equal(self, many):
        Role.objects.filter(synthetic=True).update(title="Same title")
        for sort in SORTS:
            seen = []
            for page in range(1, 5):
                html = get(f"/roles/?sort={sort}&page={page}").content.decode()
                seen += re.findall(r'<h2>\s*<a href="([^"]+)"', html)
            assert len(seen) == len(set(seen)) == Role.objects.public().count(), sort

    def test_by_score_from_the_highest(self, many):
        html = get("/roles/").content.decode()
        scores = [float(s) for s in re.findall(r'<strong class="figure">([\d.]+)</strong>', html)]
        assert scores == sorted(scores, reverse=True)


class TestAddress:
    @pytest.mark.parametrize(
        ("asked", "canonical"),
        [
            ("/roles/?zone=red", "/zones/red/"),
            ("/roles/?sort=-score&page=1&q=", "/roles/"),
            ("/roles/?zone=Yellow&zone=Red&zone=Red", "/roles/?zone=Red&zone=Yellow"),
            ("/zones/red/?sort=title", "/zones/red/?sort=title"),
            ("/roles/?q=coder&sort=relevance", "/roles/?q=coder"),
            ("/zones/red/?q=coder", "/roles/?q=coder&zone=Red"),
        ],
    )
    def test_each_state_has_one(self, content, asked, canonical):
        response = get(asked)
        assert response.wsgi_request.get_full_path() == canonical
        html = response.content.decode().replace("&amp;", "&")
        assert f'<link rel="canonical" href="http://testserver{canonical}">' in html

    @pytest.mark.parametrize(
        ("asked", "canonical"),
        [
            ("/roles/?zone=blue&sort=title", "/roles/?sort=title"),
            ("/roles/?page=77", "/roles/?page=4"),
        ],
    )
    def test_is_named_where_a_page_is_answered_elsewhere(self, many, asked, canonical):
        html = get(asked).content.decode().replace("&amp;", "&")
        assert f'<link rel="canonical" href="http://testserver{canonical}">' in html

    def test_a_zone_has_a_page(self, many):
        response = get("/zones/red/")
        assert "Roles in the Red zone" in text_of(response)
        assert count(response) == Role.objects.filter(zone="Red").count()
        assert get("/zones/blue/").status_code == 404

    def test_leads_there_from_any_other(self, content):
        response = Client().get("/roles/?q=nurse&sort=&zone=red&page=1")
        assert (response.status_code, response["Location"]) == (302, "/roles/?q=nurse&zone=Red")
        assert get("/roles/?q=nurse&zone=Red").redirect_chain == []

    def test_what_is_not_understood_is_said_where_it_was_asked_for(self, content):
        response = Client().get("/roles/?zone=blue&sort=-score")
        assert "Not understood, so left out: zone “blue”." in text_of(response)

    def test_has_one_answer_for_everybody(self, content):
        response = Client().get("/roles/?q=nurse", headers={"HX-Request": "true"})
        assert response.content == get("/roles/?q=nurse").content
        assert "HX-Request" not in response.get("Vary", "")


QUERIES = {
    "/roles/": 2,
    "/roles/?zone=Red&sector=Healthcare&country=United+Kingdom&sort=boundary": 2,
    "/roles/?q=nurse": 3,
    "/roles/?q=nurze": 3,
    "/roles/?q=zymurgist": 3,
}


@pytest.mark.django_db(transaction=True)
def test_queries_do_not_grow_with_the_roles(django_assert_num_queries):
    published()
    for seed in (7, 8):
        make_synthetic_roles(60, seed=seed)
        for url, queries in QUERIES.items():
            get(url)
            with django_assert_num_queries(queries):
                get(url)


class TestSyntheticRoles:
    def test_are_the_same_for_the_same_seed_and_marked(self, content):
        make_synthetic_roles(20, seed=3)
        first = list(Role.objects.filter(synthetic=True).values_list("title", "score"))
        remove_synthetic_roles()
        make_synthetic_roles(20, seed=3)
        assert list(Role.objects.filter(synthetic=True).values_list("title", "score")) == first
        page = text_of(get(Role.objects.filter(synthetic=True).first().get_absolute_url()))
        assert "Synthetic Generated for tests" in page

    def test_can_be_removed_and_leave_the_content_alone(self, content):
        before = Role.objects.count()
        make_synthetic_roles(20)
        assert remove_synthetic_roles() == 20
        assert Role.objects.count() == before
        assert get("/roles/clinical-coder-nhs/").status_code == 200

    def test_have_scores_that_can_be_verified(self, content):
        make_synthetic_roles(20)
        call_command("verify", verbosity=0)

    def test_lie_in_every_zone(self, content):
        make_synthetic_roles(100)
        assert set(Role.objects.public().values_list("zone", flat=True)) == {
            "Green",
            "Yellow",
            "Red",
        }


def test_a_title_changed_in_the_admin_is_found_by_its_new_name(content):
    role = Role.objects.get(slug="clinical-coder-nhs")
    role.title = "Episode Coder"
    role.save()
    refresh_listing([role.pk])
    assert titles(get("/roles/?q=episode"))[0] == "Episode Coder"


def test_a_word_half_typed_is_not_corrected(content):
    response = get("/roles/?q=clinic")
    assert count(response) > 0
    assert "Did you mean" not in text_of(response)


def test_each_role_has_a_box_for_a_comparison(content):
    html = get("/roles/").content.decode()
    form = html.partition('action="/compare/"')[2].partition("</form>")[0]
    assert '<input type="checkbox" name="role" value="clinical-coder-nhs">' in form
    assert "Compare</button>" in form

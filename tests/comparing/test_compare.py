"""Roles side by side."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from roles.documents.fields import CodeRow, Identity
from roles.models import Role
from roles.services.import_document import import_document
from roles.services.synthetic import make_synthetic_roles
from tests.factories import published, reference_document, stored_once, titled
from tests.reading.test_role import text_of

pytestmark = pytest.mark.django_db

CODER = "clinical-coder-nhs"
TECHNOLOGIST = "health-information-technologist"
CDI = "clinical-documentation-improvement-specialist"


def compare(*slugs):
    return Client().get("/compare/", {"role": slugs})


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    with stored_once(django_db_blocker):
        published()
        yield


@pytest.fixture
def assessed(content):
    """The technologist with an assessment of its own: no barriers, no override."""
    other = titled(
        "Health Information Technologist",
        barriers=tuple(replace(row, score=0) for row in reference_document().barriers),
        override=None,
        override_reason="",
        claims=(),
    )
    import_document(other, publishing=True)


def test_cited_scores_take_part_with_what_is_known(content):
    words = text_of(compare(CODER, TECHNOLOGIST, CDI))
    more = "Clinical Coder (NHS) scores 1.5 points more than Health Information Technologist"
    assert f"{more} , by a cited score." in words
    assert "Of at least one of the two only a cited score is known" in words
    assert "Clinical Coder (NHS) scores 12.4 points less than Clinical Documentation" in words
    assert "Health Information Technologist scores 13.9 points less than Clinical" in words
    assert "not known" in words


def test_the_gap_is_taken_apart_and_adds_up(assessed):
    words = text_of(compare(CODER, TECHNOLOGIST))
    first, second = (Role.objects.get(slug=slug).score for slug in (CODER, TECHNOLOGIST))
    gap = first - second
    assert f"scores {gap} points more than Health Information Technologist" in words
    assert "from barriers" in words
    assert "from override" in words
    steps = re.findall(r"[+−][0-9.]+ (?=from)", words)
    assert sum(Decimal(step.replace("−", "-")) for step in steps) == gap


def test_rows_that_are_alike_are_folded(assessed):
    words = text_of(compare(CODER, TECHNOLOGIST))
    assert "5 rows alike in all" in words
    assert "Who should worry" in words
    assert "AI does it: 45 %" in words


def test_what_differs_from_most_is_marked_and_nothing_where_there_is_no_most(assessed):
    words = text_of(compare(CODER, TECHNOLOGIST, CDI))
    assert re.search(r"Published or cited score 22.4 \d\S+ \d\S+", words)
    assert re.search(r"Zone Red Red ≠ Yellow", words)
    assert "≠" not in text_of(compare(CODER, TECHNOLOGIST))


def test_what_has_a_sign_is_written_with_it(assessed):
    assert "Expert Consensus +1 +1" in text_of(compare(CODER, TECHNOLOGIST))


def test_a_role_after_many_that_do_not_exist_is_found(content):
    html = text_of(compare(*(f"nobody-{number}" for number in range(60)), CODER, CDI))
    assert "Clinical Coder (NHS) and " in html
    assert "no such role is published: nobody-0" in html


def test_no_override_is_known_and_said(assessed):
    words = text_of(compare(CODER, TECHNOLOGIST))
    assert "Overridden to 22.4 none" in words
    assert "not known" not in words


@pytest.mark.parametrize(
    ("slugs", "message"),
    [
        ((), "Add them by their names, or choose them from the list of roles"),
        ((CODER,), "Clinical Coder (NHS) is one; add another"),
        ((CODER, CODER), "Clinical Coder (NHS) is one; add another"),
        ((CODER, "nobody", CDI), "Left out, as no such role is published: nobody"),
        ((CODER, "a\x00b"), "Clinical Coder (NHS) is one"),
        ((CODER, "medical-secretary"), "no such role is published: medical-secretary"),
    ],
)
def test_says_what_cannot_be_compared(content, slugs, message):
    assert message in text_of(compare(*slugs))


def test_figures_are_written_with_the_decimals_of_the_method(content):
    import_document(titled("Ward Clerk", override=Decimal("30.0")), publishing=True)
    words = text_of(compare(CODER, "ward-clerk"))
    assert "Overridden to 22.4 30.0" in words
    assert "Task resistance, raw 2.80 2.80" in words


def test_at_most_four(content):
    make_synthetic_roles(6)
    slugs = list(Role.objects.filter(synthetic=True).values_list("slug", flat=True))
    assert "At most four roles can be compared. Left out:" in text_of(compare(*slugs))


def test_queries_do_not_grow(content, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        compare(CODER, CDI)
    make_synthetic_roles(4)
    slugs = list(Role.objects.filter(synthetic=True).values_list("slug", flat=True))
    with django_assert_max_num_queries(13):
        compare(*slugs)


class TestTwoAtATime:
    URL = f"/compare/?role={CODER}&role={TECHNOLOGIST}&role={CDI}"

    def aside(self, query=""):
        """The roles that a narrow screen leaves out, by the heads of the first table."""
        html = Client().get(self.URL + query).content.decode()
        head = html.partition('<table class="compared">')[2].partition("</thead>")[0]
        return re.findall(r'class="number aside">\s*([^<,]+?)\s*<', head)

    def test_the_first_two_are_shown(self, content):
        assert self.aside() == ["Clinical Documentation Improvement Specialist"]

    def test_the_address_says_which(self, content):
        assert self.aside(f"&show={CODER}&show={CDI}") == ["Health Information Technologist"]

    def test_one_is_shown_with_the_first_of_the_others(self, content):
        assert self.aside(f"&show={CDI}") == ["Health Information Technologist"]

    def test_those_that_are_not_compared_are_not_shown(self, content):
        assert self.aside("&show=nobody") == self.aside()


class TestAChangeOnThePage:
    def test_a_name_adds_its_role(self, content):
        response = Client().get(
            "/compare/", {"role": CODER, "add": "health information TECHNOLOGIST"}
        )
        assert response["Location"] == f"/compare/?role={CODER}&role={TECHNOLOGIST}"

    def test_a_role_is_put_in_the_place_of_another(self, content):
        query = {"role": [CODER, CDI], "swap": CODER, "add": TECHNOLOGIST}
        response = Client().get("/compare/", query)
        assert response["Location"] == f"/compare/?role={TECHNOLOGIST}&role={CDI}"

    def test_one_that_is_there_is_not_added_again(self, content):
        response = Client().get("/compare/", {"role": [CODER, CDI], "add": CODER})
        assert response["Location"] == f"/compare/?role={CODER}&role={CDI}"

    def test_a_name_of_several_offers_them(self, content):
        import_document(titled("Health Visitor", claims=()), publishing=True)
        response = Client().get("/compare/", {"role": CODER, "add": "health"})
        html = response.content.decode().replace("&amp;", "&")
        assert f'href="/compare/?role={CODER}&role=health-visitor"' in html
        assert f'href="/compare/?role={CODER}&role={TECHNOLOGIST}"' in html

    def test_what_is_typed_is_not_kept(self, content):
        response = Client().get("/compare/", {"role": CODER, "add": "zymurgist"})
        assert "No role here is called “zymurgist”" in text_of(response)
        assert response["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize("name", ["<script>", "a\x00b", "%", "x" * 5000, "  "])
    def test_takes_any_name(self, content, name):
        response = Client().get("/compare/", {"role": CODER, "add": name})
        assert response.status_code == 200
        assert b"<script>x" not in response.content

    def test_each_can_be_taken_out(self, content):
        html = compare(CODER, CDI).content.decode()
        assert f'href="/compare/?role={CDI}">Remove' in html

    def test_four_leave_no_room_for_another(self, content):
        make_synthetic_roles(4)
        slugs = list(Role.objects.filter(synthetic=True).values_list("slug", flat=True))
        assert 'id="add"' not in compare(*slugs).content.decode()
        assert 'id="add"' in compare(*slugs[:3]).content.decode()


def test_topics_come_by_what_they_add_and_rows_by_how_far_apart_they_are(assessed):
    """The technologist has no barriers and differs in nothing else."""
    words = text_of(compare(CODER, TECHNOLOGIST))
    assert words.index("Barriers, 0 to 2") < words.index("Evidence, −2 to +2")
    table = words.partition("Barriers, 0 to 2")[2].partition("rows alike")[0]
    values = [int(one) for one in re.findall(r" (\d) 0", table)]
    assert values == sorted(values, reverse=True) != []


def test_one_role_offers_its_neighbours(content):
    html = " ".join(compare(CODER).content.decode().split())
    assert f'<input type="hidden" name="role" value="{CODER}">' in html
    assert f'<option value="{CDI}">' in html
    assert f'<option value="{CODER}">' in compare(CDI).content.decode()
    assert "medical-secretary" not in html


class TestNeighbours:
    def test_each_with_a_score_can_be_compared_in_one_click(self, content):
        html = Client().get(f"/roles/{CODER}/").content.decode().replace("&amp;", "&")
        assert f"/compare/?role={CODER}&role={CDI}" in html

    def test_safer_moves_are_in_a_better_zone_with_the_gap(self, content):
        words = text_of(Client().get(f"/roles/{CODER}/"))
        safer = words.split("Safer moves")[-1]
        assert "Clinical Documentation Improvement Specialist 34.8 Yellow (Urgent)" in safer
        assert "12.4 points higher; named by this assessment" in safer
        assert "Health Information Technologist 20.9" not in safer.split("The tasks of a week")[0]

    def test_a_neighbour_of_a_neighbour_counts(self, content):
        other = titled(
            "Medical Secretary",
            not_this_role="NOT a Ward Manager (leads people -- scored 61.0 Green Stable).",
            override=Decimal("20.0"),
        )
        import_document(other, publishing=True)
        safer = text_of(Client().get(f"/roles/{CODER}/")).split("Safer moves")[-1]
        assert "Ward Manager 61.0 Green (Stable)" in safer
        assert "a neighbour of a neighbour" in safer

    def test_computed_ones_are_labelled(self, content):
        make_synthetic_roles(80, seed=5)
        words = text_of(Client().get(f"/roles/{CODER}/"))
        assert "near in score and title" in words
        assert "same sector: Healthcare" in words

    def test_a_kindred_code_makes_a_neighbour_in_another_sector(self, content):
        document = reference_document()
        codes = (CodeRow("SOC 2018", "29-2099"),)
        other = Identity(title="Chart Archivist", seniority="Mid", sector="Archives", codes=codes)
        import_document(
            replace(document, identity=other, not_this_role="None.", related=()), publishing=True
        )
        words = text_of(Client().get(f"/roles/{CODER}/"))
        assert "same family of occupational codes" in words.split("near in score and title")[1]

"""The order in which a role page names the roles around it."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from roles.documents.parse import parse
from roles.models import Assessment, Role
from roles.occupations import index as occupations
from roles.reading.card import card_of
from roles.reading.nearby import Move
from roles.services.import_document import import_document
from roles.services.occupations import load_occupations
from tests.factories import guards_off, published
from tests.reference import ROOT

pytestmark = pytest.mark.django_db


def card(slug="clinical-coder-nhs"):
    published = Assessment.objects.published().with_document()
    return card_of(published.get(role__slug=slug), occupations.current())


def test_neighbours_stand_from_the_highest_score_down_and_those_without_one_last():
    published()
    html = Client().get("/roles/clinical-coder-nhs/").content.decode()
    part = html.partition('<section id="neighbours"')[2].partition("</section>")[0]
    rows = part.partition("</ol>")[0]
    assert re.findall(r'class="figure">([\d.]+)<', rows) == ["34.8", "22.4", "20.9"]
    named = " ".join(part.partition("and not assessed:")[2].partition("</p>")[0].split())
    assert "Medical Secretary" in named
    assert "Health Information Technologist" not in named


def create_role(title, score, sector, country="United Kingdom", **more):
    return Role.objects.create(
        slug=title.lower().replace(" ", "-"),
        title=title,
        sector=sector,
        country=country,
        standing="Cited",
        score=Decimal(score),
        zone="Green" if Decimal(score) >= 48 else "Red",
        **more,
    )


def moves():
    return [move.role.title for move in card().nearby.safer]


def test_computed_ones_stand_by_their_titles_and_then_by_the_gap():
    sector = published().role.sector
    create_role("Porter", "22.0", sector)
    create_role("Driver", "23.0", "Transport")
    create_role("Clinical Coder", "37.0", sector)
    create_role("Coder Clinical", "24.0", sector)
    assert [near.role.title for near in card().nearby.computed] == [
        "Coder Clinical",
        "Clinical Coder",
        "Porter",
    ]


def test_a_role_is_near_in_score_up_to_a_bound_that_the_page_states():
    sector = published().role.sector
    create_role("Coder A", "37.4", sector)
    create_role("Coder B", "37.5", sector)
    create_role("Coder C", "63.4", sector)
    assert [near.role.title for near in card().nearby.computed] == ["Coder A"]
    html = Client().get("/roles/clinical-coder-nhs/").content.decode()
    assert "15 points away" in html


def test_the_move_that_the_strategy_names_comes_first_though_others_score_more():
    sector = published().role.sector
    for number in range(8):
        create_role(f"Porter {number}", f"6{number}.0", sector)
    assert moves()[0] == "Clinical Documentation Improvement Specialist"


def test_a_career_move_of_the_assessment_is_named_also_within_the_zone():
    sector = published().role.sector
    create_role("Porter", "60.0", sector)
    Role.objects.filter(slug="senior-clinical-coder-nhs").update(
        standing="Cited", score="24.0", zone="Red"
    )
    assert "Senior Clinical Coder (NHS)" in moves()[:2]


def test_a_role_without_tie_to_this_one_is_named_when_the_strategy_names_it():
    assessment = published()
    create_role("Dog Groomer", "60.0", "Pets", country="United States")
    assert "Dog Groomer" not in moves()
    with guards_off():
        Assessment.objects.filter(pk=assessment.pk).update(
            survival_strategy=["Retrain. Dog groomers are wanted everywhere."]
        )
    assert moves()[0] == "Dog Groomer"


def test_the_higher_score_comes_first_among_equals():
    sector = published().role.sector
    create_role("Ward Clerk", "50.0", sector)
    create_role("Porter", "60.0", sector)
    assert moves()[1:] == ["Porter", "Ward Clerk"]


def test_alike_tasks_come_before_a_higher_score():
    def move(score, likeness):
        role = Role(title=f"{score}", score=Decimal(score))
        ties = {"named": False, "neighbour": True, "same_country": True, "kindred": True}
        return Move(
            role, Decimal("22.4") - role.score, **ties, likeness=likeness, comparable_pay=False
        )

    alike, less, far = move("50.0", 61), move("60.0", 52), move("90.0", 40)
    assert sorted([far, less, alike], key=lambda one: one.feasibility) == [alike, less, far]


def test_a_job_of_another_country_is_no_move_unless_it_is_named():
    assessment = published()
    nurse = create_role("Nurse", "60.0", assessment.role.sector, country="United States")
    with guards_off():
        assessment.relations.create(role=nurse, kind="Adjacent", note="wears shoes", position=9)
    assert "Nurse" not in moves()
    Role.objects.filter(pk=nurse.pk).update(country="United Kingdom")
    assert "Nurse" in moves()


def test_a_developer_in_the_united_states_is_not_sent_to_the_nhs():
    for slug in ("registered-nurse-nhs", "clinical-informatics-specialist", "software-developer"):
        document = parse((ROOT / "fixtures" / "assessments" / f"{slug}.md").read_bytes()).document
        import_document(document, publishing=True)
    titles = [move.role.title for move in card("software-developer").nearby.safer]
    assert titles == ["Clinical Informatics Specialist"]


def test_pay_is_shown_only_within_one_country_and_currency():
    sector = published().role.sector
    pay = {"pay_low": 50000, "pay_high": 60000, "pay_currency": "USD", "pay_year": "2026"}
    create_role("Doctor", "90.0", sector, **pay)
    create_role("Porter", "60.0", sector, **(pay | {"pay_currency": "GBP"}))
    create_role("Orderly", "61.0", sector)
    shown = {move.role.title: move.comparable_pay for move in card().nearby.safer}
    assert [shown[title] for title in ("Doctor", "Porter", "Orderly")] == [False, True, False]
    html = " ".join(Client().get("/roles/clinical-coder-nhs/").content.decode().split())
    assert "GBP 50,000–60,000 a year" in html
    assert "USD" not in html


def moves_section(slug):
    html = Client().get(f"/roles/{slug}/").content.decode()
    return html.partition('<section id="safer"')[2].partition("</section>")[0]


def test_american_pay_and_education_stand_beside_the_moves_of_an_american_role_only():
    load_occupations()
    for slug in ("software-developer", "clinical-informatics-specialist", "clinical-coder-nhs"):
        document = parse((ROOT / "fixtures" / "assessments" / f"{slug}.md").read_bytes()).document
        import_document(document, publishing=True)
    assessed = Role.objects.get(slug="clinical-informatics-specialist")
    assessed.codes.create(system="SOC 2018", code="29-1141")
    words = moves_section("software-developer")
    assert "Median yearly pay" in words
    assert "Usual education" in words
    assert "BLS" in words
    assert "Median yearly pay" not in moves_section("clinical-coder-nhs")


def test_says_that_no_safer_move_is_known():
    published()
    Role.objects.exclude(slug="clinical-coder-nhs").update(score=None, zone="", standing="")
    html = Client().get("/roles/clinical-coder-nhs/").content.decode()
    assert "No safer move is known here" in html


def test_a_band_that_the_score_of_the_level_contradicts_stands_with_both_figures():
    published()
    trainee = Role.objects.filter(slug="trainee-clinical-coder-nhs")
    trainee.update(standing="Sample", score="12.6", zone="Red", sub_label="")
    html = Client().get("/roles/clinical-coder-nhs/").content.decode()
    ladder = html.partition('<ul class="ladder">')[2].partition("</ul>")[0]
    text = " ".join(re.sub("<[^>]+>", " ", ladder).split())
    assert "16–18" in text
    assert "has a score of its own: 12.6 Red sample The two do not agree" in text
    trainee.update(score="17.0")
    html = Client().get("/roles/clinical-coder-nhs/").content.decode()
    assert "The two do not agree" not in html

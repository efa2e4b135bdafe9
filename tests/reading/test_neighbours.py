"""The order in which a role page names the roles around it."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from roles.models import Assessment, Role
from roles.reading.card import card_of
from tests.factories import published

pytestmark = pytest.mark.django_db


def card():
    published = Assessment.objects.published().with_document()
    return card_of(published.get(role__slug="clinical-coder-nhs"))


def test_neighbours_stand_from_the_highest_score_down_and_those_without_one_last():
    published()
    html = Client().get("/roles/clinical-coder-nhs/").content.decode()
    part = html.partition('<section id="neighbours"')[2].partition("</ul>")[0]
    scores = re.findall(r'class="figure">([\d.]+)<|(No score published)', part)
    assert [score or words for score, words in scores][:3] == [
        "34.8",
        "20.9",
        "No score published",
    ]
    assert {words for score, words in scores[2:]} == {"No score published"}


def create_role(title, score, sector, **more):
    return Role.objects.create(
        slug=title.lower().replace(" ", "-"),
        title=title,
        sector=sector,
        standing="Cited",
        score=Decimal(score),
        zone="Green" if Decimal(score) >= 48 else "Red",
        **more,
    )


def test_computed_ones_stand_by_their_titles_and_then_by_the_gap():
    sector = published().role.sector
    create_role("Porter", "22.0", sector)
    create_role("Clinical Coder", "90.0", sector)
    create_role("Driver", "23.0", "Transport")
    create_role("Coder Clinical", "24.0", sector)
    assert [near.role.title for near in card().nearby.computed] == [
        "Coder Clinical",
        "Clinical Coder",
        "Porter",
    ]


def test_safer_moves_stand_from_the_highest_score_down():
    sector = published().role.sector
    create_role("Porter", "60.0", sector)
    create_role("Clinical Coder Aide", "50.0", sector)
    create_role("Clinical Coder Lead", "70.0", sector)
    assert [near.role.score for near in card().nearby.safer] == [
        Decimal(score) for score in ("70.0", "60.0", "50.0", "34.8")
    ]

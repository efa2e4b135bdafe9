"""Percentiles, correlations and disagreements."""

import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from roles.models import Occupation
from roles.occupation_figures import FIGURES, RANKED
from roles.occupations.closest import distance
from roles.occupations.correlation import (
    correlations,
    disagreements,
    furthest,
    interval,
    spearman,
)
from roles.occupations.index import build
from tests.occupations.conftest import assessed, occupation

EMPLOYMENT, RATING = FIGURES["employment"], FIGURES["mean_rating"]


@pytest.mark.django_db
class TestPercentiles:
    def test_figures_by_soc_code_count_once_for_each_code(self):
        """Four occupations of one code weigh no more than one of another."""
        for number in range(4):
            occupation(f"11-1011.0{number}", employment=10)
        high = occupation("11-1021.00", employment=20)
        index = build()
        assert index.ranked["employment"] == [10, 20]
        placed = index.placed(high, EMPLOYMENT)
        assert (placed.percentile, placed.among) == (75, 2)

    def test_figures_of_the_occupation_itself_count_for_each(self):
        for number in range(3):
            occupation(f"11-1011.0{number}", mean_rating=2)
        high = occupation("11-1021.00", mean_rating=4)
        assert build().placed(high, RATING).percentile == 88

    def test_those_with_as_much_count_half(self):
        one = occupation("11-1011.00", employment=10)
        occupation("11-1021.00", employment=10)
        occupation("11-1031.00", employment=5)
        occupation("11-1041.00", employment=30)
        assert build().placed(one, EMPLOYMENT).percentile == 50

    def test_a_residual_group_is_never_ranked(self):
        """Neither itself, nor among those that another is ranked against."""
        other = occupation("15-1299.01", employment=99)
        one = occupation("15-1212.00", employment=10)
        index = build()
        assert index.placed(other, EMPLOYMENT).value == 99
        assert index.placed(other, EMPLOYMENT).percentile is None
        assert index.placed(one, EMPLOYMENT).among == 1

    def test_what_is_of_the_occupation_itself_is_ranked_in_a_residual_group_too(self):
        other = occupation("15-1299.01", mean_rating=2)
        assert build().placed(other, RATING).percentile == 50

    def test_a_residual_group_comes_last_in_every_order_by_a_groups_figure(self, page):
        occupation("15-1299.01", "Residual", employment=99)
        occupation("15-1212.00", "Ranked", employment=10)
        for order in ("", "&order=lowest"):
            shown = page(f"/occupations/?sort=employment{order}")
            assert shown.index("Ranked</a>") < shown.index("Residual</a>")

    def test_a_figure_that_is_missing_is_neither_shown_nor_ranked(self):
        one = occupation("11-1011.00")
        index = build()
        assert index.placed(one, EMPLOYMENT) is None
        assert index.ranked["employment"] == []


class TestSpearman:
    def test_by_hand(self):
        """Ranks 1 2 3 4 5 against 2 1 4 3 5: 1 - 6 x 4 / (5 x 24) = 0.8."""
        assert spearman([1, 2, 3, 4, 5], [20, 10, 40, 30, 500]) == pytest.approx(0.8)

    def test_ties_share_their_rank(self):
        """Ranks 1.5 1.5 3 against 1 2 3: 1.5 / sqrt(1.5 x 2)."""
        assert spearman([1, 1, 9], [1, 2, 3]) == pytest.approx(1.5 / 3**0.5)

    def test_without_a_ranking_there_is_none(self):
        assert spearman([1, 1, 1], [1, 2, 3]) is None

    def test_interval(self):
        """tanh(atanh(0.5) -+ 1.96 sqrt(1.125 / 25))."""
        assert interval(0.5, 28) == pytest.approx((0.1327, 0.7470), abs=0.001)

    def test_a_perfect_ranking_has_an_interval(self):
        low, high = interval(-1.0, 10)
        assert -1 <= low < high < 0


def ranked_against_each_other() -> list:
    """Six roles whose scores fall as the measure rises; the last is out of order."""
    roles = []
    for number in range(6):
        occupation(f"15-121{number}.00", frey_osborne=f"0.{number + 1}")
        roles.append(assessed(f"Role {number}", f"15-121{number}", 90 - 10 * number))
    return roles


@pytest.mark.django_db
class TestMeasures:
    def test_exposure_against_resistance_is_minus_one(self):
        ranked_against_each_other()
        found = {one.figure.name: one for one in correlations(build())}["frey_osborne"]
        assert found.rho == pytest.approx(-1)
        assert (found.roles, found.exact) == (6, 6)

    def test_a_role_counts_once_by_its_exact_code_first(self):
        occupation("15-1212.00", frey_osborne="0.5")
        occupation("15-1252.00", frey_osborne="0.9")
        role = assessed("Analyst", "15-1252", system="SOC 2018 (closest)")
        role.codes.create(system="SOC 2018", code="15-1212")
        (match,) = build().matches
        assert match.exact
        assert match.occupation.code == "15-1212.00"

    def test_synthetic_and_cited_roles_are_no_assessments(self):
        occupation("15-1212.00")
        assessed("Cited", "15-1212")
        type(assessed("Made", "15-1212")).objects.filter(slug="cited").update(standing="Cited")
        assert [match.role.title for match in build().matches] == ["Made"]

    def test_too_few_roles_have_no_correlation(self):
        occupation("15-1212.00", frey_osborne="0.5")
        assessed("Analyst", "15-1212")
        assert all(one.rho is None for one in correlations(build()))

    def test_agreement_is_no_disagreement(self):
        roles = ranked_against_each_other()
        assert all(disagreements(build(), role) == [] for role in roles)

    def test_more_than_a_third_of_the_ranking_away_is_said(self):
        """The least exposed of six has the third lowest score: five places off by measure."""
        roles = ranked_against_each_other()
        roles[0].score = 55
        roles[0].save()
        index = build()
        (found,) = [d for d in disagreements(index, roles[0]) if d.figure.name == "frey_osborne"]
        assert (found.by_measure, found.by_score, found.among) == (6, 3, 6)
        assert not found.more_exposed
        assert disagreements(index, roles[4]) == []

    def test_a_measure_by_which_all_are_equal_disagrees_with_nobody(self):
        roles = ranked_against_each_other()
        Occupation.objects.update(frey_osborne="0.5")
        assert all(disagreements(build(), role) == [] for role in roles)

    def test_a_third_of_the_ranking_is_not_more(self):
        roles = ranked_against_each_other()
        roles[0].score = 65
        roles[0].save()
        found = [d for d in disagreements(build(), roles[0]) if d.figure.name == "frey_osborne"]
        assert found == []

    def test_the_method_page_has_every_measure_however_low(self, page):
        ranked_against_each_other()
        shown = page("/method/").partition('id="measures"')[2]
        assert "−1.00" in shown
        assert "too few roles" in shown

    def test_the_role_that_measures_place_furthest_from_its_score_comes_first(self):
        roles = ranked_against_each_other()
        roles[0].score = 30
        roles[0].save()
        first, *others = furthest(build())
        assert first.role == roles[0]
        # The lowest score is of the least exposed: five places of six away.
        assert first.by_measure["frey_osborne"] == pytest.approx(-5 / 6)
        assert all(one.by_measure["frey_osborne"] == pytest.approx(1 / 6) for one in others)
        assert 0 > first.mean > -5 / 6, "the other measures are equal for all"

    def test_the_command_says_the_same(self):
        ranked_against_each_other()
        out = StringIO()
        call_command("correlate_measures", stdout=out)
        assert "frey_osborne (Frey and Osborne, 2013): -1.00 (95 % interval" in out.getvalue()
        assert "6 roles, 6 by their own code" in out.getvalue()


def test_documents_are_compared_without_the_database():
    library = settings.BASE_DIR / "fixtures" / "assessments"
    names = ("cashier-us", "packer", "lawyer", "carpenter", "nursing-assistant")
    out = StringIO()
    files = [library / f"{name}.md" for name in names]
    call_command("correlate_measures", *files, furthest=1, stdout=out)
    *measures, furthest_away = out.getvalue().splitlines()
    assert "5 roles, 5 by their own code" in measures[0]
    assert re.match(r"\w[\w ()]* \d+\.\d: [+-]0\.\d\d \(mean_rating ", furthest_away)


@pytest.mark.django_db
def test_ratings_that_are_further_apart_are_further_away():
    one = occupation("11-1011.00", rated_3=0, rated_1=100)
    near = occupation("11-1021.00", rated_3=0, rated_2=100)
    far = occupation("11-1031.00", rated_3=0, rated_5=100)
    assert (distance(one, one), distance(one, near), distance(one, far)) == (0, 100, 400)


@pytest.mark.django_db
@pytest.mark.parametrize("figure", RANKED, ids=lambda figure: figure.name)
def test_the_index_sorts_by_every_figure_both_ways(page, figure):
    low, high = figure.within or (0, 2)
    occupation("11-1011.00", "Low", **{figure.name: low})
    occupation("11-1021.00", "High", **{figure.name: high})
    occupation("11-1031.00", "None", **{figure.name: None})
    orders = {"": ["High", "Low", "None"], "&order=lowest": ["Low", "High", "None"]}
    for order, expected in orders.items():
        shown = page(f"/occupations/?sort={figure.name}{order}")
        assert re.findall(r">(High|Low|None)</a>", shown) == expected


@pytest.mark.django_db
class TestIndex:
    def test_one_family(self, page):
        occupation("11-1011.00", "Chiefs")
        occupation("29-1141.00", "Nurses")
        shown = page("/occupations/?family=29")
        assert "Nurses</a>" in shown
        assert "Chiefs</a>" not in shown
        assert "Healthcare Practitioners and Technical" in shown

    def test_what_is_not_understood_is_said(self, page):
        occupation("11-1011.00", "Chiefs")
        shown = page("/occupations/?family=99&sort=score&page=x&order=y")
        assert "Not understood, so left out: family, order, direction, page." in shown
        assert "Chiefs</a>" in shown

    def test_a_form_is_sent_on_to_the_one_address(self, client):
        asked = client.get("/occupations/?family=&sort=employment&order=highest")
        assert asked["Location"] == "/occupations/?sort=employment"

    def test_pages(self, page):
        for number in range(51):
            occupation(f"11-10{number:02}.00", f"Number {number}")
        assert 'rel="next" href="/occupations/?page=2"' in page("/occupations/")
        second = page("/occupations/?page=2")
        assert "Number 50</a>" in second
        assert 'rel="prev" href="/occupations/"' in second
        assert "Number 50</a>" in page("/occupations/?page=99")

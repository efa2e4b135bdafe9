"""What the page of an occupation says, and what it never does."""

import csv
import re
from dataclasses import replace
from io import StringIO

import pytest
from django.test import Client

from roles.documents.fields import CodeRow
from roles.occupation_figures import FIGURES
from roles.services.import_document import import_document
from scoring.zones import SubLabel, Zone
from tests.factories import titled
from tests.occupations.conftest import assessed, everything, occupation

pytestmark = pytest.mark.django_db


def main(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def test_it_has_no_score_no_zone_and_no_colour_of_one(page):
    """Not its own, nor that of a role that is close or of one that it was assessed as."""
    occupation("15-1252.00", "Software Developers", **everything())
    assessed("Developer", "15-1252", 91.7)
    assessed("Tester", "15-1253", 87.3)
    occupation("15-1253.00", "Testers", **everything())
    assessed("Analyst", "15-1253", 93.1, system="SOC 2018 (closest)")
    for path in ("/occupations/15-1252/", "/occupations/15-1253/", "/occupations/"):
        shown = main(page(path))
        assert not re.search(r"zone-|zone_|class=\"[^\"]*(zone|badge|verdict|score)", shown)
        text = re.sub(r"<[^>]*>", " ", shown)
        assert not re.search(rf"\b({'|'.join([*Zone, *SubLabel])})\b", text)
        assert not re.search(r"91\.7|87\.3|93\.1|of 100", text)


def test_what_is_not_assessed_says_so_in_words(page):
    occupation("35-3031.00", "Waiters and Waitresses")
    assert "<strong>Not assessed here.</strong>" in page("/occupations/35-3031/")


@pytest.mark.parametrize(("system", "code"), [("SOC 2018", "41-2011"), ("O*NET-SOC", "41-2011.00")])
def test_what_is_assessed_leads_to_the_role(page, system, code):
    occupation("41-2011.00", "Cashiers")
    assessed("Supermarket Cashier", code, system=system)
    shown = page("/occupations/41-2011/")
    assert "Not assessed here" not in shown
    assert 'Assessed here as <a href="/roles/supermarket-cashier/">' in shown


def test_a_closest_code_assesses_nothing(page):
    occupation("41-2011.00", "Cashiers")
    assessed("Ticket Seller", "41-2011", system="SOC 2018 (closest)")
    shown = page("/occupations/41-2011/")
    assert "<strong>Not assessed here.</strong>" in shown
    assert "this is its closest code, though not its own" in shown


def test_the_closest_roles_say_why(page):
    occupation("29-2072.00", "Records", rated_3=60, rated_4=40)
    occupation("29-2052.00", "Pharmacy", rated_3=0, rated_1=100)
    occupation("29-1141.00", "Nurses", rated_3=0, rated_1=100)
    occupation("43-9021.00", "Keyers", rated_3=50, rated_4=50)
    occupation("47-2111.00", "Electricians", rated_3=0, rated_1=100)
    occupation("47-2152.00", "Plumbers", rated_3=0, rated_1=100)
    for title, code in (
        ("Technician", "29-2052"),
        ("Nurse", "29-1141"),
        ("Clerk", "43-9021"),
        ("Electrician", "47-2111"),
        ("Plumber", "47-2152"),
    ):
        assessed(title, code)
    shown = page("/occupations/29-2072/")
    assert re.search(r"Technician</a>.{0,120}neighbouring code, 29-2052 Pharmacy", shown)
    assert re.search(r"Nurse</a>.{0,120}same occupational family: Healthcare Practitioners", shown)
    assert re.search(r"Clerk</a>.{0,120}its tasks were rated for automation most alike", shown)
    assert "Plumber" not in shown


def test_every_figure_has_its_value_source_and_year(page):
    occupation("15-1252.00", **everything())
    shown = page("/occupations/15-1252/")
    table = shown.partition('class="placed"')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>.*?</tr>", table)[1:]
    assert len(rows) == len(FIGURES)
    for row, figure in zip(rows, FIGURES.values(), strict=True):
        assert figure.label in row
        assert f"{figure.source.name}, {figure.source.year}" in row


def test_a_figure_of_a_shared_code_is_labelled_as_the_groups(page):
    occupation("11-1011.00", employment=10)
    occupation("11-1011.03", employment=10)
    occupation("11-1021.00", employment=10)
    label = "SOC group 11-1011, of which this is one"
    assert label in page("/occupations/11-1011.00/")
    assert label in page("/occupations/11-1011.03/")
    assert "SOC group" not in page("/occupations/11-1021/")


def test_the_one_occupation_of_a_residual_group_is_labelled_too(page):
    occupation("49-9099.01", employment=10)
    assert "SOC group 49-9099, of which this is one" in page("/occupations/49-9099.01/")


def test_its_figures_as_a_file(client):
    occupation("11-1011.00", employment=10)
    occupation("11-1011.03", employment=10, title="Sustainers / Officers")
    response = client.get("/occupations/11-1011.03-sustainers-officers/figures.csv")
    rows = {row["figure"]: row for row in csv.DictReader(StringIO(response.content.decode()))}
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert rows["employment"]["value"] == "10"
    assert rows["employment"]["of"] == "SOC group 11-1011"
    assert rows["mean_rating"]["of"] == "11-1011.03"
    assert rows["mean_rating"]["year"] == "2024"


@pytest.mark.parametrize(
    "address", ["11-1011", "11-1011.00", "11-1011-another-name", "11-1011.00-x"]
)
def test_it_has_one_address(client, address):
    one = occupation("11-1011.00", "Chief Executives")
    assert client.get(f"/occupations/{address}/")["Location"] == one.get_absolute_url()
    assert one.get_absolute_url() == "/occupations/11-1011.00-chief-executives/"


@pytest.mark.parametrize("address", ["11-10110", "x", "11-1011.0", "11-1011.01", "%00", "٣١-1011"])
def test_what_is_no_occupation_is_not_found(client, address):
    occupation("11-1011.00")
    assert client.get(f"/occupations/{address}/").status_code == 404


def facts_beside(code: str, system: str = "SOC 2018", country: str = "United States") -> str:
    """The panel on the page of an assessed role of this code and country."""
    document = titled("A Role", claims=())
    codes = (CodeRow(system, code),)
    identity = replace(document.identity, country=country, codes=codes)
    import_document(replace(document, identity=identity), publishing=True)
    shown = " ".join(Client().get("/roles/a-role/").content.decode().split())
    advice = shown.partition('id="strategy"')[2].partition("</section>")[0]
    return advice + shown.partition('id="facts"')[2].partition("</section>")[0]


def test_facts_of_the_own_code_in_the_united_states():
    occupation("29-2072.00", "Records", **{**everything(), "employment": 170_000})
    facts = facts_beside("29-2072")
    assert "170,000" in facts
    assert "USD 1" in facts
    assert "CareerOneStop" in facts
    assert "closest" not in facts


def test_no_us_figure_stands_beside_a_role_of_another_country():
    occupation("29-2072.00", "Records", **{**everything(), "employment": 170_000})
    facts = facts_beside("29-2072", country="United Kingdom")
    assert "170,000" not in facts
    assert "USD" not in facts
    assert "published measures of exposure" in facts
    assert "National Careers Service" in facts
    assert "CareerOneStop" not in facts


def test_a_closest_code_gives_measures_named_so_and_neither_jobs_nor_pay():
    occupation("29-2072.00", "Records", **{**everything(), "employment": 170_000})
    facts = facts_beside("29-2072", "SOC 2018 (closest)")
    assert "170,000" not in facts
    assert "USD" not in facts
    assert "Its closest code, not its own" in facts
    assert "place the closest occupation" in facts


def test_a_code_of_another_system_is_no_soc_code():
    occupation("29-2072.00", "Records", **everything())
    assert "No published figures are held here" in facts_beside("29-2072", "UK SOC 2020")

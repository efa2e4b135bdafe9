"""Loading figures and titles from files."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from roles.models import Occupation, OccupationName
from roles.occupation_figures import FAMILIES, FIGURES
from tests.occupations.conftest import occupation

pytestmark = pytest.mark.django_db


def load(*arguments: object) -> str:
    out = StringIO()
    call_command("load_occupations", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path, settings):
    """A file of one occupation in the place of the fixture, and none of other titles."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "fixtures").mkdir()

    def write(**changes: str) -> None:
        row = {"code": "29-2072.00", "title": "Records", **dict.fromkeys(FIGURES, ""), **changes}
        lines = ",".join(row), ",".join(row.values())
        (tmp_path / "fixtures" / "occupations.csv").write_text("\n".join(lines) + "\n")

    write()
    return write


def test_the_fixture_has_all_occupations_with_their_figures():
    assert "923 occupations" in load()
    chief = Occupation.objects.coded("11-1011")
    assert (chief.title, chief.employment, chief.family) == (
        "Chief Executives",
        204350,
        "Management",
    )
    assert {code[:2] for code in Occupation.objects.values_list("code", flat=True)} <= set(FAMILIES)
    shared = Occupation.objects.filter(code__startswith="15-1299")
    assert len({one.employment for one in shared}) == 1


def test_loading_again_changes_and_removes():
    load()
    Occupation.objects.filter(code="11-1011.00").update(employment=1)
    occupation("99-1011.00")
    load()
    assert Occupation.objects.count() == 923
    assert Occupation.objects.get(code="11-1011.00").employment == 204350


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"code": "29-2072"}, "line 2, code: is '29-2072'; expected one such as 29-2072.00"),
        ({"title": ""}, "line 2, title: expected 1 to"),
        ({"title": "<b>Records</b>"}, "line 2, title: "),
        ({"employment": "many"}, "line 2, employment: is 'many'; expected a number"),
        ({"employment": "1.5"}, "line 2, employment: is '1.5'; expected a number with at most 0"),
        ({"rated_1": "101"}, "line 2, rated_1: is '101'; expected 0 to 100"),
        ({"mean_rating": "0.5"}, "line 2, mean_rating: is '0.5'; expected 1 to 5"),
        ({"felten_aioe": "NaN"}, "line 2, felten_aioe: is 'NaN'; expected a number"),
        ({"felten_aioe": "12"}, "line 2, felten_aioe: is '12'; expected a figure between"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_line(file, changes, problem):
    file(**changes)
    with pytest.raises(CommandError, match=re.escape(problem)):
        load()
    assert not Occupation.objects.exists()


def test_a_release_adds_its_titles_and_a_refresh_keeps_them(file, tmp_path):
    release = tmp_path / "db_30_0_text"
    release.mkdir()
    (release / "Alternate Titles.txt").write_text(
        "O*NET-SOC Code\tAlternate Title\n29-2072.00\tChart Keeper\n99-9999.00\tNobody\n"
    )
    (release / "Sample of Reported Titles.txt").write_text(
        "O*NET-SOC Code\tReported Job Title\n29-2072.00\tChart Keeper\n29-2072.00\tCoder\n"
    )
    (tmp_path / "fixtures" / "occupation-titles.csv").write_text(
        "onet_soc_code,title\n29-2072.00,Coder\n29-2072.00,Records clerk\n"
    )
    assert "Left out: 1 titles" in load(release)
    names = dict(OccupationName.objects.values_list("title", "source"))
    assert names == {
        "Coder": "Written here",
        "Records clerk": "Written here",
        "Chart Keeper": "O*NET",
    }
    load()
    assert OccupationName.objects.count() == 3


def test_a_title_of_no_occupation_is_refused(file, tmp_path):
    (tmp_path / "fixtures" / "occupation-titles.csv").write_text(
        "onet_soc_code,title\n99-9999.00,Nobody\n"
    )
    with pytest.raises(CommandError, match=r"there is no occupation 99-9999\.00"):
        load()


@pytest.mark.parametrize(
    "wrong", [{"rated_1": 101}, {"mean_rating": 6}, {"frey_osborne": 2}, {"employment": -1}]
)
def test_the_database_refuses_what_no_figure_can_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        occupation("11-1011.00", **wrong)

"""The catalogue as files: what is in them, what narrows them, and what they cost."""

import csv
import json
import re
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable
from decimal import Decimal
from html import unescape
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.test import Client

from roles.models import CatalogueVersion, Role
from roles.open_data import files, selection, views
from roles.open_data.dictionary import lines
from roles.open_data.problems import MEDIA_TYPE
from roles.open_data.selection import CHUNK
from roles.open_data.tables import OCCUPATIONS, ROLE_TABLES, TASKS, Column, Part, Table
from roles.vocabulary import LICENCE
from scoring.figures import FIGURES
from tests.factories import as_superuser
from tests.open_data.conftest import whole

CLERK_AND_CODER = {"ward-clerk", "clinical-coder-nhs"}


def rows(response) -> list[dict]:
    text = whole(response).decode()
    return list(csv.DictReader(text.splitlines(keepends=True)))


def test_a_row_for_each_role_with_every_figure(get):
    by_slug = {row["slug"]: row for row in rows(get("/data/roles.csv"))}
    coder = by_slug["clinical-coder-nhs"]
    assert FIGURES.keys() <= coder.keys()
    assert (coder["raw"], coder["zone"], coder["standing"]) == ("2.223456", "Red", "Published")
    assert (coder["occupation"], coder["occupation_is_exact"]) == ("29-2072.00", "false")
    assert coder["override"] == "22.4"
    cited = by_slug["health-information-technologist"]
    assert (cited["published_score"], cited["standing"], cited["raw"]) == ("20.9", "Cited", "")
    assert "lamplighter" not in by_slug


def test_parts_of_an_assessment_have_rows_of_their_own(get):
    tasks = rows(get("/data/tasks.csv"))
    assert {row["role"] for row in tasks} == CLERK_AND_CODER
    assert sum(Decimal(row["time"]) for row in tasks) == 200
    assert len(rows(get("/data/items.csv"))) == 2 * (5 + 5 + 3)


def test_what_narrows_the_list_of_roles_narrows_files(get):
    assert [row["slug"] for row in rows(get("/data/roles.csv?standing=Sample"))] == ["ward-clerk"]
    assert {row["role"] for row in rows(get("/data/tasks.csv?q=clerk"))} == {"ward-clerk"}
    found = whole(get("/data/roles.jsonl?zone=red&sort=title")).decode().splitlines()
    titles = [json.loads(line)["identity"]["title"] for line in found]
    assert titles == sorted(titles)
    assert set(titles) >= {"Clinical Coder (NHS)", "Ward Clerk"}


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("zone=purple", "zone “purple”"),
        ("sector=Magic", "sector “Magic”"),
        ("zon=red", "the parameter “zon”"),
        ("page=2", "the parameter “page”"),
        ("sort=luck", "the order “luck”"),
        ("zone=%FF", "the text of “zone”"),
        ("q=%FF", "the text of “q”"),
        ("q=a%00", "the text of “q”"),
    ],
)
def test_what_is_not_understood_is_refused_by_its_name(get, asked, named):
    for address in ("/data/roles.csv", "/data/roles.jsonl", "/data/jobzone.sqlite"):
        response = get(f"{address}?{asked}")
        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        assert named in response.json()["detail"]


@pytest.mark.parametrize(
    ("address", "status", "named"),
    [
        ("/data/magic.csv", 404, "table: there is no magic; there are roles, tasks,"),
        ("/roles/ward-clerk.xml", 404, "form: there is no xml; there are json, md, csv."),
        ("/roles/nobody.json", 404, "nothing at this address"),
        ("/roles/lamplighter.json", 410, "withdrawn"),
        ("/occupations/99-9999.json", 404, "nothing at this address"),
        ("/occupations/99-9999/figures.csv", 404, "nothing at this address"),
    ],
)
def test_what_there_is_not_is_refused_for_programs(get, address, status, named):
    response = get(address)
    assert (response.status_code, response["Content-Type"]) == (status, MEDIA_TYPE)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json()["status"] == status
    assert named in response.json()["detail"]


def test_what_is_sent_to_a_file_is_refused_by_the_method(get):
    client = Client(enforce_csrf_checks=True)
    for address in ("/data/roles.csv", "/data/jobzone.sqlite", "/roles/ward-clerk.json"):
        response = client.post(address, {"x": "1"})
        assert (response.status_code, response["Content-Type"]) == (405, MEDIA_TYPE)
        assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("-2+3", "'-2+3"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("-3", "-3"),
        ("-0.25", "-0.25"),
        ("a-b", "a-b"),
    ],
)
def test_no_text_is_a_formula_and_a_number_stays_one(text, written):
    file = BytesIO()
    files.write_csv(Table("x", "", (Column("x", str, "", str),)), [[text]], file)
    (_, row) = csv.reader(file.getvalue().decode().splitlines())
    assert row == [written]


def test_the_list_of_roles_offers_just_what_it_shows(get):
    html = get("/roles/?standing=Sample&q=clerk", follow=True).content.decode()
    (address,) = re.findall(r'href="(/data/roles\.csv[^"]*)"', html)
    assert [row["slug"] for row in rows(get(unescape(address)))] == ["ward-clerk"]


def test_lines_are_the_json_of_each_role(get):
    found = [json.loads(line) for line in whole(get("/data/roles.jsonl")).decode().splitlines()]
    assert len(found) == Role.objects.public().count()
    for one in found:
        assert one == get(f"/roles/{one['slug']}.json").json()


def test_the_database_has_every_table_and_its_references_hold(get, tmp_path):
    path = tmp_path / "jobzone.sqlite"
    path.write_bytes(whole(get("/data/jobzone.sqlite")))
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as opened:
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        named = opened.execute('SELECT "from", "to" FROM pragma_foreign_key_list(?)', ["tasks"])
        assert named.fetchall() == [("role", "slug")], "Datasette wants both"
        names = {name for (name,) in opened.execute("SELECT name FROM sqlite_master") if name}
        assert {*ROLE_TABLES, "occupations", "occupation_figures", "data_dictionary"} <= names
        asked = "SELECT name, score FROM tasks JOIN roles ON role = slug WHERE published_score < 23"
        assert ("=1+1", 4) in opened.execute(asked).fetchall()
        described = opened.execute("SELECT count(*) FROM data_dictionary").fetchone()
        assert described == (len(list(lines())),)
    opened.close()


PARSED = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": str,
}


def test_files_are_as_their_package_says(get):
    """Each column in its order, each value of its type and within what it can be."""
    package = get("/data/datapackage.json").json()
    assert package["licenses"][0]["name"] == LICENCE.name
    for resource in package["resources"]:
        found = rows(get(resource["path"].removeprefix("http://testserver")))
        for row in found:
            assert list(row) == [field["name"] for field in resource["schema"]["fields"]]
            for field in resource["schema"]["fields"]:
                hold(field, row[field["name"]])


def hold(field, text):
    """A value against what its field says."""
    rules = field["constraints"]
    if text == "":
        assert not rules.get("required"), field
        return
    value = PARSED[field["type"]](text)
    assert "enum" not in rules or value in rules["enum"], (field, text)
    if "minimum" in rules:
        assert rules["minimum"] <= value <= rules["maximum"], (field, text)


def test_whoever_has_a_file_is_told_that_it_is_still_the_same(get):
    tag = get("/data/roles.csv")["ETag"]
    same = get("/data/roles.csv", headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert same["Access-Control-Allow-Origin"] == "*"
    with as_superuser():
        CatalogueVersion.objects.update_or_create(pk=1, defaults={"number": 1_000})
    assert get("/data/roles.csv", headers={"If-None-Match": tag}).status_code == 200


def test_few_files_are_made_at_a_time_so_that_pages_have_their_turn(get):
    for _ in range(views.AT_ONCE):
        views._making.acquire()
    try:
        response = get("/data/roles.csv")
    finally:
        for _ in range(views.AT_ONCE):
            views._making.release()
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert get("/data/roles.csv").status_code == 200


def test_memory_does_not_grow_with_the_roles(monkeypatch):
    """Made of roles that nothing holds on to, a few times as many take no more."""

    def peak(many: int) -> int:
        monkeypatch.setattr(files, "parts", lambda keys, _: map(made, keys))
        tracemalloc.start()
        with open("/dev/null", "wb") as nowhere:
            files.csv_file(TASKS, range(many), nowhere)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    def made(number: int) -> Part:
        task = SimpleNamespace(name="x", time=Decimal(100), score=1, mode="x", rationale="x" * 500)
        tasks = SimpleNamespace(all=lambda: [task])
        return Part(SimpleNamespace(slug="x"), SimpleNamespace(version=number, tasks=tasks), None)

    peak(10)
    assert peak(2_000) < 1.2 * peak(200)


def test_roles_are_read_a_few_at_a_time(monkeypatch):
    asked = []

    class Roles:
        def in_bulk(self, keys: Iterable[int]) -> dict:
            asked.append(len(keys))
            return {}

    index = SimpleNamespace(matched={})
    monkeypatch.setattr(selection.occupations, "current", lambda: index)
    assert list(selection.parts(range(2 * CHUNK + 1), Roles())) == []
    assert asked == [CHUNK, CHUNK, 1]


def test_every_column_is_said_once_and_in_words():
    for table in (*ROLE_TABLES.values(), OCCUPATIONS):
        names = [column.name for column in table.columns]
        assert len({*names}) == len(names)
        assert all(column.says.endswith((".", ")")) for column in table.columns), table.name


class TestThePage:
    """From what the page says, and nothing else, to a chart and to the same score."""

    @pytest.fixture
    def blocks(self, get):
        html = get("/data/").content.decode()
        found = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", html, re.DOTALL)
        return [unescape(text) for text in found]

    def test_it_leads_to_a_chart(self, get, blocks):
        """With the columns that the code for pandas names, read by what Python has."""
        code = blocks[0].partition("chart.figure")[0]
        address, *columns = re.findall(r'"([^"]+)"', code)
        found = rows(get(address.removeprefix("http://testserver")))
        assert columns == ["sector", "published_score"]
        assert all(row[name] for row in found if row["raw"] for name in columns)

    def test_pandas_draws_that_chart(self, get, blocks, tmp_path, monkeypatch):
        """The code itself: 100 MB of packages that nothing else here needs, so not everywhere."""
        pytest.importorskip("pandas")
        pytest.importorskip("matplotlib")
        monkeypatch.setenv("MPLBACKEND", "Agg")
        monkeypatch.chdir(tmp_path)
        (tmp_path / "roles.csv").write_bytes(whole(get("/data/roles.csv")))
        exec(blocks[0].replace("http://testserver/data/", ""), {})
        assert (tmp_path / "sectors.png").read_bytes().startswith(b"\x89PNG")

    def test_it_leads_to_the_same_score(self, get, blocks, tmp_path):
        for line in blocks[1].splitlines():
            program, *arguments = line.split()
            if program == "curl":
                path = arguments[-1].removeprefix("http://testserver")
                (tmp_path / path.rpartition("/")[2]).write_bytes(whole(get(path)))
            else:
                assert program == "python3"
                command = [sys.executable, "-S", *arguments]
                done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
                assert done.returncode == 0, done.stderr
        assert "published_score      22.4" in done.stdout
        assert done.stdout.endswith("The figures are those that the file states.\n")

    def test_it_says_how_to_cite_the_version_that_there_is(self, blocks):
        assert blocks[2].startswith("@misc{jobzone,")
        assert re.search(r"version = \{catalogue \d+\}", blocks[2])

    def test_every_file_that_it_names_is_there(self, get):
        html = get("/data/").content.decode()
        linked = set(re.findall(r'href="(/(?:data|occupations)/[^"]+)"', html))
        assert len(linked) >= 10
        assert {get(path).status_code for path in linked} == {200}

    def test_code_that_is_packed_twice_is_the_same(self):
        packed = files.scoring_zip()
        assert packed == files.scoring_zip()
        assert "scoring/README.md" in ZipFile(BytesIO(packed)).namelist()

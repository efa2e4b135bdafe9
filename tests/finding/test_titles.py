"""Titles that mean one job find it, however they are written, and find no other."""

import csv
import re
from time import perf_counter

import pytest

from roles.documents.parse import parse
from roles.finding.titles import Level, TitleEntry, Titles
from tests.reference import ROOT

OCCUPATIONS = ROOT / "fixtures/occupations.csv"
OTHER_TITLES = ROOT / "fixtures/occupation-titles.csv"


def role(title, *other_names, key=1, codes=()):
    return TitleEntry("role", key, title, other_names=other_names, codes=codes)


def occupation(title, *other_names, key=1, codes=()):
    return TitleEntry("occupation", key, title, other_names=other_names, codes=codes)


def found(query, *entries):
    return [hit.entry.title for hit in Titles(entries).find(query).hits]


class TestWriting:
    @pytest.mark.parametrize(
        ("query", "title"),
        [
            ("registered nurses", "Registered Nurse"),
            ("midwives", "Midwife"),
            ("secretary", "Secretaries and Clerks"),
            ("children’s nurse", "Childrens Nurse"),
            ("café manager", "Cafe Manager"),
            ("front-end developer", "Front End Developer"),
            ("frontend developer", "Front-End Developer"),
            ("book keeper", "Bookkeeper"),
            ("software engineer/developer", "Software Developer Engineer"),
            ("data center technician", "Data Centre Technician"),
            ("financial advisor", "Financial Adviser"),
            ("truck driver", "Lorry Driver"),
            ("laborer", "Labourer"),
            ("anesthetist", "Anaesthetist"),
            ("counselor", "Counsellor"),
            ("postwoman", "Postman"),
            ("chairperson", "Chairman"),
            ("c++ developer", "C++ Developer"),
            ("r & d manager", "R&D Manager"),
            ("research and development manager", "R&D Manager"),
            ("I.T. technician", "IT Technician"),
            ("information technology technician", "IT Technician"),
            ("HGVs", "HGV"),
            ("lab technician", "Laboratory Technician"),
            ("CDI", "Clinical Documentation Improvement Specialist"),
            ("-nurse", "Nurse"),
            ('"nurse', "Nurse"),
            ("nurse nurse", "Nurse"),
            ("I am a nurse", "Nurse"),
        ],
    )
    def test_does_not_count(self, query, title):
        assert found(query, role(title)) == [title]

    @pytest.mark.parametrize(
        ("query", "title"),
        [
            ("C++ developer", "C# Developer"),
            (".NET developer", "Net Maker"),
            ("it technician", "Pharmacy Technician"),
            ("programmer", "Programme Manager"),
            ("nurse manager", "Nurse"),
            ("pro", "Programmer Assistant Pro Tem"),
        ],
    )
    def test_counts_where_it_makes_another_job(self, query, title):
        answer = Titles([role(title)]).find(query)
        assert [hit.entry.title for hit in answer.hits if not answer.instead] == (
            [title] if query == "pro" else []
        )

    @pytest.mark.parametrize("query", ["", " ", "%", "_", "🙂", "&|!<->", "עברית", "the of and"])
    def test_of_nothing_finds_nothing(self, query):
        assert found(query, role("Nurse")) == []


class TestOrder:
    def test_is_by_how_much_of_a_name_the_words_are(self):
        names = ["Nurse", "Staff Nurse", "Nurse Assistant"]
        assert found("nurse", *(role(name, key=n) for n, name in enumerate(names))) == names

    def test_puts_an_exact_occupation_before_a_role_that_shares_a_word(self):
        entries = role("Bank Manager"), occupation("Managers")
        assert found("manager", *entries) == ["Managers", "Bank Manager"]

    def test_puts_roles_first_among_equals(self):
        assert found("nurse", occupation("Nurses"), role("Nurse")) == ["Nurse", "Nurses"]

    def test_puts_the_title_before_another_name(self):
        entries = role("Hairdresser", "Barber"), occupation("Barbers")
        assert found("barber", *entries) == ["Barbers", "Hairdresser"]

    def test_takes_each_of_several_jobs_in_a_title_for_a_name(self):
        entries = occupation("Butchers and Meat Cutters"), occupation("Shop Butchers", key=2)
        assert found("butcher", *entries)[0] == "Butchers and Meat Cutters"
        title = "Farmworkers, Crop, Nursery, and Greenhouse"
        assert Titles([occupation(title)]).find("nursery").hits[0].rank[1] == Level.PHRASE

    def test_puts_what_has_the_word_before_what_begins_with_it(self):
        entries = role("Artist"), role("Art Teacher", key=2)
        assert found("art", *entries) == ["Art Teacher", "Artist"]

    def test_only_the_last_word_can_be_unfinished(self):
        assert found("clinical cod", role("Clinical Coder")) == ["Clinical Coder"]
        assert found("clin coder", role("Clinical Coder")) == []

    def test_a_job_is_found_once_by_its_best_name(self):
        hits = Titles([role("Staff Nurse", "Nurse", "Ward Nurse")]).find("nurse").hits
        assert [hit.name for hit in hits] == ["Nurse"]

    def test_says_no_name_where_the_title_shows_it(self):
        assert Titles([role("Nurse (NHS)", "Adult Nurse")]).find("nurse").hits[0].name == ""

    def test_takes_no_two_names_together(self):
        assert found("dog manager", role("Carer", "Dog Walker", "Kennel Manager")) == []


class TestCodes:
    CODER = role("Coder", codes=("SOC 2018 29-2072", "ISCO-08 3252"))
    SPECIALISTS = occupation("Specialists", codes=("O*NET-SOC 29-2072.00",))

    @pytest.mark.parametrize("query", ["29-2072", "292072", "soc 29-2072", "SOC 2018 29-2072"])
    def test_are_found_with_and_without_their_system(self, query):
        assert found(query, self.CODER) == ["Coder"]

    def test_find_roles_and_occupations(self):
        assert found("29-2072.00", self.SPECIALISTS, self.CODER) == ["Coder", "Specialists"]

    def test_are_of_the_system_that_is_named(self):
        assert found("isco 3252", self.CODER) == ["Coder"]
        assert found("isco-08 29-2072", self.CODER) == []

    def test_that_are_the_closest_come_after_those_that_are_exact(self):
        closest = role("Clerk", codes=("SOC 2018 (closest) 29-2072",), key=2)
        assert found("29-2072", closest, self.CODER) == ["Coder", "Clerk"]

    def test_say_so(self):
        (hit,) = Titles([self.CODER]).find("3252").hits
        assert (hit.name, hit.is_code) == ("ISCO-08 3252", True)


class TestCorrection:
    ENTRIES = (
        role("Clinical Coder"),
        role("Electrician", key=2),
        role("Writer", key=3),
        occupation("Waiters and Waitresses", "solder operator"),
    )

    @pytest.mark.parametrize(
        ("query", "instead"),
        [
            ("clinicl coder", "clinical coder"),
            ("clincial coder", "clinical coder"),
            ("electrition", "electrician"),
            ("senior electrician", "electrician"),
            ("python writer", "writer"),
            ("junior clinicl coder", "clinical coder"),
        ],
    )
    def test_is_close_and_said(self, query, instead):
        answer = Titles(self.ENTRIES).find(query)
        assert answer.instead == instead
        assert answer.hits

    @pytest.mark.parametrize("query", ["waiter", "waitress", "writer", "electric", "clinical cod"])
    def test_leaves_a_word_that_is_known(self, query):
        assert Titles(self.ENTRIES).find(query).instead == ""

    @pytest.mark.parametrize("query", ["cleaner", "soldier", "elektrishun", "wrtr", "cooler"])
    def test_is_not_made_of_another_word(self, query):
        answer = Titles([*self.ENTRIES, role("Center")]).find(query)
        assert answer.hits == []

    def test_leaves_a_known_word_where_another_would_give_an_answer(self):
        assert found("book waiter", role("Waiter"), role("Book Writer", key=2)) == []

    def test_finds_nothing_rather_than_some_of_the_words(self):
        assert found("clinical electrician", *self.ENTRIES) == []


class TestNearest:
    def test_shares_the_last_word_first(self):
        titles = Titles([role("Zoo Nurse"), role("Children Carer", key=2), role("Plumber", key=3)])
        nearest = [entry.title for entry in titles.nearest("children nurse")]
        assert nearest == ["Zoo Nurse", "Children Carer"]

    def test_is_nothing_where_nothing_is_alike(self):
        assert Titles([role("Plumber")]).nearest("zymurgist") == []


def everything():
    """Our roles, and every occupation with what people call it."""
    for key, path in enumerate(sorted((ROOT / "fixtures/assessments").glob("*.md"))):
        who = parse(path.read_bytes()).document.identity
        codes = tuple(f"{code.system} {code.code}" for code in who.codes)
        yield role(who.title, *who.aliases, key=key, codes=codes)
    other = {}
    with OTHER_TITLES.open() as lines:
        for line in csv.DictReader(lines):
            other.setdefault(line["onet_soc_code"], []).append(line["title"])
    with OCCUPATIONS.open() as lines:
        for key, line in enumerate(csv.DictReader(lines)):
            names = other.get(line["code"], ())
            codes = (f"O*NET-SOC {line['code']}",)
            yield occupation(line["title"], *names, key=key, codes=codes)


@pytest.fixture(scope="module")
def titles():
    return Titles(everything())


@pytest.fixture(scope="module")
def cases():
    """What people type, and what the title of the first result has to match."""
    with (ROOT / "tests/finding/job-titles.csv").open() as lines:
        return [tuple(line.values()) for line in csv.DictReader(lines)]


class TestEverydayTitles:
    def test_find_the_right_job_first(self, titles, cases):
        wrong = []
        for typed, expected in cases:
            hits = titles.find(typed).hits
            if not hits or not re.search(expected, hits[0].entry.title, re.IGNORECASE):
                wrong.append(typed)
        assert len(wrong) <= 4, wrong

    def test_never_find_only_wrong_jobs(self, titles, cases):
        for typed, expected in cases:
            hits = titles.find(typed).hits
            right = [hit for hit in hits if re.search(expected, hit.entry.title, re.IGNORECASE)]
            assert right or not hits, typed

    def test_are_found_while_one_types(self, titles, cases):
        """Far below what a page may take."""
        times = []
        for typed, _ in cases:
            for end in range(1, len(typed) + 1):
                start = perf_counter()
                titles.find(typed[:end])
                times.append(perf_counter() - start)
        assert sorted(times)[int(len(times) * 0.95)] < 0.03


def test_every_occupation_is_found_by_title_code_and_every_other_name(titles):
    """First among occupations, or beside others of that name."""
    lost = []
    for entry in (entry for entry in titles.entries if entry.kind == "occupation"):
        for name in (entry.title, *entry.codes, *entry.other_names):
            hits = [hit for hit in titles.find(name).hits if hit.entry.kind == "occupation"]
            first = [hit for hit in hits if hit.rank[:2] == hits[0].rank[:2]]
            if entry not in [hit.entry for hit in first]:
                lost.append((name, entry.title))
    assert lost == []

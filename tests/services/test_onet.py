"""Drafting from the O*NET database, on small files in the layout of a release."""

import zipfile
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from roles.models import Assessment, Role
from roles.services.onet import whole_percents
from scoring.inputs import problems
from tests.factories import published

CODE = "29-2072.00"
FILES = {
    "Occupation Data.txt": [
        "O*NET-SOC Code\tTitle\tDescription",
        f"{CODE}\tMedical Records Keepers\tKeep records in order.",
        "31-9094.00\tMedical Scribes\tWrite.",
    ],
    "Task Statements.txt": [
        "O*NET-SOC Code\tTask ID\tTask\tTask Type",
        f"{CODE}\t1\tFile the records.\tCore",
        f"{CODE}\t2\tRelease records to those who may have them.\tCore",
        f"{CODE}\t3\tDo what nobody rated.\tSupplemental",
        "31-9094.00\t4\tWrite.\tCore",
    ],
    "Task Ratings.txt": [
        "O*NET-SOC Code\tTask ID\tScale ID\tCategory\tData Value\tRecommend Suppress",
        f"{CODE}\t1\tIM\tn/a\t4.00\tN",
        f"{CODE}\t1\tFT\t4\t100.00\tN",
        f"{CODE}\t2\tIM\tn/a\t2.00\tN",
        f"{CODE}\t2\tFT\t2\t100.00\tN",
        f"{CODE}\t2\tFT\t7\t99.00\tY",
    ],
    "Alternate Titles.txt": [
        "O*NET-SOC Code\tAlternate Title\tShort Title",
        f"{CODE}\tChart Keeper\tn/a",
    ],
    "Related Occupations.txt": [
        "O*NET-SOC Code\tRelated O*NET-SOC Code\tIndex",
        f"{CODE}\t31-9094.00\t1",
        f"{CODE}\t99-9999.00\t2",
    ],
}


@pytest.fixture
def release(tmp_path):
    folder = tmp_path / "db_30_0_text"
    folder.mkdir()
    for name, lines in FILES.items():
        (folder / name).write_text("\n".join(lines) + "\n")
    return folder


def draft(folder, code=CODE):
    call_command("draft_from_onet", str(folder), "--code", code, verbosity=0)
    return Assessment.objects.get()


@pytest.mark.django_db
class TestDraft:
    def test_takes_title_aliases_code_description_and_relations(self, release):
        assessment = draft(release)
        role = assessment.role
        assert role.title == "Medical Records Keepers"
        assert [alias.title for alias in role.aliases.all()] == ["Chart Keeper"]
        assert [str(code) for code in role.codes.all()] == [f"O*NET-SOC {CODE}"]
        assert assessment.primary_function == "Keep records in order."
        assert [r.role.title for r in assessment.relations.all()] == ["Medical Scribes"]

    def test_proposes_shares_by_importance_and_the_root_of_frequency(self, release):
        """4 x sqrt(52) against 2 x sqrt(1) is 93.5 % to 6.5 %."""
        tasks = [(task.name, task.time) for task in draft(release).tasks.all()]
        assert tasks == [
            ("File the records", Decimal(94)),
            ("Release records to those who may have them", Decimal(6)),
        ]

    def test_scores_nothing_and_cannot_be_published(self, release):
        assessment = draft(release)
        assert {task.score for task in assessment.tasks.all()} == {None}
        assert assessment.published_score is None
        assert "tasks, task 1, score: is missing; expected a whole number from 1 to 5" in [
            str(problem) for problem in problems(assessment.inputs())
        ]

    def test_says_what_the_licence_asks_for(self, release):
        notes = draft(release).further_notes
        assert "O*NET 30.0 Database" in notes
        assert "CC BY 4.0" in notes

    def test_leaves_an_open_draft_alone(self, release):
        draft(release)
        with pytest.raises(CommandError, match="has an open draft"):
            call_command("draft_from_onet", str(release), "--code", CODE)
        assert Assessment.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("Task Ratings.txt", "4.00", "many", r"line 2, Data Value: is 'many'; expected a number"),
        ("Task Ratings.txt", "\t4\t100", "\t9\t100", r"line 3, Category: is '9'; expected 1 to 7"),
        ("Task Statements.txt", "Task ID\t", "Number\t", "lacks the column Task ID"),
        ("Task Statements.txt", "\t1\tFile the records.\tCore", "\t1", "line 2: ends before"),
        ("Task Statements.txt", "File", "<b>File</b>", "contains markup"),
        ("Occupation Data.txt", CODE, "11-1111.00", f"has no occupation {CODE}"),
    ],
)
def test_a_malformed_file_is_named_and_nothing_is_saved(release, file, old, new, message):
    path = release / file
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(CommandError, match=message):
        draft(release)
    assert not Role.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("file", ["Occupation Data.txt", "Task Statements.txt"])
def test_a_missing_file_is_named_and_nothing_is_saved(release, file):
    (release / file).unlink()
    with pytest.raises(CommandError, match=file):
        draft(release)
    assert not Role.objects.exists()


@pytest.mark.django_db
def test_a_code_of_another_kind_is_refused(release):
    with pytest.raises(CommandError, match="no O\\*NET-SOC code"):
        draft(release, "2072")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "file", ["Task Ratings.txt", "Alternate Titles.txt", "Related Occupations.txt"]
)
def test_what_a_release_lacks_is_left_open(release, file):
    (release / file).unlink()
    assert draft(release).tasks.exists()


@pytest.mark.django_db
class TestRealReleases:
    """As a current release is: not rated everywhere, with sources of titles, in a zip."""

    def test_an_occupation_that_nobody_rated_has_no_times(self, release):
        (release / "Task Ratings.txt").write_text(FILES["Task Ratings.txt"][0] + "\n")
        tasks = draft(release).tasks.all()
        assert [(task.name, task.time) for task in tasks] == [
            ("File the records", None),
            ("Release records to those who may have them", None),
            ("Do what nobody rated", None),
        ]

    def test_what_few_do_weighs_little(self, release):
        add(release, "Task Ratings.txt", f"{CODE}\t1\tRT\tn/a\t10.00\tN")
        shares = [task.time for task in draft(release).tasks.all()]
        assert shares == [59, 41]  # 4 x sqrt(52) x 0.1 against 2

    def test_a_suppressed_category_leaves_the_others_their_weight(self, release):
        path = release / "Task Ratings.txt"
        path.write_text(
            path.read_text().replace(f"{CODE}\t1\tFT\t4\t100.00", f"{CODE}\t1\tFT\t4\t50.00")
        )
        add(release, "Task Ratings.txt", f"{CODE}\t1\tFT\t7\t50.00\tY")
        assert [task.time for task in draft(release).tasks.all()] == [94, 6]

    def test_aliases_are_the_reported_titles(self, release):
        path = release / "Alternate Titles.txt"
        path.write_text("O*NET-SOC Code\tAlternate Title\tSource(s)\n")
        titles = [f"{CODE}\tA{number:02}\t08" for number in range(20)]
        add(
            release,
            "Alternate Titles.txt",
            *titles,
            f"{CODE}\tReported\t02,08",
            f"{CODE}\tTwo\t04,06",
        )
        names = {alias.title for alias in draft(release).role.aliases.all()}
        assert {"Reported", "Two"} < names
        assert len(names) == 12

    def test_a_long_statement_stands_whole_in_the_rationale(self, release):
        long = "File " + "very " * 60 + "old records."
        path = release / "Task Statements.txt"
        path.write_text(path.read_text().replace("File the records.", long))
        task = draft(release).tasks.first()
        assert task.rationale == long
        assert len(task.name) <= 200

    @pytest.mark.parametrize("system", ["SOC 2018", "O*NET-SOC"])
    def test_a_role_that_has_the_code_is_named(self, release, system):
        role = published().role
        role.codes.create(system=system, code="29-2072")
        with pytest.raises(CommandError, match=r"Clinical Coder \(NHS\) \(/roles/clinical"):
            draft(release)

    def test_a_role_that_is_only_close_is_another(self, release):
        assert published().role.codes.get(code__startswith="29-").system == "SOC 2018 (closest)"
        call_command("draft_from_onet", str(release), "--code", "29-2072", verbosity=0)
        assert Role.objects.filter(title="Medical Records Keepers").exists()

    def test_a_zip_with_marks_of_byte_order(self, release, tmp_path):
        packed = tmp_path / "db_30_0_text.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for name, lines in FILES.items():
                archive.writestr(f"db_30_0_text/{name}", "\ufeff" + "\r\n".join(lines) + "\r\n")
        assert "O*NET 30.0 Database" in draft(packed).further_notes

    def test_excel_is_refused_in_a_line(self, release, tmp_path):
        with pytest.raises(CommandError, match="is no text release; expected the folder or zip"):
            draft(tmp_path / "db_30_0.xlsx")


def add(release, file, *lines):
    with (release / file).open("a") as stream:
        stream.writelines(f"{line}\n" for line in lines)


@given(st.lists(st.decimals("0.1", 1000, places=1), min_size=1, max_size=9))
def test_proposed_shares_sum_to_the_whole_time(weights):
    assert sum(whole_percents(weights)) == 100

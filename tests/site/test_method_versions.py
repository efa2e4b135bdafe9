"""A second version of the method: nothing that explains a score takes a constant of another."""

import re
from dataclasses import fields, replace
from decimal import Decimal

import pytest
from django.test import Client

from roles.documents.fields import EMPTY, FIELDS, Identity, ItemRow, Kind, TaskRow
from roles.documents.parse import parse
from roles.documents.report import report_on
from roles.models import Assessment, Role
from roles.services.import_document import import_document
from scoring.dimensions import DIMENSION_GROUPS, Mode
from scoring.figures import score
from scoring.method import CURRENT, METHODS
from tests.factories import published
from tests.reading.test_role import text_of
from tests.reference import CLINICAL_CODER, SECOND

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def second_version(monkeypatch):
    monkeypatch.setitem(METHODS, SECOND.version, SECOND)


def document(title: str = "Archivist", method=SECOND, **changes):
    """The inputs of the reference and texts without a digit, under a version of the method."""
    texts = {
        name: "Words." for name, field in FIELDS.items() if field.kind in (Kind.LINE, Kind.PROSE)
    }
    texts |= {"adjustment_reason": "", "override_reason": "", **changes}
    items = {
        group.name: tuple(
            ItemRow(dimension, points, "Words.")
            for dimension, points in CLINICAL_CODER.scores_of(group).items()
        )
        for group in DIMENSION_GROUPS
    }
    return replace(
        EMPTY,
        identity=Identity(title=title, seniority="Mid-Level", sector="Records"),
        method_version=method.version,
        tasks=tuple(
            TaskRow(f"Task {letter}", time, points, Mode.AUGMENTATION, "Words.")
            for letter, time, points in (
                ("A", Decimal(60), 3),
                ("B", Decimal(30), 2),
                ("C", Decimal(10), 4),
            )
        ),
        growth=-1,
        outlook_year=2030,
        survival_strategy=("Words.",),
        **texts,
        **items,
    )


def constants(method) -> set[str]:
    """The constants of a method as they would be written, but for its version."""
    values = (getattr(method, field.name) for field in fields(method))
    return {str(value) for value in values if isinstance(value, Decimal)}


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def get(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("path", ["", "versions/1/", "versions/1.md"])
def test_a_page_or_download_of_a_role_has_the_constants_of_its_own_version_only(path):
    import_document(document(), publishing=True)
    html = get(f"/roles/archivist/{path}")
    main = re.sub(r"(?s).*<main[^>]*>|</main>.*", "", html)
    shown = numbers(re.sub(r"<[^>]+>", " ", main))
    assert shown & (constants(CURRENT) - constants(SECOND)) == set()
    used = ("resistance_ceiling", "evidence_weight", "barrier_weight", "growth_weight")
    used += ("raw_floor", "raw_span")
    assert {str(getattr(SECOND, name)) for name in used} <= shown


def test_the_drawings_of_a_role_stand_at_the_boundaries_of_its_own_version():
    import_document(document(), publishing=True)
    for path in ("/roles/archivist/", "/roles/archivist/history/"):
        # The picture of the tasks has lines of its own, which stand for the scores of tasks.
        html = re.sub(r'<line class="grid"[^>]*>', "", get(path))
        places = set(re.findall(r'\b(?:x|x1|width|y1)="(\d+(?:\.\d+)?)%?"', html))
        assert places & {"25", "48", "52", "75"} == set(), path


def test_its_zone_and_sub_label_are_those_of_its_own_version():
    assessment = import_document(
        document(override=Decimal("24.0"), override_reason="x"), publishing=True
    ).assessment
    assert (assessment.published_score, assessment.zone) == (Decimal("24.0"), "Yellow")
    role = Role.objects.get(slug="archivist")
    assert (role.zone, role.boundary_distance) == ("Yellow", Decimal("1.0"))
    assert "1.0 points clear of Red" in text_of(Client().get("/roles/archivist/"))


def test_a_large_adjustment_is_one_by_its_own_version():
    import_document(
        document(adjusted_task_resistance=Decimal("3.90"), adjustment_reason="x"), publishing=True
    )
    words = text_of(Client().get("/roles/archivist/"))
    assert "the resistance of the tasks by hand" in words


def test_a_document_carries_its_version_out_and_in_and_all_that_it_states_reproduces():
    import_document(document(), publishing=True)
    text = get("/roles/archivist/versions/1.md")
    assert "| Method Version | 2.0-test |" in text
    read = report_on(parse(text.encode()))
    assert read.parsed.problems == []
    assert read.parsed.document.method is SECOND
    assert read.claims
    assert read.unreproduced == []
    assert read.scored == score(read.parsed.document.inputs(), SECOND)


def test_a_document_with_the_sums_of_another_version_is_refused_by_line_and_sum():
    import_document(document(), publishing=True)
    text = get("/roles/archivist/versions/1.md")
    problems = parse(text.replace("2.0-test", "1.0").encode()).problems
    assert "expected '1.0 + (… x 0.04) = …'" in " ".join(str(problem) for problem in problems)


def test_a_version_that_nobody_knows_is_refused():
    import_document(document(), publishing=True)
    text = get("/roles/archivist/versions/1.md").replace("2.0-test", "9.9")
    (problem, *_) = parse(text.encode()).problems
    assert str(problem) == "Method Version: is '9.9'; expected one of 1.0, 2.0-test"


def test_history_scores_each_version_by_its_own_method():
    import_document(document(method=CURRENT), publishing=True)
    import_document(document(), publishing=True)
    first, second = Assessment.objects.order_by("version")
    before, after = score(first.inputs(), CURRENT), score(second.inputs(), SECOND)
    assert (first.published_score, second.published_score) == (
        before.published_score,
        after.published_score,
    )
    words = text_of(Client().get("/roles/archivist/history/?from=1&to=2"))
    assert f"Published score {before.published_score} {after.published_score}" in words
    assert "Evidence modifier 0.96 0.97" in words
    assert "Method Version" in words


def test_a_gap_between_versions_names_the_version_and_not_an_override():
    import_document(document(method=CURRENT), publishing=True)
    import_document(document("Registrar"), publishing=True)
    html = get("/compare/?role=archivist&role=registrar")
    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "Version of the method 1.0 2.0-test" in words
    steps = re.search(r"Where the gaps come from(.*?)Row by row", words)[1]
    assert "version of the method" in steps
    assert "override" not in steps.partition("Each factor")[0]


def test_a_cited_score_is_read_by_the_version_of_the_document_that_cites_it():
    citing = document(not_this_role="NOT a Porter (carries -- scored 24.0).")
    import_document(citing, publishing=True)
    porter = Role.objects.get(slug="porter")
    assert (porter.zone, porter.method) == ("Yellow", SECOND)
    html = get("/roles/porter/")
    assert "Yellow from 23" in " ".join(html.split())


def test_what_the_reference_states_is_still_held_against_the_first_version():
    published()
    words = text_of(Client().get("/roles/clinical-coder-nhs/"))
    assert "1 + 0.04 × −1" in words
    assert "1 of " in words

"""Each rule of the editorial guide, broken on purpose."""

from dataclasses import replace
from datetime import date

import pytest

from roles.documents.audit import audit, grounds_in_words
from roles.documents.fields import CodeRow, RelatedRow, SourceRow
from roles.documents.parse import parse
from roles.vocabulary import RelationKind
from scoring.dimensions import Mode
from tests.reference import CONTENT

TODAY = date(2026, 11, 24)


def library(*titles):
    files = {"coder": "data-entry-clerk", "plumber": "plumber", "chef": "chef"}
    return [
        parse((CONTENT.parent / f"{files[title]}.md").read_bytes()).document for title in titles
    ]


def found(*documents, today=TODAY):
    return [str(finding) for finding in audit(documents, today)]


def without_relations(document):
    return replace(document, not_this_role="", related=())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"timeline": ""}, "Plumber: Timeline: is missing"),
        ({"survival_strategy": ()}, "Plumber: Survival strategy: is missing"),
        ({"assessed_on": date(2024, 1, 1)}, "Assessed On: 2024-01-01 is more than 730 days ago"),
    ],
)
def test_a_missing_or_stale_part(changes, message):
    (plumber,) = library("plumber")
    assert any(message in finding for finding in found(replace(plumber, **changes)))


def test_too_few_tasks():
    (plumber,) = library("plumber")
    few = replace(plumber, tasks=plumber.tasks[:2])
    assert any("has 2 tasks; expected 5 to 9" in finding for finding in found(few))


def with_wages(document, text, score=0, sources=()):
    """The document with this cell of wage trends, and these sources alone."""
    rows = tuple(
        replace(row, rationale=text, score=score) if row.dimension == "Wage Trends" else row
        for row in document.evidence
    )
    return replace(document, evidence=rows, sources=sources)


def about_wages(document, *changes, **more):
    said = found(with_wages(document, *changes, **more))
    return [finding.partition("Wage Trends: ")[2] for finding in said if "Wage Trends" in finding]


def source(publisher="ONS, 2025", url="https://example.org/wages/2025", seen=""):
    return SourceRow("Wage Trends", "A survey", publisher, url, seen)


class TestACellOfEvidence:
    """It rests on a source, on published figures or on judgement, and says no more than that."""

    @pytest.mark.parametrize(
        ("text", "score", "message"),
        [
            ("Rates rise.", 1, "has no source; name one, or begin with “Judgement:”"),
            ("Judgment: rates rise.", 1, "has no source; name one, or begin with “Judgement:”"),
            ("Judgement: rates rise.", 2, "judgement cannot give +2"),
            ("Judgement: rates rose by 12 %.", 1, "the number 12 has no source"),
            ("Judgement: rates rose by a third.", 1, "the number third has no source"),
            ("Judgement: hundreds earn more.", 1, "the number hundreds has no source"),
        ],
    )
    def test_of_judgement_that_claims_more(self, text, score, message):
        (plumber,) = library("plumber")
        said, *_ = about_wages(plumber, text, score)
        assert said.startswith(message)

    @pytest.mark.parametrize("text", ["Judgement: ICD-10 is known.", "Judgement: rates rise."])
    def test_of_judgement_that_says_so(self, text):
        (plumber,) = library("plumber")
        assert about_wages(plumber, text, -1) == []

    def test_may_say_anything_with_a_source(self):
        (plumber,) = library("plumber")
        assert about_wages(plumber, "Rates rose by 12 %.", 2, sources=(source(),)) == []

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("The published figures for SOC 43-3071 give $43,030 in May 2025.", []),
            (
                "The published figures for SOC 43-3071 give $43,031 in May 2025.",
                ["43,031 is not among the published figures for SOC 43-3071"],
            ),
            (
                "The published figures for SOC 99-9999 fall.",
                ["no figures are published for SOC 99-9999"],
            ),
        ],
    )
    def test_that_quotes_published_figures(self, text, said):
        (plumber,) = library("plumber")
        assert about_wages(plumber, text) == said

    def test_is_counted_by_what_it_rests_on(self):
        (plumber,) = library("plumber")
        text = "The published figures for SOC 43-3071 give $43,030 in May 2025."
        said = grounds_in_words(with_wages(plumber, text, sources=(source(),)))
        assert said == (
            "Plumber: of 5 cells of evidence "
            "1 sourced, 0 on published figures, 4 judgement (20 % with a source)"
        )


@pytest.mark.parametrize(
    ("unfit", "message"),
    [
        (source(publisher="ONS"), "“A survey” has no year"),
        (source(seen="2025"), "“2025” is no day on which the page was opened"),
        (source(url="https://example.org/"), "https://example.org/ is a home or landing page"),
        (source(url="https://example.org/research"), "is a home or landing page"),
    ],
)
def test_a_source_that_cannot_be_looked_up(unfit, message):
    (plumber,) = library("plumber")
    assert any(message in f for f in found(replace(plumber, sources=(unfit,))))


@pytest.mark.parametrize(
    ("mode", "score"),
    [(Mode.NOT_INVOLVED, 2), (Mode.AUGMENTATION, 1), (Mode.DISPLACEMENT, 2)],
)
def test_a_task_whose_mode_does_not_fit_its_score(mode, score):
    (plumber,) = library("plumber")
    tasks = (replace(plumber.tasks[0], mode=mode, score=score), *plumber.tasks[1:])
    message = f"{mode.lower()} does not fit a score of {score}"
    assert any(message in finding for finding in found(replace(plumber, tasks=tasks)))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"aliases": ("Fitter", "Gasman")}, "Also Known As: names 2; expected at least 3"),
        ({"codes": (CodeRow("ISCO-08", "7127"),)}, None),
        ({"codes": (CodeRow("ISCO-08", "7128"),)}, "ISCO-08 has no 7128"),
        ({"codes": (CodeRow("SOC 2018 (closest)", "47-2153"),)}, "SOC 2018 has no 47-2153"),
        ({"codes": (CodeRow("UK SOC 2020", "53150"),)}, "UK SOC 2020 has no 53150"),
        ({"codes": (CodeRow("O*NET-SOC 2019", "15-1211.01"),)}, None),
        ({"codes": (CodeRow("O*NET-SOC 2019", "15-1211.09"),)}, "O*NET-SOC 2019 has no 15-1211.09"),
    ],
)
def test_what_a_role_is_called(changes, message):
    (plumber,) = library("plumber")
    said = found(replace(plumber, identity=replace(plumber.identity, **changes)))
    assert any(message in f for f in said) if message else not any("has no" in f for f in said)


def test_a_summary_that_is_too_long():
    (plumber,) = library("plumber")
    long = replace(plumber, primary_function="Mends " + "and mends " * 10 + "pipes. Rests.")
    assert any("opens with 22 words; the first sentence stays under 20" in f for f in found(long))


@pytest.mark.parametrize(
    ("country", "text", "word"),
    [
        ("United States", "The centre was organised by a Data Centre Technician.", "centre"),
        ("United States", "The centre was organised by a Data Centre Technician.", "organised"),
        ("United States", "It ended. Recognising it is hard.", "recognising"),
        ("United Kingdom", "The center was organized in a laboratory.", "center"),
        ("United Kingdom", "The center was organized in a laboratory.", "organized"),
    ],
)
def test_the_spelling_of_another_country(country, text, word):
    (plumber,) = library("plumber")
    abroad = replace(
        plumber, identity=replace(plumber.identity, country=country), timeline=text, sources=()
    )
    said = [finding for finding in found(abroad) if "Timeline" in finding]
    assert f"Plumber: Timeline: “{word}” is not spelt so in {country}" in said
    assert len(said) == 1 + ("organi" in text)


def test_a_relation_in_one_direction():
    plumber, chef = map(without_relations, library("plumber", "chef"))
    plumber = replace(plumber, related=(RelatedRow("Chef", RelationKind.ADJACENT, "hot"),))
    assert "Chef: Related Roles: does not name Plumber, which names it" in found(plumber, chef)
    assert "Plumber: Related Roles: names 1 roles; expected at least 2" in found(plumber, chef)


def test_a_red_role_without_a_safer_move():
    clerk, plumber = library("coder", "plumber")
    alone = without_relations(clerk)
    message = "Data Entry Clerk: Related Roles: leads to no safer role within two steps"
    assert message in found(alone, plumber)
    move = (RelatedRow("Plumber", RelationKind.CAREER_MOVE, "a trade"),)
    assert message not in found(replace(alone, related=move), plumber)


def test_a_phrase_that_another_document_has():
    plumber, chef = library("plumber", "chef")
    copied = replace(chef, timeline=plumber.timeline)
    assert any("Timeline: shares “quotes and diagnosis within" in f for f in found(plumber, copied))


def test_a_text_far_harder_to_read_than_the_others():
    plumber, chef, clerk = library("plumber", "chef", "coder")
    hard = "notwithstanding institutional considerations regarding multidimensional " * 200
    heavy = replace(chef, score_vs_reality=hard)
    assert any(f.startswith("Chef: reading level") for f in found(plumber, heavy, clerk))

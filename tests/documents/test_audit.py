"""Each rule of the editorial guide, broken on purpose."""

from dataclasses import replace
from datetime import date

import pytest

from roles.documents.audit import audit
from roles.documents.fields import RelatedRow
from roles.documents.parse import parse
from roles.vocabulary import RelationKind
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


def test_a_number_without_a_source_unless_there_is_one():
    (plumber,) = library("plumber")
    wages = replace(plumber.evidence[2], rationale="Rates rose by 12 % in a year.")
    evidence = (*plumber.evidence[:2], wages, *plumber.evidence[3:])
    numbered = replace(plumber, evidence=evidence)
    assert any("Wage Trends: the number 12 has no source" in f for f in found(numbered))
    source = replace(plumber.sources[0], dimension="Wage Trends")
    assert not any("no source" in f for f in found(replace(numbered, sources=(source,))))


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

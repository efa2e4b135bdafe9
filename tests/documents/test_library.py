"""The content that is shipped: complete, in every corner of the method, and ours sentence by
sentence.
"""

import re
from collections import Counter
from datetime import date
from functools import cache

import pytest

from roles.documents.audit import audit
from roles.documents.parse import parse
from roles.documents.precedents import beside_precedents, precedents, scores
from roles.documents.render import render
from scoring.figures import score
from scoring.zones import SubLabel
from tests.reference import CONTENT

GUIDE = (CONTENT.parents[2] / "docs" / "editorial-guide.md").read_text(encoding="utf-8")
FILES = sorted(CONTENT.parent.glob("*.md"))


@cache
def library():
    """The content, read when the first test of a process needs it."""
    return [parse(file.read_bytes()).document for file in FILES]


def test_nothing_breaks_the_editorial_guide():
    assert audit(library(), date(2026, 11, 24)) == []


def test_every_sub_label_and_many_sectors_are_occupied():
    labels = Counter(score(document.inputs()).sub_label for document in library())
    assert len(library()) >= 40
    assert min(labels[label] for label in SubLabel) >= 3
    assert len({document.identity.sector for document in library()}) >= 10
    countries = {document.identity.country for document in library()}
    assert countries == {"United Kingdom", "United States"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_document_survives_export_and_import_unchanged(file):
    document = parse(file.read_bytes()).document
    assert parse(render(document).encode()).document == document


@pytest.mark.parametrize(
    ("title", "published", "formula"),
    [
        ("Health Information Technologist", "20.9", "20.1"),
        ("Clinical Documentation Improvement Specialist", "34.8", "33.0"),
    ],
)
def test_the_neighbours_keep_their_cited_scores(title, published, formula):
    (document,) = [found for found in library() if found.identity.title == title]
    scored = score(document.inputs())
    assert (str(scored.published_score), str(scored.formula_score)) == (published, formula)
    assert "cited" in document.override_reason
    assert "reconstructed" in document.override_reason


def test_the_examples_of_the_precedents_have_the_scores_that_they_stand_for():
    by_title = {document.identity.title: scores(document) for document in library()}
    listed = precedents(GUIDE)
    assert len(listed) == 5 * 5 + 5 * 3 + 5
    for precedent in listed:
        for title in precedent.examples:
            assert by_title[title][precedent.dimension] == precedent.score, (title, precedent)


def test_every_score_stands_beside_its_precedent():
    report = list(beside_precedents(GUIDE, library()))
    assert len(report) == 45 + len(library()) * 11
    assert any(line.startswith("Wage Trends 0: a national scale") for line in report)


def test_a_document_begun_from_the_guide_passes_but_for_its_relations():
    skeleton = re.search(r"```markdown\n(.*?)```", GUIDE, re.S)[1]
    parsed = parse(skeleton.encode())
    assert parsed.problems == []
    found = audit([*library(), parsed.document], date(2026, 11, 26))
    assert all("does not name Warehouse Picker" in finding.message for finding in found)

"""The content that is shipped: complete, in every corner of the method, and ours sentence by
sentence.
"""

from collections import Counter
from datetime import date

import pytest

from roles.documents.audit import audit
from roles.documents.parse import parse
from roles.documents.render import render
from scoring.figures import score
from scoring.zones import SubLabel
from tests.reference import CONTENT

FILES = sorted(CONTENT.parent.glob("*.md"))
DOCUMENTS = [parse(file.read_bytes()).document for file in FILES]


def test_nothing_breaks_the_editorial_guide():
    assert audit(DOCUMENTS, date(2026, 11, 24)) == []


def test_every_sub_label_and_many_sectors_are_occupied():
    labels = Counter(score(document.inputs()).sub_label for document in DOCUMENTS)
    assert len(DOCUMENTS) >= 40
    assert min(labels[label] for label in SubLabel) >= 3
    assert len({document.identity.sector for document in DOCUMENTS}) >= 10
    countries = {document.identity.country for document in DOCUMENTS}
    assert countries == {"United Kingdom", "United States"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_document_survives_export_and_import_unchanged(file):
    document = parse(file.read_bytes()).document
    assert parse(render(document).encode()).document == document


@pytest.mark.parametrize(
    ("title", "published", "formula"),
    [
        ("Health Information Technologist", "20.9", "15.0"),
        ("Clinical Documentation Improvement Specialist", "34.8", "32.0"),
    ],
)
def test_the_neighbours_keep_their_cited_scores(title, published, formula):
    (document,) = [found for found in DOCUMENTS if found.identity.title == title]
    scored = score(document.inputs())
    assert (str(scored.published_score), str(scored.formula_score)) == (published, formula)
    assert "cited" in document.override_reason
    assert "reconstructed" in document.override_reason

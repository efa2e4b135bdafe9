from dataclasses import replace

import pytest
from hypothesis import given, settings

from roles.documents.blocks import canonical_prose, join_cells, split_cells
from roles.documents.parse import parse
from roles.documents.render import render
from roles.documents.statements import as_stated, complete_claims
from scoring.figures import score
from tests.documents import strategies
from tests.reference import CONTENT


@given(strategies.documents())
def test_what_is_exported_is_imported_unchanged(document):
    read = parse(render(document).encode())
    assert read.problems == []
    assert read.notes == []
    assert read.document == document


@given(strategies.documents())
def test_figures_that_are_not_claimed_are_exported_as_computed(document):
    inputs = document.inputs()
    unclaimed = replace(document, claims=())
    read = parse(render(unclaimed).encode()).document
    assert read is not None
    assert read.claims == complete_claims(unclaimed, score(inputs))


@settings(max_examples=25)
@given(strategies.unfinished())
def test_an_unfinished_draft_is_read_again(document):
    read = parse(render(document).encode())
    assert read.problems == []
    assert read.notes == []
    assert read.document == as_stated(document)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("| 20% | 4 | 0.80 |", "| 20% | 9 | 0.80 |", "is 9; expected a whole number from 1 to 5"),
        ("| 20% | 4 | 0.80 |", "| often | 4 | 0.80 |", "is 'often'; expected a percentage"),
        ("The role in 2028", "The role in future", "is no year"),
    ],
)
def test_what_an_unfinished_draft_has_is_held_to_the_method(old, new, says):
    document = replace(parse(CONTENT.read_bytes()).document, timeline="")
    text = render(document)
    assert old in text
    assert says in "; ".join(map(str, parse(text.replace(old, new).encode()).problems))


def test_only_a_document_that_says_so_may_be_unfinished():
    text = render(replace(parse(CONTENT.read_bytes()).document, timeline="", growth=None))
    says = "| Status | Unfinished draft |\n"
    assert says in text
    (growth, timeline) = parse(text.replace(says, "").encode()).problems
    assert "AI Growth Correlation: is missing; expected a score from -2 to 2" in str(growth)
    assert "Timeline: is missing" in str(timeline)


def test_our_content_survives_export_and_import():
    first = parse(CONTENT.read_bytes())
    again = parse(render(first.document).encode())
    assert again.document == first.document


@given(strategies.prose)
def test_canonical_prose_is_canonical(text):
    assert canonical_prose(text) == text


@given(strategies.st.lists(strategies.maybe_lines, min_size=2, max_size=5))
def test_cells_survive_being_joined(cells):
    assert split_cells(join_cells(cells)) == cells

from dataclasses import replace

from hypothesis import given

from roles.documents.blocks import canonical_prose, join_cells, split_cells
from roles.documents.parse import parse
from roles.documents.render import render
from roles.documents.statements import complete_claims
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

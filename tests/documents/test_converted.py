"""The library's documents after other tools have turned them to HTML and back."""

from pathlib import Path

import pytest

from roles.documents.parse import parse
from tests.reference import CONTENT

CONVERTED = Path(__file__).with_name("converted")
FILES = sorted(path for path in CONVERTED.glob("*.md") if path.name != "README.md")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_document_that_was_turned_to_html_and_back_is_unchanged(path):
    name = path.name.partition(".")[0]
    original = parse((CONTENT.parent / f"{name}.md").read_bytes())
    again = parse(path.read_bytes())
    assert again.problems == []
    assert again.notes == []
    assert again.document == original.document


def test_every_tool_is_there():
    assert len(FILES) == 3 * 7

"""Documents of the library after other tools have turned them to HTML and back."""

from pathlib import Path

import pytest

from roles.documents.parse import parse

CONVERTED = Path(__file__).with_name("converted")
ORIGINALS = sorted(CONVERTED.glob("*.original.md"))
FILES = sorted({*CONVERTED.glob("*.*.md")} - {*ORIGINALS})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_document_that_was_turned_to_html_and_back_is_unchanged(path):
    name = path.name.partition(".")[0]
    original = parse((CONVERTED / f"{name}.original.md").read_bytes())
    again = parse(path.read_bytes())
    assert again.problems == []
    assert again.notes == []
    assert again.document == original.document


def test_every_tool_is_there():
    assert len(ORIGINALS) == 3
    assert len(FILES) == len(ORIGINALS) * 7

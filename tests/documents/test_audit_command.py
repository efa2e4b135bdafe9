"""The command that audits documents, and what else it does with them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.reference import CONTENT

PLUMBER = CONTENT.parent / "plumber.md"


def audited(*arguments):
    output = StringIO()
    call_command("audit_content", *map(str, arguments), stdout=output)
    return output.getvalue()


def test_says_what_the_evidence_of_each_document_rests_on():
    said = audited(PLUMBER)
    assert "Plumber: of 5 cells of evidence 1 sourced" in said
    assert "All samples: of 5 cells of evidence 1 sourced" in said


def test_lists_scores_under_their_precedents():
    said = audited("--precedents", PLUMBER)
    assert "Physical Presence 2: the whole of it" in said
    assert "  Plumber: A leak is mended where it is." in said


def test_fills_in_the_computed_figures(tmp_path):
    document = tmp_path / "plumber.md"
    text = PLUMBER.read_text(encoding="utf-8")
    assert "| 1 | 0.35 |" in text
    document.write_text(text.replace("| 1 | 0.35 |", "| 1 | 0.99 |"), encoding="utf-8")
    audited("--fill", document)
    filled = document.read_text(encoding="utf-8")
    assert "| 1 | 0.35 |" in filled
    assert "0.99" not in filled


def test_fails_where_a_rule_is_broken(tmp_path):
    document = tmp_path / "plumber.md"
    text = PLUMBER.read_text(encoding="utf-8")
    document.write_text(text.replace("Judgement: an app", "An app"), encoding="utf-8")
    with pytest.raises(CommandError, match="1 findings in 1 documents"):
        audited(document)

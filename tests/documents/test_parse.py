"""The ways in which people write the same document, and what is found in it."""

import re
import textwrap
from decimal import Decimal

import pytest

from roles.documents.parse import parse
from roles.documents.report import report_on
from scoring.claims import GAP
from scoring.figures import Score
from tests.reference import CLINICAL_CODER, CONTENT, TABLE_7

TEXT = CONTENT.read_text()


def read(text):
    parsed = parse(text.encode())
    assert parsed.problems == []
    return parsed.document


def without_markdown(text):
    """No headings, no bold, no blank lines: every heading and paragraph on a line of its own."""
    text = re.sub(r"^# .*\n", "", text)
    text = re.sub(r"^#+ ", "", text, flags=re.M).replace("**", "")
    return re.sub(r"\n+", "\n", text)


def numbered(text):
    counter = iter(range(1, 100))
    return re.sub(r"^## ", lambda match: f"## {next(counter)}. ", text, flags=re.M)


def minus_as(text, sign):
    return re.sub(r"((?:\| |[(*]))-(?=\d)", rf"\1{sign}", text)


VARIANTS = {
    "no Markdown": without_markdown,
    "numbered headings": numbered,
    "numbered headings without Markdown": lambda text: without_markdown(numbered(text)),
    "bold headings": lambda text: re.sub(r"^#+ (?!Clinical)(.*)$", r"**\1**", text, flags=re.M),
    "a bullet before a heading": lambda text: without_markdown(text).replace(
        "\nProtective Principles", "\n- Protective Principles"
    ),
    "no bold": lambda text: text.replace("**", ""),
    "bold in front of the colon": lambda text: re.sub(r":\*\* ", "**: ", text),
    "bold in every cell of a number": lambda text: re.sub(r"\| (\d+%) \|", r"| **\1** |", text),
    "no bars at the end of rows": lambda text: re.sub(r" \|$", "", text, flags=re.M),
    "total rows with fewer cells": lambda text: text.replace(
        "| **Total** | **100%** | | **3.20** | | |", "| Total | 100% | 3.20 |"
    ).replace("| **Total** | **-1** | |", "| Total | -1 |"),
    "en dash as minus": lambda text: minus_as(text, "–"),
    "Unicode minus": lambda text: minus_as(text, "\u2212"),
    "multiplication signs": lambda text: re.sub(r" x (?=[\d(])", " × ", text),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "steps with numbers": lambda text: text.replace("\n- Move", "\n1. Move").replace(
        "\n- Specialise", "\n2. Specialise"
    ),
    "strategy as a heading": lambda text: text.replace(
        "**Survival strategy:**", "### Survival strategy"
    ),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_document_written_in_another_way_is_the_same(variant):
    changed = VARIANTS[variant](TEXT)
    assert changed != TEXT, "the variant has to change something"
    assert read(changed) == read(TEXT)


@pytest.mark.parametrize("dash", ["--", "–", "—"])
def test_dashes_between_words_may_be_any(dash):
    report = report_on(parse(TEXT.replace(" -- ", f" {dash} ").encode()))
    assert [(n.title, n.score) for n in report.neighbours if n.score] == [
        ("Health Information Technologist", Decimal("20.9")),
        ("Clinical Documentation Improvement Specialist", Decimal("34.8")),
    ]
    assert len(report.seniority) == 2
    assert report.parsed.document.sub_label_note.startswith("with a negative")


def wrapped(text):
    """Broken at 72 columns, list items indented, tables left whole."""
    paragraphs = []
    for line in text.split("\n"):
        if line.startswith("|"):
            paragraphs.append(line)
        else:
            indent = "  " if line.startswith("- ") else ""
            parts = textwrap.wrap(
                line, 72, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
            )
            paragraphs.append("\n".join(parts))
    return "\n".join(paragraphs)


def test_lines_broken_anywhere_are_joined_where_blank_lines_set_paragraphs_apart():
    assert wrapped(TEXT) != TEXT
    assert read(wrapped(TEXT)) == read(TEXT)


def test_lines_broken_in_mid_sentence_are_joined_without_blank_lines_too():
    bare = without_markdown(TEXT)
    assert read(bare.replace("is exactly what NLP", "is\nexactly what NLP")) == read(TEXT)


class TestTheContent:
    def test_its_inputs_are_those_of_the_worked_example(self):
        inputs = read(TEXT).inputs()
        for name in ("tasks", "evidence", "barriers", "principles", "growth"):
            assert getattr(inputs, name) == getattr(CLINICAL_CODER, name)
        assert inputs.adjusted_task_resistance == CLINICAL_CODER.adjusted_task_resistance
        assert inputs.override == CLINICAL_CODER.override

    def test_its_figures_are_those_of_table_7(self):
        scored = report_on(parse(TEXT.encode())).scored
        assert {name: getattr(scored, name) for name in TABLE_7} == TABLE_7

    def test_one_claim_does_not_reproduce(self):
        (checked,) = report_on(parse(TEXT.encode())).unreproduced
        assert checked.claim.figure is Score.share_3_plus
        assert (checked.claim.claimed, checked.computed) == ("55", "75")

    def test_its_neighbours_are_found_with_and_without_scores(self):
        report = report_on(parse(TEXT.encode()))
        assert [(n.title, n.score, n.zone, n.sub_label) for n in report.neighbours] == [
            ("Medical Coder (US)", None, None, None),
            ("Health Information Technologist", Decimal("20.9"), "Red", None),
            (
                "Clinical Documentation Improvement Specialist",
                Decimal("34.8"),
                "Yellow",
                "Urgent",
            ),
            ("Medical Records Specialist", None, None, None),
            ("Clinical Informatics Specialist", None, None, None),
            ("Medical Secretary", None, None, None),
        ]

    def test_its_seniority_bands_are_found(self):
        report = report_on(parse(TEXT.encode()))
        assert [(b.label, b.low, b.high, b.zone) for b in report.seniority] == [
            ("Trainee coders (Band 3-4, pre-NCCQ)", 16, 18, "Red"),
            ("Senior/Lead coders (Band 7-8A)", 30, 34, "Yellow"),
        ]

    def test_gaps_stated_in_the_commentary_are_held_against_the_cited_scores(self):
        gaps = [c for c in report_on(parse(TEXT.encode())).claims if c.claim.figure is GAP]
        assert [(c.claim.claimed, c.reproduces) for c in gaps] == [("1.5", True), ("-12.4", True)]


class TestNothingIsDropped:
    def notes(self, text):
        parsed = parse(text.encode())
        assert parsed.problems == []
        for note in parsed.notes:
            assert note.text in parsed.document.further_notes
        return [(note.line, note.text) for note in parsed.notes]

    def test_a_document_within_the_format_leaves_nothing_over(self):
        assert self.notes(TEXT) == []

    @pytest.mark.parametrize(
        ("before", "added", "kept"),
        [
            ("## Evidence Score", "A stray remark.\n\n", "A stray remark."),
            ("## Evidence Score", "### An unknown heading\n\n", "An unknown heading"),
            ("| Provenance |", "| Work Setting | Office |\n", "Work Setting: Office"),
            ("## Role Definition", "Written by a committee.\n\n", "Written by a committee."),
            ("**Timeline:**", "Go to our website.\n\n", "Go to our website."),
        ],
    )
    def test_text_without_a_home_is_kept_and_reported(self, before, added, kept):
        changed = TEXT.replace(before, added + before, 1)
        ((line, text),) = self.notes(changed)
        assert text == kept
        assert kept.split(": ")[0] in changed.split("\n")[line - 1]

    def test_an_unknown_column_is_kept(self):
        changed = TEXT.replace(
            "| Dimension | Score (-2 to 2) | Evidence |\n| --- | --- | --- |",
            "| Dimension | Score (-2 to 2) | Evidence | Trust |\n| --- | --- | --- | --- |",
        )
        changed = re.sub(
            r"^(\| (?:Job Posting|Company|Wage|AI Tool|Expert).*\|)$",
            r"\1 high |",
            changed,
            flags=re.M,
        )
        found = [text for _, text in self.notes(changed)]
        assert len(found) == 5
        assert found[0] == "Evidence Score: Job Posting Trends, Trust: high"

"""Documents as people and their tools write them: each kind of spelling, read or refused."""

import re
from decimal import Decimal

import pytest

from roles.documents.parse import parse
from roles.documents.render import render
from roles.documents.report import report_on
from tests.reference import CONTENT

TEXT = CONTENT.read_text()
TELLER = (CONTENT.parent / "bank-teller.md").read_text()


def changed(old, new, text=TEXT):
    assert old in text, old
    return text.replace(old, new, 1)


def read(text):
    parsed = parse(text.encode())
    assert parsed.problems == []
    return parsed.document


def line_of(text, words):
    return next(n for n, line in enumerate(text.split("\n"), start=1) if words in line)


def refused(text, words, *says):
    """Expects one message, at the line with some words, that says something."""
    (problem,) = parse(text.encode()).problems
    assert problem.line == line_of(text, words), problem
    for part in says:
        assert part in str(problem)


OVERRIDE = "**Assessor override to 22.4/100:**"
ADJUSTMENT = "**Assessor adjustment to 2.30/5.0:**"
SHARE = "| % of task time scoring 3+ | 55% |"
TOTAL = "| **Total** | **-1** | |"
TASK_TOTAL = "| **Total** | **100%** | | **3.20** | | |"


def table_lines(text):
    return [line for line in text.split("\n") if line.startswith("|")]


def each_table_line(text, change):
    return "\n".join(change(line) if line.startswith("|") else line for line in text.split("\n"))


def without_outer_bars(line):
    return line.strip("|").strip() if "---" not in line else line.strip("| ")


def with_tabs(text):
    lines = [
        line for line in text.split("\n") if not re.fullmatch(r"[| -]+", line) or "-" not in line
    ]
    return "\n".join(
        "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
        if line.startswith("|")
        else line
        for line in lines
    )


SAME = {
    "01 adjustment from to": changed(ADJUSTMENT, "**Assessor adjustment from 2.80 to 2.30/5.0:**"),
    "01 override after a colon": changed(OVERRIDE, "**Assessor override:** 22.4/100."),
    "01 override in a bullet": changed(OVERRIDE, f"- {OVERRIDE}"),
    "01 override in parentheses": changed(OVERRIDE, "**Assessor override (22.4/100):**"),
    "01 override with an arrow": changed(OVERRIDE, "**Override** → 22,4 —"),
    "01 adjustment as a heading": changed(
        f"{ADJUSTMENT} ", "#### Assessor’s adjustment to 2.30/5.0\n\n"
    ),
    "01 adjustment by so much": changed(
        ADJUSTMENT, "Manual adjustment by -0.50 points from 2.80/5.0 to 2.30/5.0:"
    ),
    "02 seniority escaped": changed("(~16-18)", r"(\~16-18)"),
    "04 share under another label": changed(SHARE, "| Share of task time scoring 3+ | 55% |"),
    "04 share in words": changed(SHARE, "| Task time scoring 3+ | **55 percent** |"),
    "04 modifier under another label": changed("| Evidence Modifier |", "| Evidence multiplier |"),
    "04 raw in the table": changed(
        "| Growth Modifier | 1.0 + (-1 x 0.05) = 0.95 |\n\n**Raw:** 2.30",
        "| Growth Modifier | 1.0 + (-1 x 0.05) = 0.95 |\n| Raw | 2.30",
    ).replace("= 2.2234\n", "= 2.2234 |\n", 1),
    "07 blank lines between rows": each_table_line(TEXT, lambda line: f"{line}\n"),
    "07 breaks in a cell": changed("on a screen and", "on a screen<br>and"),
    "07 escaped minus": changed("| Company Actions | -1 |", r"| Company Actions | \-1 |"),
    "07 heading ids": re.sub(r"^(## .*)$", r"\1 {#id .c}", TEXT, flags=re.M),
    "07 no outer bars": each_table_line(TEXT, without_outer_bars),
    "07 zero-width space": changed(
        "| Job Posting Trends | 0 |", "| Job Posting Trends | 0\u200b |"
    ),
    "07 tabs between cells": with_tabs(TEXT),
    "07 no line of dashes": "\n".join(
        line for line in TEXT.split("\n") if not re.fullmatch(r"\|( --- \|)+", line)
    ),
    "07 an empty header": re.sub(
        r"^(\| (?:Field|Metric|Input) \| Value \|)\n(.*)$", r"| | |\n\2\n\1", TEXT, flags=re.M
    ),
    "07 emoji and words in headings": changed("## Evidence Score", "## 📊 4. Evidence scores:"),
    "07 underlined headings": re.sub(
        r"^## (.*)$", lambda match: f"{match[1]}\n{'-' * len(match[1])}", TEXT, flags=re.M
    ),
    "07 and for &": changed("Goal-Setting & Moral Judgment", "Goal-setting and moral judgement"),
    "07 a word after a score": changed("| Wage Trends | 0 |", "| Wage Trends | 0 (Neutral) |"),
    "07 percent in words": changed("| 25% | 4 |", "| 25 percent | 4 |"),
    "07 decimal commas": changed("| 25% | 4 | 1.00 |", "| 25% | 4 | 1,00 |"),
    "07 italics around figures": changed("| 25% | 4 | 1.00 |", "| *25%* | _4_ | `1.00` |"),
    "07 full-width digits": changed("| 25% | 4 |", "| ２５％ | ４ |"),
    "07 every minus": changed("| Company Actions | -1 |", "| Company Actions | －1 |"),
    "07 non-breaking spaces": TEXT.replace(" -- ", "\u00a0-- ").replace("% |", "\u00a0% |"),
    "07 soft hyphens": changed("Administrative and", "Admini\u00adstrative and"),
    "07 vertical tabs": changed("dismissed. Band 5", "dismissed.\vBand 5"),
    "07 other columns": changed("| Time % | Score (1-5) |", "| Share of time | Rating |"),
    "07 score of its scale": changed("| 25% | 4 |", "| 25% | 4/5 |"),
    "07 labels in bullets": re.sub(
        r"^(\*\*(?:Raw|JobZone Score|Zone|The role in 2028):\*\*)", r"* \1", TEXT, flags=re.M
    ),
    "07 entities": changed("Goal-Setting & Moral", "Goal-Setting &amp; Moral"),
    "08 a list with blank lines": changed(
        "\n- Specialise in complex cases and audit. Episodes",
        "\n\n- Specialise in complex cases and audit.\n\n  Episodes",
    ),
    "08 a step over two lines": changed("audit. Episodes in", "audit.\n  Episodes in"),
    "08 steps below a bullet": re.sub(
        r"^- (?=Move up|Special|Build)", "  * ", TEXT, flags=re.M
    ).replace("**Survival strategy:**\n\n", "- **Survival strategy:**\n"),
    "11 a fence around all": f"```markdown\n{TEXT}```\n",
    "11 chat, fence and front matter": (
        "Sure! Here is the assessment:\n\n```\n---\ntitle: A\nstatus: draft\n---\n"
        f"{TEXT}```\n\nWould you like me to adjust the scores?\n"
    ),
    "11 chat around it": (
        f"Certainly, here’s the document.\n\n{TEXT}\nLet me know if you want changes.\n"
    ),
    "11 front matter of another kind": f"+++\ntitle = 'A'\n+++\n\n{TEXT}",
    "11 a fence that never ends": f"~~~md\n{TEXT}",
    "13 a link in the title": changed(
        "| Job Title | Clinical Coder (NHS) |",
        "| Job Title | [Clinical Coder (NHS)](https://example.org) |",
    ),
    "13 marks in the title": changed(
        "| Job Title | Clinical Coder (NHS) |", "| Job Title | **Clinical** \u200b_Coder_ (NHS) |"
    ),
    "13 code in the title": changed(
        "| Job Title | Clinical Coder (NHS) |", "| Job Title | `Clinical Coder` (NHS) |"
    ),
    "13 an escaped title": changed(
        "| Job Title | Clinical Coder (NHS) |", r"| Job Title | Clinical Coder \(NHS\) |"
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_is_the_same_document(case):
    assert SAME[case] != TEXT
    assert read(SAME[case]) == read(TEXT)


@pytest.mark.parametrize(
    "written",
    [
        "<https://www.bls.gov/ooh/office-and-administrative-support/tellers.htm>",
        "[BLS](https://www.bls.gov/ooh/office-and-administrative-support/tellers.htm)",
        "[BLS](<https://www.bls.gov/ooh/office-and-administrative-support/tellers.htm>)",
        "`https://www.bls.gov/ooh/office-and-administrative-support/tellers.htm`",
    ],
)
def test_an_address_may_be_marked_as_a_link(written):
    url = "https://www.bls.gov/ooh/office-and-administrative-support/tellers.htm"
    text = changed(f"| {url} |", f"| {written} |", TELLER)
    assert read(text) == read(TELLER)


REFUSED = {
    "01 an override in words": (OVERRIDE, "**Assessor override:** up a little.", "override"),
    "01 an override by a difference": (OVERRIDE, "**Assessor override: +1.2:**", "override"),
    "01 an override with a word": (OVERRIDE, "Overriding the score to 22.4:", "Overriding"),
    "01 an adjusted figure as a bullet": (ADJUSTMENT, "- Adjusted task resistance: 2.30;", "Adj"),
    "02 a band without a level": ("(~30-34)", "(~30-34) and Green (~50-60)", "with certainty"),
    "02 a band out of the scale": ("(~16-18)", "(~160-180)", "with certainty"),
    "02 a band backwards": ("(~16-18)", "(~18-16)", "with certainty"),
    "02 a band of 50": ("(~16-18)", "(~16-18/50)", "with certainty"),
    "03 a score with two decimals": ("scored 34.8 Yellow", "scored 34.85 Yellow", "34.85"),
    "03 a score of ten": ("scored 34.8 Yellow", "scored 3.5/10 Yellow", "3.5/10"),
    "03 a score over 100": ("scored 34.8 Yellow", "scored 348 Yellow", "348"),
    "03 a score as a percentage": ("scored 34.8 Yellow", "scored 34.8% Yellow", "34.8%"),
    "04 a share in a vague word": (SHARE, "| % of task time scoring 3+ | 50-60% |", "50-60%"),
    "04 a figure nobody knows": (SHARE, "| Share of hours at risk | 55% |", "is unknown"),
    "05 a total in words": (TOTAL, "| **Total** | about -1 | |", "about -1"),
    "05 a total of another scale": ("| **Total** | **3/10** | |", "| Total | 3/5 | |", "3/5"),
    "06 a score out of ten": ("| 25% | 4 |", "| 25% | 4/10 |", "4/10"),
    "06 a score in percent": ("| 25% | 4 |", "| 25% | 4% |", "4%"),
    "06 a share out of fifty": ("| 25% | 4 |", "| 20/50 | 4 |", "20/50"),
    "06 a barrier out of five": ("| Physical Presence | 0 |", "| Physical Presence | 0/5 |", "0/5"),
    "an override among the facts": (
        "| Provenance |",
        "| Assessor override | 22.4/100: why |\n| Provenance |",
        "stands here",
    ),
    "an override in prose": (
        "The Red (Displacing) classification",
        "Assessor override to 30/100: why not.\n\nThe Red (Displacing) classification",
        "expected it under JobZone Composite Score",
    ),
    "a zone elsewhere": ("## Evidence Score", "Zone: RED at 22.4\n\n## Evidence Score", "Zone"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_decides_a_figure_is_read_or_refused(case):
    old, new, says = REFUSED[case]
    refused(changed(old, new), new.split("\n")[0], says)


def bands(written):
    text = changed("score lower, in Red (~16-18)", written)
    return [(b.label, b.low, b.high) for b in report_on(parse(text.encode())).seniority]


@pytest.mark.parametrize(
    "written",
    [
        "score lower, in Red (≈16-18)",
        "score lower, in Red (16 to 18)",
        "would score Red, ~16-18,",
        "land in Red (Displacing, about 16–18)",
        "score Red [16,0-18,0]",
    ],
)
def test_bands_are_given_to_their_levels(written):
    assert bands(written) == [
        ("Trainee coders (Band 3-4, pre-NCCQ)", 16, 18),
        ("Senior/Lead coders (Band 7-8A)", 30, 34),
    ]


def test_two_bands_in_one_sentence_keep_their_levels():
    written = "score Red (~16-18), while assistants (Band 2) score Red (~10-12)"
    assert [label for label, *_ in bands(written)][:2] == [
        "Trainee coders (Band 3-4, pre-NCCQ)",
        "assistants (Band 2)",
    ]


@pytest.mark.parametrize(
    "written",
    ["scored 34,8 Yellow", "scored: 34.8, Yellow", "score ~34.8/100 Yellow", "34.8 Yellow"],
)
def test_the_score_of_a_neighbour_is_read_whole(written):
    text = changed("scored 34.8 Yellow", written)
    scores = [n.score for n in report_on(parse(text.encode())).neighbours if n.score]
    assert scores == [Decimal("20.9"), Decimal("34.8")]


class TestTotals:
    def test_a_comment_beside_a_total_is_a_note(self):
        parsed = parse(changed(TOTAL, "| **Total** | **-1** | Slightly negative. |").encode())
        assert [note.text for note in parsed.notes] == [
            "Evidence Score, Total, Evidence: Slightly negative."
        ]
        assert parsed.document.claims == read(TEXT).claims

    @pytest.mark.parametrize(
        "row",
        [
            "| **Total** | **100%** | **16** | **3.20** | | |",
            "| Total | 100 % | 16 | 3,20 | – | – |",
            "| Sum | 100% | 16 | 3.20 |  |  |",
            "| **Totals** | **100 percent** | 16 | 3.20 | | |",
        ],
    )
    def test_a_figure_beyond_those_of_the_method_is_not_checked(self, row):
        report = report_on(parse(changed(TASK_TOTAL, row).encode()))
        assert report.parsed.document.claims == read(TEXT).claims
        assert [note.text.split(": ")[-1].strip("*") for note in report.unread] == ["16"]
        assert not report.every_figure_reproduces


class TestPlaces:
    @pytest.mark.parametrize("column", ["Source", "Sources", "Reference"])
    def test_sources_beside_the_evidence_are_sources(self, column):
        lines = TELLER.split("\n")
        start = lines.index("| Dimension | Score (-2 to 2) | Evidence |")
        lines[start] += f" {column} |"
        lines[start + 1] += " --- |"
        for number in range(start + 2, start + 7):
            lines[number] += " [BLS 2025](https://www.bls.gov/) |"
        document = read("\n".join(lines))
        first = document.sources[0]
        assert (first.title, first.url) == ("BLS 2025", "https://www.bls.gov/")
        assert len(document.sources) == len(read(TELLER).sources) + 5
        assert parse(render(document).encode()).document == document

    def test_markdown_in_prose_stays_and_survives(self):
        text = changed(
            "Cash is physical,",
            "Cash is _physical_ ([BLS](https://www.bls.gov/), `see`)[^1] at AT&amp;T,",
            TELLER,
        )
        document = read(text)
        assert document.principles[0].rationale.startswith(
            "Cash is *physical* ([BLS](https://www.bls.gov/), `see`)[^1] at AT&T,"
        )
        assert parse(render(document).encode()).document == document

    @pytest.mark.parametrize(
        "prose",
        [
            "- one\n  - two\n- three",
            "| a | b |\n| --- | --- |\n| c | d |",
            "__so__ <https://x.org>",
        ],
    )
    def test_prose_keeps_its_lists_tables_and_links(self, prose):
        document = read(changed("The score is low.", f"{prose}\n\nThe score is low.", TELLER))
        assert parse(render(document).encode()).document == document

    def test_what_was_left_out_is_reported(self):
        text = SAME["11 chat, fence and front matter"]
        left_out = [note.text for note in parse(text.encode()).left_out]
        assert left_out == [
            "Sure! Here is the assessment:",
            "Would you like me to adjust the scores?",
            "front matter: title: A status: draft",
        ]

    def test_corrections_are_read(self):
        section = (
            "\n## Corrections\n\n| Claim | Correction | Source |\n| --- | --- | --- |\n"
            "| 2025/26 AfC | The scales are those of 2024/25. | [NHS](https://www.nhs.uk/) |\n"
        )
        (correction,) = read(TEXT + section).corrections
        assert correction.correction == "The scales are those of 2024/25."


class TestOneMessage:
    """A document that is broken in one place has one message."""

    def test_a_column_that_is_missing(self):
        refused(
            changed(
                "| Dimension | Score (-2 to 2) | Evidence |", "| Dimension | Skore | Evidence |"
            ),
            "Skore",
            "lacks the column Score",
            "did you mean Score?",
        )

    def test_a_row_with_a_name_that_nobody_knows(self):
        text = changed("| Wage Trends | 0 |", "| Wage Trench | 0 |")
        refused(text, "Wage Trench", "did you mean Wage Trends?")

    def test_rows_with_a_cell_too_many(self):
        text = re.sub(
            r"^(\| (?:Job Post|Company|Wage|AI Tool|Expert).*)$", r"\1 x |", TEXT, flags=re.M
        )
        refused(text, "| Job Posting", "the row has 4 cells; expected 3", "4 more")

    def test_a_section_under_a_name_that_nobody_knows(self):
        text = changed("## Evidence Score", "## Evidense Scor")
        assert "did you mean it by 'Evidense Scor'?" in str(parse(text.encode()).problems[0])

    def test_messages_have_the_words_of_the_page(self):
        for case in REFUSED:
            old, new, _ = REFUSED[case]
            words = " ".join(str(p) for p in parse(changed(old, new).encode()).problems)
            assert not any(name in words for name in ("evidence_total", "share_3_plus", "_score"))


def test_more_neighbours_than_a_page_can_show_are_refused():
    many = " ".join(f"NOT a Role {number}." for number in range(5000))
    refused(
        changed("NOT a Medical Secretary", f"{many} NOT a Medical Secretary"),
        "| What This Role",
        "names 5006 roles; expected at most 100",
    )


def test_an_override_without_effect_is_doubted():
    text = changed(OVERRIDE, "**Assessor override to 21.2/100:**")
    ((line, field, why),) = report_on(parse(text.encode())).doubts
    assert (line, field) == (None, "Assessor override")
    assert "anyway" in why


def test_the_split_may_name_the_mode_first():
    text = changed(
        "45% displacement, 40% augmentation, 15% not involved",
        "displacement 45%, augmentation 40%, not involved 15%",
    )
    assert read(text) == read(TEXT)

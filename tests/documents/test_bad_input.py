"""What is wrong with a document is named by line and field, all of it at once."""

import re

import pytest

from roles.documents.parse import parse
from roles.documents.text import MAX_BYTES
from tests.reference import CONTENT

TEXT = CONTENT.read_text()


def problems(text):
    data = text if isinstance(text, bytes) else text.encode()
    parsed = parse(data)
    assert parsed.document is None
    return [(problem.line, str(problem)) for problem in parsed.problems]


def line_of(text, words):
    return next(n for n, line in enumerate(text.split("\n"), start=1) if words in line)


def replaced(old, new):
    assert old in TEXT
    return TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("changed", "where", "says"),
    [
        (
            replaced("| 20% | 4 | 0.80 |", "| 20% | 6 | 0.80 |"),
            "| Reading clinical",
            "Reading clinical documentation, Score: is 6; expected a whole number from 1 to 5",
        ),
        (
            replaced("| 20% | 4 | 0.80 |", "| 20% | four | 0.80 |"),
            "| Reading clinical",
            "Score: is 'four'; expected a whole number",
        ),
        (
            replaced("| 20% | 4 | 0.80 |", "| 20% | 4.5 | 0.80 |"),
            "| Reading clinical",
            "Score: is '4.5'; expected a whole number",
        ),
        (
            replaced("| 20% | 4 | 0.80 |", "| 19% | 4 | 0.80 |"),
            "| **Total** | **100%**",
            "Total, Time: sums to 99; expected exactly 100",
        ),
        (
            replaced("| 20% | 4 | 0.80 |", "| 20/50 | 4 | 0.80 |"),
            "| Reading clinical",
            "Time %: is '20/50'; expected a percentage such as 20%",
        ),
        (
            replaced("| 5% | 2 | 0.10 | NOT INVOLVED |", "| 5% | 2 | 0.10 | MAYBE |"),
            "| Administrative",
            "Aug/Disp: is 'MAYBE'; expected one of DISPLACEMENT, AUGMENTATION, NOT INVOLVED",
        ),
        (
            replaced("| Company Actions | -1 |", "| Company Actions | -3 |"),
            "| Company Actions",
            "Company Actions, Score: is -3; expected a whole number from -2 to 2",
        ),
        (
            replaced("| Physical Presence | 0 |", "| Physical Presence | 3 |"),
            "| Physical Presence",
            "Physical Presence, Score: is 3; expected a whole number from 0 to 2",
        ),
        (
            replaced("| Embodied Physicality | 0 |", "| Embodied Physicality | 4 |"),
            "| Embodied",
            "Embodied Physicality, Score: is 4; expected a whole number from 0 to 3",
        ),
        (
            replaced("| AI Growth Correlation | -1 | Negative", "| AI Growth Correlation | 3 | N"),
            "| AI Growth Correlation | 3",
            "AI Growth Correlation, Score: is 3; expected a whole number from -2 to 2",
        ),
        (
            replaced("adjustment to 2.30/5.0", "adjustment to 5.30/5.0"),
            "**Assessor adjustment",
            "Assessor adjustment, Value: is 5.30; expected a value from 1 to 5",
        ),
        (
            replaced("override to 22.4/100", "override to lots/100"),
            "**Assessor override",
            "Assessor override: 'to lots/100",
        ),
        (
            replaced("= 2.2234", "is about 2"),
            "**Raw:**",
            "Raw: expected '… x … x … x … = …'",
        ),
        (
            replaced("**Zone:** RED", "**Zone:** PURPLE"),
            "**Zone:**",
            "Zone: is 'PURPLE (Green",
        ),
        (
            replaced("| Wage Trends | 0 |", "| Weather | 0 |"),
            "| Weather",
            "Weather: is unknown; expected one of Job Posting Trends",
        ),
        (
            replaced("| 20% | 4 | 0.80 | DISPLACEMENT |", "| 20% | 4 | DISPLACEMENT |"),
            "| Reading clinical",
            "broken table: the row has 5 cells; expected 6",
        ),
        (
            replaced("into codes: ICD-10", "into | codes: ICD-10"),
            "| Primary Function",
            "broken table: the row has 3 cells; expected 2",
        ),
        (
            replaced("| Job Title | Clinical Coder (NHS) |\n", ""),
            "## Role Definition",
            "Job Title: is missing; expected a row '| Job Title | … |'",
        ),
        (
            replaced("Nobody minds.", "<script>alert(1)</script>"),
            "| Cultural/Ethical",
            "Cultural/Ethical, Rationale: contains HTML; expected plain text",
        ),
        (
            replaced("Adoption in the NHS is slow.", "<b>Adoption</b> is slow."),
            "## What the Numbers",
            "What the Numbers Don't Capture: contains HTML",
        ),
        (
            replaced("- Build health", "- <img src=x onerror=alert(1)> Build health"),
            "- <img",
            "Survival strategy: contains HTML",
        ),
        (
            replaced("| Pay Range | GBP 31,049-46,580", "| Pay Range | GBP 46,580-31,049"),
            "| Pay Range",
            "Pay Range: is 'GBP 46,580-31,049 (2025/26 AfC, Bands 5-6)'; expected for example",
        ),
        (
            replaced("| Provenance | Published |", "| Provenance | Rumour |"),
            "| Provenance",
            "Provenance: is 'Rumour'; expected one of Published, Sample",
        ),
        (
            replaced("Clinical Coder (NHS) |", "x" * 201 + " |"),
            "| Job Title",
            "Job Title: has 201 characters; expected at most 200",
        ),
        (
            replaced("\n## Sub-Label", "\n## Evidence Score\n\n## Sub-Label"),
            None,
            "Evidence Score: appears again; it began at line",
        ),
    ],
)
def test_each_problem_is_named_with_its_line(changed, where, says):
    found = problems(changed)
    matching = [(line, message) for line, message in found if says in message]
    assert matching, found
    if where is not None:
        assert matching[0][0] == line_of(changed, where)


@pytest.mark.parametrize(
    "heading", re.findall(r"^#{2,3} (?!Further|Related)(.*)$", TEXT, flags=re.M)
)
def test_a_missing_section_is_named(heading):
    cut = re.sub(rf"^#+ {re.escape(heading)}\n.*?(?=^#|\Z)", "", TEXT, flags=re.M | re.S)
    assert any(f"{heading}: section is missing" in message for _, message in problems(cut))


def test_all_problems_of_a_file_are_named_in_one_go():
    broken = TEXT.replace("| 20% | 4 | 0.80 |", "| 19% | 6 | 0.80 |")
    broken = broken.replace("| Company Actions | -1 |", "| Company Actions | x |")
    broken = broken.replace("Nobody minds.", "<i>Nobody</i> minds.")
    broken = re.sub(r"^## Who Should.*?(?=^## )", "", broken, flags=re.M | re.S)
    words = " / ".join(message for _, message in problems(broken))
    for part in ("sums to 99", "is 6", "is 'x'", "contains HTML", "section is missing"):
        assert part in words


class TestFiles:
    @pytest.mark.parametrize("data", [b"", b"  \n\n", b"\xef\xbb\xbf"])
    def test_an_empty_file(self, data):
        assert problems(data) == [(None, "file: is empty; expected an assessment document")]

    def test_a_file_that_is_too_large(self):
        ((line, message),) = problems(b"x" * (MAX_BYTES + 1))
        assert line is None
        assert "is larger than 256 KiB" in message

    @pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
    def test_another_encoding(self, encoding):
        text = "# Rôle\n\nÉvaluation\n"
        ((line, message),) = problems(text.encode(encoding))
        assert line == 1
        assert "is not UTF-8; expected a text file encoded as UTF-8" in message

    def test_the_line_of_a_wrong_byte(self):
        ((line, _),) = problems(b"one\ntwo\nthree \xff\n")
        assert line == 3

    def test_control_characters(self):
        found = problems(replaced("Nobody minds.", "Nobody\x00 minds."))
        assert (line_of(TEXT, "Nobody minds"),) == tuple({line for line, _ in found})
        assert "control character U+0000" in found[0][1]

    def test_a_text_that_is_no_assessment(self):
        found = problems("Dear Sir or Madam,\n\nplease find attached.\n")
        assert any("Role Definition: section is missing" in message for _, message in found)

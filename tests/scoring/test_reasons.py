"""The two sentences that say why, for every assessment of the library."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from roles.documents.parse import parse
from scoring.dimensions import Barrier, Mode
from scoring.reasons import reasons
from tests.reference import CLINICAL_CODER, ROOT, task

LIBRARY = sorted((ROOT / "fixtures" / "assessments").glob("*.md"))
JARGON = re.compile(
    "score|displac|augment|barrier|dimension|modifier|\\bindex\\b|resistance|[0-9]\\+",
    re.IGNORECASE,
)


def test_those_of_the_worked_example():
    assert reasons(CLINICAL_CODER) == (
        "The largest part of the week, 45 %, goes into work that AI can already do largely by "
        "itself: assigning ICD-10 diagnosis codes (25 %) and reading clinical documentation "
        "(20 %).",
        "Little holds AI back: rules that ask for a person’s check, unions that can slow it and "
        "an employer that pays for mistakes.",
    )


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_each_is_a_plain_sentence_of_bounded_length(path):
    inputs = parse(path.read_bytes()).document.inputs()
    for sentence in reasons(inputs):
        assert re.fullmatch(r"[A-Z][^.!?\n]+\.", sentence.replace(".5 %", " %"))
        assert len(sentence) < 300
        assert len(sentence.split()) < 45
        assert not JARGON.search(sentence), sentence
        assert not re.search(r"  | ,|\(\)|None", sentence)
    named = [one for one in inputs.tasks if one.name.lower() in reasons(inputs)[0].lower()]
    assert named


def test_a_name_keeps_its_abbreviation_and_is_cut_at_a_word():
    for name, written in [
        ("VAT returns", ": VAT returns (100 %)."),
        ("X-rays", ": X-rays (100 %)."),
        ("Post-editing", ": post-editing (100 %)."),
        ("Word " * 40, "Word… (100 %)."),
    ]:
        only = (task(name, 100, 5, Mode.DISPLACEMENT),)
        assert reasons(replace(CLINICAL_CODER, tasks=only))[0].endswith(written)


def test_half_a_week_is_half_and_shares_are_exact():
    tasks = (
        task("Typing", "50.0", 5, Mode.DISPLACEMENT),
        task("Talking", Decimal("49.5"), 1, Mode.NOT_INVOLVED),
        task("Filing", Decimal("0.5"), 3, Mode.AUGMENTATION),
    )
    first = reasons(replace(CLINICAL_CODER, tasks=tasks))[0]
    assert first.startswith("Half of the week goes into work that AI can already do")
    assert first.endswith("typing (50 %).")


def test_where_nothing_holds_it_says_so_and_the_strongest_come_first():
    none = replace(CLINICAL_CODER, barriers=dict.fromkeys(Barrier, 0))
    assert reasons(none)[1].startswith("Hardly anything holds AI back")
    one = replace(none, barriers={**none.barriers, Barrier.UNION: 1, Barrier.LIABILITY: 2})
    assert reasons(one)[1] == "What holds AI back: a named person who answers for mistakes."

"""Texts word by word: right, and in a time that does not depend on what was written."""

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roles.documents.diff import Change, Run, diff, moves, word_runs
from tests.factories import reference_document
from tests.reference import CONTENT

WORDS = CONTENT.read_text().split()


def prose(kilobytes, seed):
    chance, found = random.Random(seed), []
    while sum(map(len, found)) < kilobytes * 1000:
        found.append(" ".join(chance.choices(WORDS, k=200)) + ". ")
    return "".join(found)


def side(runs, change):
    return "".join(run.text for run in runs if run.change in (Change.SAME, change))


def test_words():
    assert word_runs("the old coder codes", "the new coder codes well") == [
        Run(Change.SAME, "the "),
        Run(Change.REMOVED, "old"),
        Run(Change.ADDED, "new"),
        Run(Change.SAME, " coder codes"),
        Run(Change.ADDED, " well"),
    ]


@given(st.text("ab \n.!", max_size=60), st.text("ab \n.!", max_size=60))
def test_both_texts_can_be_read_off(before, after):
    runs = word_runs(before, after)
    assert (side(runs, Change.REMOVED), side(runs, Change.ADDED)) == (before, after)


@pytest.mark.parametrize("kilobytes", [10, 100, 1000])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (lambda size: prose(size, 1), lambda size: prose(size, 2)),
        (lambda size: "a b " * size * 250, lambda size: "b a " * size * 250),
        (lambda size: "A.\n" * size * 333, lambda size: "A.\nB.\n" * size * 166),
        (lambda size: "x" * size * 1000, lambda size: "x y" * size * 333),
        (lambda size: prose(size, 1), lambda size: prose(size, 1).replace("the", "a", 1)),
    ],
)
def test_long_texts_take_no_second(before, after, kilobytes):
    old, new = before(kilobytes), after(kilobytes)
    began = time.process_time()
    runs = word_runs(old, new)
    assert time.process_time() - began < 1
    assert (side(runs, Change.REMOVED), side(runs, Change.ADDED)) == (old, new)


def test_one_word_of_a_long_text_is_still_one_word():
    old = prose(300, 1)
    new = old[:100_000] + " another " + old[100_000:]
    runs = word_runs(old, new)
    assert next(run.text for run in runs if run.change is Change.SAME).startswith(old[:99_000])
    assert len("".join(run.text for run in runs if run.change is Change.ADDED)) < 100


def test_a_sentence_of_which_most_words_changed_stands_whole():
    before = "It takes 0.5 hours. Coders read every note by hand, and nobody checks."
    after = "It takes 0.6 hours. Software drafts the codes; a person signs them off."
    first, second = before.partition("Coders"), after.partition("Software")
    assert word_runs(before, after) == [
        Run(Change.SAME, "It takes "),
        Run(Change.REMOVED, "0.5"),
        Run(Change.ADDED, "0.6"),
        Run(Change.SAME, " hours. "),
        Run(Change.REMOVED, "Coders" + first[2]),
        Run(Change.ADDED, "Software" + second[2]),
    ]


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("abc", "abc", {}),
        ("abcd", "cabd", {"c": (3, 1)}),
        ("abc", "xabc", {}),
        ("abc", "bc", {}),
        ("abcd", "bcda", {"a": (1, 4)}),
        ("aab", "baa", {}),
    ],
)
def test_only_what_was_put_elsewhere_has_moved(before, after, moved):
    assert moves(list(before), list(after)) == moved


def test_a_task_that_moved_is_named_as_moved_and_nothing_else_of_it_differs():
    document = reference_document()
    first, *others = document.tasks
    found = diff(document, replace(document, tasks=(*others, first)))
    (one,) = found.differences
    assert (one.name, one.moved, one.runs) == (first.name, (1, len(document.tasks)), [])

"""What differs between two versions of an assessment: figures, and prose word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from rapidfuzz.distance import LCSseq

from roles.documents.fields import AssessmentDocument
from roles.documents.layout import Section
from roles.documents.parts import parts
from scoring.figure_type import Figure
from scoring.figures import FIGURES, Score, score
from scoring.inputs import problems

WORD = re.compile(r"\s+|\S+")
SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?=\S))*[.!?\n]?\s*")
"""Up to a sign that ends one and that white space follows: "0.5" is no end."""
MOST_PAIRS = 50_000_000
"""Of words, or sentences, that are held against each other: 7,000 of each side, 40 kB of prose."""


class Change(StrEnum):
    """What happened to a run of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that were treated alike."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, as words before and after, run by run."""

    section: Section
    name: str
    runs: list[Run]
    moved: tuple[int, int] | None = None
    """The places before and after of what was put elsewhere in its table, counted from 1."""


class ChangedFigure(NamedTuple):
    """A figure that differs; a value is None where there is no score."""

    figure: Figure
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that differs between two versions."""

    figures: list[ChangedFigure]
    differences: list[Difference]

    def __bool__(self) -> bool:
        return bool(self.figures or self.differences)


def diff(before: AssessmentDocument, after: AssessmentDocument) -> Diff:
    """What differs between two documents of one role, each scored by its own method."""
    old, new = _texts(before), _texts(after)
    moved = {
        (Section.TASKS, name): places
        for name, places in moves(
            [task.name for task in before.tasks], [task.name for task in after.tasks]
        ).items()
    }
    return Diff(
        changed_figures(_score(before), _score(after)),
        [
            Difference(*place, runs, moved.get(place))
            for place in dict.fromkeys([*old, *new])
            if (runs := _changes(old.get(place, ""), new.get(place, ""))) or place in moved
        ],
    )


def moves(before: Sequence[str], after: Sequence[str]) -> dict[str, tuple[int, int]]:
    """What stands elsewhere among the others, with its places before and after from 1.

    As few as explain the new order: what only makes room for another has not moved. Of a name that
    occurs twice nothing is said.
    """
    both = [name for name in before if before.count(name) == after.count(name) == 1]
    order = [name for name in after if name in both]
    stayed = {
        name
        for code in LCSseq.opcodes(both, order)
        if code.tag == "equal"
        for name in both[code.src_start : code.src_end]
    }
    return {
        name: (before.index(name) + 1, after.index(name) + 1) for name in both if name not in stayed
    }


def _changes(before: str, after: str) -> list[Run]:
    return word_runs(before, after) if before != after else []


def word_runs(before: str, after: str) -> list[Run]:
    """Two texts as the words they share, those removed and those added, in their order.

    They are held against each other by sentences first, and what differs there by words; where
    most words of a sentence are others, or it is too long for that, the one stands whole as removed
    and the other as added.
    """
    return _joined(_by_sentence(before, after))


def _by_sentence(before: str, after: str) -> Iterator[Run]:
    old, new = SENTENCE.findall(before), SENTENCE.findall(after)
    for change, i, j, k, m in _blocks(old, new) or [("replace", 0, len(old), 0, len(new))]:
        if change == "equal":
            yield Run(Change.SAME, "".join(old[i:j]))
        elif j - i == m - k:
            # As many as before: each is held against the one in its place.
            for removed, added in zip(old[i:j], new[k:m], strict=True):
                yield from _rewritten(removed, added)
        else:
            yield from _rewritten("".join(old[i:j]), "".join(new[k:m]))


def _rewritten(before: str, after: str) -> list[Run]:
    """What became of a sentence: word by word, or the whole where most of its words changed."""
    runs = _runs(WORD.findall(before), WORD.findall(after))
    kept = sum(len(run.text.split()) for run in runs if run.change is Change.SAME)
    if runs and 2 * kept >= min(len(before.split()), len(after.split())):
        return runs
    return [Run(Change.REMOVED, before), Run(Change.ADDED, after)]


def _runs(old: list[str], new: list[str]) -> list[Run]:
    """The runs of two texts, word by word; none where they are too long for that."""
    runs = []
    for change, i, j, k, m in _blocks(old, new):
        if change == "equal":
            runs.append(Run(Change.SAME, "".join(old[i:j])))
        else:
            runs.append(Run(Change.REMOVED, "".join(old[i:j])))
            runs.append(Run(Change.ADDED, "".join(new[k:m])))
    return runs


def _blocks(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """What is equal and what is not, in turn, by the longest common subsequence.

    None where that would take too long.
    """
    if len(old) * len(new) > MOST_PAIRS:
        return []
    codes = LCSseq.opcodes(old, new)
    grouped = (list(some) for _, some in groupby(codes, lambda code: code.tag == "equal"))
    ends = ((some[0], some[-1]) for some in grouped)
    return [
        (first.tag, first.src_start, last.src_end, first.dest_start, last.dest_end)
        for first, last in ends
    ]


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Runs that follow each other and were treated alike as one; without empty ones.

    Of what lies between two words that stayed, everything removed comes before what is added.
    """
    joined: list[Run] = []
    for same, some in groupby(runs, lambda run: run.change is Change.SAME):
        parts: dict[Change, list[str]] = {change: [] for change in Change}
        for run in some:
            parts[run.change].append(run.text)
        texts = {change: "".join(found) for change, found in parts.items()}
        order = (Change.SAME,) if same else (Change.REMOVED, Change.ADDED)
        joined += [Run(change, texts[change]) for change in order if texts[change]]
    return joined


def changed_figures(before: Score | None, after: Score | None) -> list[ChangedFigure]:
    """The figures that differ, in the order in which they are shown."""
    pairs = [
        ChangedFigure(figure, getattr(before, name, None), getattr(after, name, None))
        for name, figure in FIGURES.items()
    ]
    return [pair for pair in pairs if pair.before != pair.after]


def _texts(document: AssessmentDocument) -> dict[tuple[Section, str], str]:
    return {(part.section, part.label): part.full_text for part in parts(document)}


def _score(document: AssessmentDocument) -> Score | None:
    inputs = document.inputs()
    return None if problems(inputs) else score(inputs, document.method)

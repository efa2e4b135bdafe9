"""What differs between two versions of an assessment: figures, and prose word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple

from roles.documents.fields import AssessmentDocument
from roles.documents.layout import Section
from roles.documents.parts import parts
from scoring.figure_type import Figure
from scoring.figures import FIGURES, Score, score
from scoring.inputs import problems


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
    return Diff(
        changed_figures(_score(before), _score(after)),
        [
            Difference(*place, word_runs(old.get(place, ""), new.get(place, "")))
            for place in dict.fromkeys([*old, *new])
            if old.get(place, "") != new.get(place, "")
        ],
    )


def word_runs(before: str, after: str) -> list[Run]:
    """Two texts as the words they share, those removed and those added, in their order."""
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    runs = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run(Change.SAME, "".join(old[i:j])))
            continue
        if j > i:
            runs.append(Run(Change.REMOVED, "".join(old[i:j])))
        if m > k:
            runs.append(Run(Change.ADDED, "".join(new[k:m])))
    return runs


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

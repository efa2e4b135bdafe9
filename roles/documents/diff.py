"""What differs between two versions of an assessment: figures, and prose word by word."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from roles.documents.document import AssessmentDocument, ItemRow, TaskRow
from roles.documents.layout import Label, Section
from roles.documents.numbers import signed
from scoring.formula import Score, score
from scoring.inputs import problems

FIGURES = {
    "published_score": "Published score",
    "zone": "Zone",
    "sub_label": "Sub-label",
    "formula_score": "Formula score",
    "task_resistance": "Task resistance",
    "evidence_total": "Evidence total",
    "barrier_total": "Barrier total",
    "growth": "AI growth correlation",
    "share_3_plus": "Share of task time scoring 3+",
}


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


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that differs between two versions."""

    figures: list[tuple[str, Any, Any]]
    """Name, before and after of each figure that differs; None where there is none."""
    differences: list[Difference]

    def __bool__(self) -> bool:
        return bool(self.figures or self.differences)


def diff(before: AssessmentDocument, after: AssessmentDocument) -> Diff:
    """What differs between two documents of one role."""
    old, new = dict(_parts(before)), dict(_parts(after))
    return Diff(
        changed_figures(_scored(before), _scored(after)),
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


def changed_figures(
    before: Score | None, after: Score | None, names: Mapping[str, str] = FIGURES
) -> list[tuple[str, Any, Any]]:
    """The figures that differ: name, before and after; ``names`` says which, and their names."""
    pairs = [
        (name, getattr(before, key, None), getattr(after, key, None)) for key, name in names.items()
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]


def _scored(document: AssessmentDocument) -> Score | None:
    inputs = document.inputs()
    return None if problems(inputs) else score(inputs)


def _parts(document: AssessmentDocument) -> Iterator[tuple[tuple[Section, str], str]]:
    """Every input and text of a document, by its section and name."""
    yield (Section.ROLE, "Primary Function"), document.primary_function
    yield (Section.ROLE, "What This Role Is NOT"), document.not_this_role
    yield (Section.ROLE, "Typical Experience"), document.typical_experience
    yield (Section.ROLE, Label.SENIORITY.wording), document.seniority_note
    yield from _items(Section.PRINCIPLES, document.principles)
    growth = "" if document.growth is None else f"{signed(document.growth)}. "
    yield (Section.PRINCIPLES, "AI Growth Correlation"), growth + document.growth_rationale
    yield (Section.PRINCIPLES, Label.QUICK_SCREEN.name_in_words), document.quick_screen
    yield from (((Section.TASKS, task.name), _task(task)) for task in document.tasks)
    adjusted = document.adjusted_task_resistance
    adjustment = "" if adjusted is None else f"to {adjusted}. {document.adjustment_reason}"
    yield (Section.TASKS, Label.ADJUSTMENT.name_in_words), adjustment
    yield (Section.TASKS, Label.REINSTATEMENT.wording), document.reinstatement_check
    yield from _items(Section.EVIDENCE, document.evidence)
    yield from _items(Section.BARRIERS, document.barriers)
    yield (Section.GROWTH, str(Section.GROWTH)), document.growth_check
    override = document.override
    overridden = "" if override is None else f"to {override}. {document.override_reason}"
    yield (Section.COMPOSITE, Label.OVERRIDE.name_in_words), overridden
    yield (Section.COMMENTARY, str(Section.REALITY)), document.score_vs_reality
    yield (Section.COMMENTARY, str(Section.NOT_CAPTURED)), document.not_captured
    yield (Section.WORRY, str(Section.WORRY)), document.who_should_worry
    yield (Section.MEANING, Label.OUTLOOK.name_in_words), document.outlook
    yield (Section.MEANING, Label.STRATEGY.wording), "\n".join(document.survival_strategy)
    yield (Section.MEANING, Label.TIMELINE.wording), document.timeline
    for source in document.sources:
        words = f"{source.dimension}: {source.publisher} {source.url} {source.seen}"
        yield (Section.SOURCES, source.title), words
    for related in document.related:
        yield (Section.RELATED, related.title), f"{related.kind}: {related.note}"
    yield (Section.NOTES, str(Section.NOTES)), document.further_notes


def _items(
    section: Section, rows: tuple[ItemRow, ...]
) -> Iterator[tuple[tuple[Section, str], str]]:
    for row in rows:
        score = "not scored" if row.score is None else f"{row.score}"
        yield (section, row.dimension), f"{score}. {row.rationale}"


def _task(task: TaskRow) -> str:
    time = "?" if task.time is None else f"{task.time.normalize():f}"
    return f"{time} % of time, score {task.score or '?'}, {task.mode or '?'}. {task.rationale}"

"""Every figure that a complete document states, and how each is written."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from roles.documents.document import AssessmentDocument
from roles.documents.layout import Label, Section, Statement
from scoring.claims import Claim, Figure, computed_figure
from scoring.formula import Score
from scoring.method import Mode, rounded

PLACES = {
    Figure.TASK_WEIGHTED: 2,
    Figure.WEIGHTED: 2,
    Figure.TASK_RESISTANCE_RAW: 2,
    Figure.TASK_RESISTANCE: 2,
    Figure.EVIDENCE_MODIFIER: 2,
    Figure.BARRIER_MODIFIER: 2,
    Figure.GROWTH_MODIFIER: 2,
    Figure.RAW: 4,
    Figure.FORMULA_SCORE: 1,
}
"""Decimals with which a figure is written; those not named are written in full."""

type Stated = tuple[Figure, str, str]
"""Figure, place and subject of something that a document states."""


def stated(document: AssessmentDocument) -> Iterator[Stated]:
    """What a document states besides its prose, in the order in which it is read."""
    yield Figure.PROTECTIVE_TOTAL, Section.PRINCIPLES, ""
    for number in range(1, len(document.tasks) + 1):
        yield Figure.TASK_WEIGHTED, Section.TASKS, str(number)
    yield Figure.TIME_TOTAL, Section.TASKS, ""
    yield Figure.WEIGHTED, Section.TASKS, ""
    yield Figure.EVIDENCE_TOTAL, Section.EVIDENCE, ""
    yield Figure.BARRIER_TOTAL, Section.BARRIERS, ""
    for statement in Statement:
        if statement is not Statement.RESISTANCE:
            yield from ((figure, statement.place, "") for figure in statement.figures)
    yield Figure.ZONE, Label.ZONE.name_in_words, ""
    yield Figure.SHARE_3_PLUS, Section.SUB_LABEL, ""
    yield Figure.GROWTH, Section.SUB_LABEL, ""
    yield Figure.ZONE, Section.SUB_LABEL, ""
    yield Figure.SUB_LABEL, Section.SUB_LABEL, ""
    for figure in Statement.RESISTANCE.figures:
        yield figure, Statement.RESISTANCE.place, ""
    for mode in Mode:
        yield Figure.SPLIT, Label.SPLIT.name_in_words, mode


def complete_claims(document: AssessmentDocument, scored: Score) -> tuple[Claim, ...]:
    """The document's claims, and for each figure that it leaves out the computed one."""
    claimed = claims_by_place(document.claims)
    return tuple(
        claimed.get((figure, place, subject))
        or Claim(figure, _computed(figure, subject, document, scored), place, subject)
        for figure, place, subject in stated(document)
    )


def claims_by_place(claims: tuple[Claim, ...]) -> Mapping[Stated, Claim]:
    """The claims under what each of them states."""
    return {(claim.figure, claim.place, claim.subject): claim for claim in claims}


def _computed(figure: Figure, subject: str, document: AssessmentDocument, scored: Score) -> str:
    value = computed_figure(figure, subject, document.inputs(), scored, {})
    if not isinstance(value, Decimal):
        return value
    if figure in PLACES:
        return f"{rounded(value, PLACES[figure]):f}"
    return f"{value.normalize() + 0:f}"

"""Every figure that a complete document states, and how each is written."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from roles.documents.fields import AssessmentDocument
from roles.documents.layout import TABLE_OF, Label, Section, Statement
from scoring.claims import SPLIT, TASK_WEIGHTED, TIME_TOTAL, StatedClaim, computed_value
from scoring.dimensions import BARRIERS, EVIDENCE, PRINCIPLES, Mode
from scoring.figure_type import Figure
from scoring.figures import Score, score
from scoring.inputs import problems

TOTALS: Mapping[str, Figure] = {
    EVIDENCE.name: Score.evidence_total,
    BARRIERS.name: Score.barrier_total,
    PRINCIPLES.name: Score.protective_total,
}
"""The figure in the total row of each table of dimensions."""
type Stated = tuple[Figure, str, str]
"""Figure, place and subject of something that a document states."""


def stated(document: AssessmentDocument) -> Iterator[Stated]:
    """What a document states besides its prose, in the order in which it is read."""
    for section in Section:
        if group := TABLE_OF.get(section):
            yield TOTALS[group.name], section, ""
        elif section is Section.TASKS:
            for number in range(1, len(document.tasks) + 1):
                yield TASK_WEIGHTED, section, str(number)
            yield TIME_TOTAL, section, ""
            yield Score.weighted, section, ""
    for statement in Statement:
        if statement is not Statement.RESISTANCE:
            yield from ((figure, statement.place, "") for figure in statement.figures)
    yield Score.zone, Label.ZONE.name_in_words, ""
    in_table: tuple[Figure, ...] = (
        Score.share_3_plus,
        Score.growth,
        Score.zone,
        Score.sub_label,
    )
    yield from ((figure, Section.SUB_LABEL, "") for figure in in_table)
    for figure in Statement.RESISTANCE.figures:
        yield figure, Statement.RESISTANCE.place, ""
    for mode in Mode:
        yield SPLIT, Label.SPLIT.name_in_words, mode


def complete_claims(document: AssessmentDocument, scored: Score) -> tuple[StatedClaim, ...]:
    """The document's claims, and for each figure that it leaves out the computed one."""
    claimed = claims_by_place(document.claims)
    return tuple(
        claimed.get((figure, place, subject))
        or StatedClaim(
            figure, figure.text(computed_value(figure, subject, scored, {})), place, subject
        )
        for figure, place, subject in stated(document)
    )


def as_stated(document: AssessmentDocument) -> AssessmentDocument:
    """The document as it is written out: a figure that it does not claim is stated as computed.

    One that cannot be scored is left as it is.
    """
    if problems(document.inputs()):
        return document
    scored = score(document.inputs(), document.method)
    return replace(document, claims=complete_claims(document, scored))


def claims_by_place(claims: tuple[StatedClaim, ...]) -> Mapping[Stated, StatedClaim]:
    """The claims under what each of them states."""
    return {(claim.figure, claim.place, claim.subject): claim for claim in claims}

"""What there is to say about a document once it has been read: for people and for scripts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from roles.documents.layout import Label, Section
from roles.documents.outside import Note
from roles.documents.parse import Parsed
from roles.documents.quotes import (
    QuotedNeighbour,
    SeniorityBand,
    neighbours,
    quoted_claims,
    seniority_bands,
)
from scoring.claims import CheckedClaim, check_claim
from scoring.figures import FIGURES, Score, score
from scoring.inputs import problems
from scoring.warnings import warnings


@dataclass(frozen=True, slots=True)
class Report:
    """A document with its score and everything worth telling; bare where it has problems.

    An unfinished draft may have no score yet.
    """

    parsed: Parsed
    scored: Score | None = None
    claims: list[CheckedClaim] = field(default_factory=list)
    neighbours: list[QuotedNeighbour] = field(default_factory=list)
    seniority: list[SeniorityBand] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def unreproduced(self) -> list[CheckedClaim]:
        """The claims that the inputs do not bear out."""
        return [checked for checked in self.claims if not checked.reproduces]

    @property
    def unread(self) -> list[Note]:
        """Figures that the document states and that nothing here is held against."""
        return [note for note in self.parsed.notes if note.figure]

    @property
    def every_figure_reproduces(self) -> bool:
        """Whether all that the document states was checked, and follows from its inputs."""
        return not self.unread and not self.unreproduced

    @property
    def doubts(self) -> list[tuple[int | None, str, str]]:
        """What an editor has to say is right before it is published: line, field and why."""
        found = [(note.line, *_doubt(note)) for note in self.parsed.notes]
        return found + ([(None, *effect) for effect in _without_effect(self.scored)])


def _doubt(note: Note) -> tuple[str, str]:
    if note.figure:
        return "Figure not checked", f"{note.text[:80]}: there is no figure of the method there"
    return Section.NOTES, f"would have “{note.text[:80]}”, which has no place in the format"


def _without_effect(scored: Score | None) -> Iterator[tuple[str, str]]:
    """An adjustment or override that is the figure it stands in the place of."""
    if scored is None:
        return
    inputs = scored.inputs
    if inputs.override is not None and inputs.override == scored.formula_score:
        yield Label.OVERRIDE.name_in_words, f"to {inputs.override} is what the formula gives anyway"
    if inputs.adjusted_task_resistance in (scored.task_resistance_raw,):
        value = inputs.adjusted_task_resistance
        yield Label.ADJUSTMENT.name_in_words, f"to {value} is what the tasks give anyway"


def report_on(parsed: Parsed) -> Report:
    """Score a document and hold its claims against the figures."""
    document = parsed.document
    if document is None:
        return Report(parsed)
    inputs = document.inputs()
    scored = None if problems(inputs) else score(inputs, document.method)
    named = neighbours(document)
    cited = {neighbour.title: neighbour.score for neighbour in named if neighbour.score is not None}
    claims = (*document.claims, *quoted_claims(document))
    missing = document.missing_for_publication()
    return Report(
        parsed,
        scored,
        [check_claim(claim, scored, cited) for claim in claims] if scored else [],
        named,
        seniority_bands(document.seniority_note),
        [
            *(warning.message for warning in (warnings(scored) if scored else ())),
            *(
                f"Line {note.line} was left out, being no part of the document: {note.text[:80]}"
                for note in parsed.left_out
            ),
            *(f"Not ready for publication: {reason}." for reason in missing),
            *(
                f"Line {note.line} has no home in the format and is kept as a further note: "
                f"{note.text[:80]}"
                for note in parsed.notes
            ),
        ],
    )


def as_json(file: str, report: Report) -> dict[str, Any]:
    """The report of one file as plain data for scripts; figures are decimal strings."""
    scored = report.scored
    values = {name: getattr(scored, name) for name in FIGURES} if scored else {}
    figures = {name: _decimal(value) for name, value in values.items() if _is_number(value)}
    return {
        "file": file,
        "title": report.parsed.title,
        "figures": figures,
        "split": {mode: _decimal(time) for mode, time in scored.split.items()} if scored else {},
        "zone": scored.zone if scored else None,
        "sub_label": scored.sub_label if scored else None,
        "claims": [
            {
                "figure": checked.claim.figure.name,
                "subject": checked.claim.subject,
                "place": checked.claim.place,
                "claimed": checked.claim.claimed,
                "computed": checked.computed,
                "reproduces": checked.reproduces,
                "standing": checked.standing,
            }
            for checked in report.claims
        ],
        "neighbours": [
            {
                "title": neighbour.title,
                "score": None if neighbour.score is None else _decimal(neighbour.score),
                "zone": neighbour.zone,
                "sub_label": neighbour.sub_label,
            }
            for neighbour in report.neighbours
        ],
        "seniority": [
            {
                "label": band.label,
                "low": _decimal(band.low),
                "high": _decimal(band.high),
                "zone": band.zone,
            }
            for band in report.seniority
        ],
        "unread": [{"line": note.line, "text": note.text} for note in report.unread],
        "left_out": [{"line": note.line, "text": note.text} for note in report.parsed.left_out],
        "warnings": report.warnings,
        "problems": [
            {"line": problem.line, "field": problem.field, "message": problem.message}
            for problem in report.parsed.problems
        ],
    }


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal | int)


def _decimal(value: Decimal | int) -> str:
    """An exact figure with the decimals it has, such as 3.20, 2.223456 and 75."""
    exact = Decimal(value)
    places = -int(exact.as_tuple().exponent)
    while places > 2 and exact == exact.quantize(Decimal(1).scaleb(1 - places)):
        places -= 1
        exact = exact.quantize(Decimal(1).scaleb(-places))
    return f"{exact:f}"

"""The precedents of the editorial guide: which reason earns which score."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roles.documents.fields import FIELDS, AssessmentDocument
from scoring.dimensions import DIMENSION_GROUPS

_ROW = re.compile(r"^\| ([^|]+) \| (-?\d) \| ([^|]+) \| ([^|]+) \|$", re.M)


@dataclass(frozen=True, slots=True)
class Precedent:
    """One row of the guide: a score of a dimension, the reason for it, and roles that have it."""

    dimension: str
    score: int
    reason: str
    examples: tuple[str, ...]


def precedents(guide: str) -> list[Precedent]:
    """The rows of the guide's tables of precedents, in their order."""
    return [
        Precedent(
            dimension,
            int(score),
            reason,
            () if examples.startswith("none") else tuple(examples.split(", ")),
        )
        for dimension, score, reason, examples in _ROW.findall(guide)
    ]


def beside_precedents(guide: str, documents: Iterable[AssessmentDocument]) -> Iterator[str]:
    """Every score of evidence, barriers and growth under the precedent that it rests on."""
    scored = [(*each, d.identity.title) for d in documents for each in _scores(d)]
    for precedent in precedents(guide):
        yield f"{precedent.dimension} {precedent.score}: {precedent.reason}"
        for dimension, score, rationale, title in scored:
            if (dimension, score) == (precedent.dimension, precedent.score):
                yield f"  {title}: {rationale}"


def _scores(document: AssessmentDocument) -> Iterator[tuple[str, int | None, str]]:
    for group in DIMENSION_GROUPS:
        for row in document.items(group):
            yield row.dimension, row.score, row.rationale
    yield FIELDS["growth"].label, document.growth, document.growth_rationale


def scores(document: AssessmentDocument) -> dict[str, int | None]:
    """The scores of a document by dimension."""
    return {dimension: score for dimension, score, _ in _scores(document)}

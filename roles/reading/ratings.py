"""What holds AI back and what pushes it, as one table: evidence, barriers and growth."""

from collections import defaultdict
from dataclasses import dataclass

from roles.drawing.dots import dotted
from roles.models import Assessment, Source
from scoring.dimensions import BARRIERS, EVIDENCE, GROWTH, DimensionGroup, Range
from scoring.figures import Score
from scoring.rubric import CHOICES, GROWTH_CHOICES, Choices


@dataclass(frozen=True, slots=True)
class Rating:
    """One row: what was rated, how, and why."""

    name: str
    score: int
    words: str
    """What the score means, by the rubric."""
    dots: str
    """The score as dots; empty on a scale with two sides."""
    rationale: str
    more: str = ""
    """Further prose."""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Rated:
    """The rows of one kind, with what they add up to."""

    anchor: str
    heading: str
    question: str
    total: int
    scale: Range
    modifier: str
    """The name of the figure that the total gives."""
    rows: list[Rating]


def ratings(assessment: Assessment, scored: Score) -> list[Rated]:
    """The three groups in the order of a document."""
    sources: dict[str, list[Source]] = defaultdict(list)
    for source in assessment.sources.all():
        sources[source.dimension].append(source)
    growth = Rating(
        "AI growth",
        scored.growth,
        _words(GROWTH_CHOICES, scored.growth),
        "",
        assessment.growth_rationale,
        assessment.growth_check,
    )
    return [
        Rated(
            "evidence",
            "Evidence",
            "what the market and the tools show, from −2 to +2",
            scored.evidence_total,
            EVIDENCE.total,
            "evidence_modifier",
            _rows(assessment, EVIDENCE, sources),
        ),
        Rated(
            "barriers",
            "Barriers",
            "what keeps AI from the work, from 0 to 2",
            scored.barrier_total,
            BARRIERS.total,
            "barrier_modifier",
            _rows(assessment, BARRIERS, {}),
        ),
        Rated(
            "growth",
            "Growth in AI",
            "whether it takes demand, −2, or adds to it, +2",
            scored.growth,
            GROWTH,
            "growth_modifier",
            [growth],
        ),
    ]


def _rows(
    assessment: Assessment, group: DimensionGroup, sources: dict[str, list[Source]]
) -> list[Rating]:
    return [
        Rating(
            item.dimension,
            item.score,
            _words(CHOICES[group.dimensions(item.dimension)], item.score),
            "" if group.scale.signed else dotted(item.score, group.scale.high),
            item.rationale,
            sources=tuple(sources.get(item.dimension, ())),
        )
        for item in assessment.items(group)
    ]


def _words(choices: Choices, score: int) -> str:
    """The words of the rubric for a score, without the number before them."""
    return dict(choices)[score].partition(": ")[2]

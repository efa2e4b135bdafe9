"""The words for each score, for those who choose one and those who read it.

The rules behind them are in docs/editorial-guide.md.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from scoring.dimensions import (
    DIMENSION_GROUPS,
    GROWTH,
    TASK_SCORE,
    Barrier,
    EvidenceDimension,
    Mode,
    Principle,
    Range,
)

_PRINCIPLE = ("absent", "at the edge", "a real part of the job", "the job itself")
_WORDS: Mapping[StrEnum, Sequence[str]] = {
    EvidenceDimension.JOB_POSTING_TRENDS: (
        "steep decline",
        "some decline",
        "steady",
        "some growth",
        "far more posts than people",
    ),
    EvidenceDimension.COMPANY_ACTIONS: (
        "employers announce replacement",
        "some replace or stop hiring",
        "tools bought, headcount kept",
        "some hire because of AI",
        "hiring tied to AI",
    ),
    EvidenceDimension.WAGE_TRENDS: (
        "pay falls because of AI",
        "pay lags",
        "moves with the market or a national scale",
        "pay runs ahead",
        "documented scarcity premium",
    ),
    EvidenceDimension.AI_TOOL_MATURITY: (
        "core tasks done in production",
        "core tasks partly done",
        "help at the edges",
        "trials only",
        "nothing exists for the core",
    ),
    EvidenceDimension.EXPERT_CONSENSUS: (
        "agreed decline",
        "mostly decline",
        "open dispute",
        "mostly continuity",
        "agreed safety or shortage",
    ),
    Barrier.REGULATORY: (
        "no rule",
        "a rule binds the firm or asks for review",
        "a licence for the person",
    ),
    Barrier.PHYSICAL_PRESENCE: ("anywhere", "part of the work", "all of the work"),
    Barrier.UNION: ("none", "slows change", "can stop it"),
    Barrier.LIABILITY: ("nobody is blamed", "the firm pays", "a named person answers"),
    Barrier.CULTURAL: ("nobody minds", "a preference for people", "refused by most"),
    **dict.fromkeys(Principle, _PRINCIPLE),
}
"""From the lowest score of the dimension's scale up."""
_TASK = (
    "irreducibly human: presence, hands or trust are the task",
    "a person does it, tools help at the edges",
    "shared: software does much, a person carries it to the end",
    "software does it, a person checks or handles exceptions",
    "fully automatable with what can be bought",
)
_GROWTH = (
    "AI is the substitute for the occupation itself",
    "more AI means less demand",
    "no clear link",
    "more AI means some more demand",
    "demand comes from AI directly",
)

type Choices = list[tuple[int, str]]
"""Scores, the lowest first, each with its words: (2, "2: a person does it ...")."""


def _choices(scale: Range, words: Sequence[str]) -> Choices:
    return [
        (score, f"{score:+}: {word}" if scale.signed and score else f"{score}: {word}")
        for score, word in zip(scale.scores, words, strict=True)
    ]


TASK_CHOICES = _choices(TASK_SCORE, _TASK)
GROWTH_CHOICES = _choices(GROWTH, _GROWTH)
MODES: Mapping[Mode, str] = {
    Mode.DISPLACEMENT: "AI does it",
    Mode.AUGMENTATION: "AI helps with it",
    Mode.NOT_INVOLVED: "AI has no part in it",
}
"""How AI takes part in a task, in words."""
CHOICES: Mapping[StrEnum, Choices] = {
    dimension: _choices(group.scale, _WORDS[dimension])
    for group in DIMENSION_GROUPS
    for dimension in group.dimensions
}
"""The choices of each dimension."""

"""The wording of each score, for those who choose one and those who read it.

The rules behind it are in docs/editorial-guide.md.
"""

from scoring.method import (
    BARRIER_SCORE,
    EVIDENCE_SCORE,
    GROWTH,
    PRINCIPLE_SCORE,
    TASK_SCORE,
    Barrier,
    EvidenceDimension,
    Principle,
    Range,
)

TASK = {
    1: "irreducibly human: presence, hands or trust are the task",
    2: "a person does it, tools help at the edges",
    3: "shared: software does much, a person carries it to the end",
    4: "software does it, a person checks or handles exceptions",
    5: "fully automatable with what can be bought",
}
EVIDENCE = {
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
}
BARRIERS = {
    Barrier.REGULATORY: (
        "no rule",
        "a rule binds the firm or asks for review",
        "a licence for the person",
    ),
    Barrier.PHYSICAL_PRESENCE: ("anywhere", "part of the work", "all of the work"),
    Barrier.UNION: ("none", "slows change", "can stop it"),
    Barrier.LIABILITY: ("nobody is blamed", "the firm pays", "a named person answers"),
    Barrier.CULTURAL: ("nobody minds", "a preference for people", "refused by most"),
}
PRINCIPLES = dict.fromkeys(
    Principle, ("absent", "at the edge", "a real part of the job", "the job itself")
)
GROWTH_WORDS = {
    -2: "AI is the substitute for the occupation itself",
    -1: "more AI means less demand",
    0: "no clear link",
    1: "more AI means some more demand",
    2: "demand comes from AI directly",
}


def task_choices() -> list[tuple[int, str]]:
    """Scores of a task, 1 to 5, with their wording."""
    return [(score, f"{score}: {TASK[score]}") for score in _scores(TASK_SCORE)]


def evidence_choices(dimension: str) -> list[tuple[int, str]]:
    """Scores of one dimension of the evidence, -2 to +2, with their wording."""
    return _worded(EVIDENCE_SCORE, EVIDENCE[EvidenceDimension(dimension)], signed=True)


def barrier_choices(dimension: str) -> list[tuple[int, str]]:
    """Scores of one barrier, 0 to 2, with their wording."""
    return _worded(BARRIER_SCORE, BARRIERS[Barrier(dimension)])


def principle_choices(dimension: str) -> list[tuple[int, str]]:
    """Scores of one protective principle, 0 to 3, with their wording."""
    return _worded(PRINCIPLE_SCORE, PRINCIPLES[Principle(dimension)])


def growth_choices() -> list[tuple[int, str]]:
    """Scores of the AI growth correlation, -2 to +2, with their wording."""
    return _worded(GROWTH, tuple(GROWTH_WORDS.values()), signed=True)


def _worded(
    allowed: Range, words: tuple[str, ...], *, signed: bool = False
) -> list[tuple[int, str]]:
    pairs = zip(_scores(allowed), words, strict=True)
    return [
        (score, f"{score:+}: {word}" if signed else f"{score}: {word}") for score, word in pairs
    ]


def _scores(allowed: Range) -> range:
    return range(int(allowed.low), int(allowed.high) + 1)

"""Why a score is what it is, in two plain sentences made from its inputs."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from scoring.dimensions import BARRIERS, WHOLE_TIME, Barrier
from scoring.figures import AUTOMATABLE_FROM
from scoring.inputs import Inputs, TaskInput, total_time

LONGEST_NAME = 60
"""Characters of a task's name; a longer one is cut at a word."""
MOST_TASKS = 2
MOST_BARRIERS = 3

_BY_AI = "that AI can already do largely by itself"
_SHARED = "that AI does in large part and a person carries to the end"
_BY_PEOPLE = "that people do with little help from AI or none"
_HOLDS_BACK: Mapping[Barrier, tuple[str, str]] = {
    Barrier.REGULATORY: (
        "rules that ask for a person’s check",
        "a licence that only a person can hold",
    ),
    Barrier.PHYSICAL_PRESENCE: (
        "work that partly has to be done on the spot",
        "work that has to be done on the spot",
    ),
    Barrier.UNION: ("unions that can slow it", "unions that can stop it"),
    Barrier.LIABILITY: (
        "an employer that pays for mistakes",
        "a named person who answers for mistakes",
    ),
    Barrier.CULTURAL: (
        "people who would rather deal with a person",
        "people who will not be served by a machine",
    ),
}
"""A barrier of score 1, and of score 2, by the words of the rubric."""
_NOTHING = (
    "Hardly anything holds AI back: "
    "no licence, no need to be on the spot and nobody who would mind."
)


def reasons(inputs: Inputs) -> tuple[str, str]:
    """What the week goes into, with the tasks, and what holds AI back, with the barriers.

    For inputs that can be scored. Each sentence is under 300 characters.
    """
    return _where_the_time_goes(inputs.tasks), _what_holds_back(inputs.scores_of(BARRIERS))


def _where_the_time_goes(tasks: Sequence[TaskInput]) -> str:
    """The kind of work that takes the most time, and its largest tasks."""
    kinds: dict[str, list[TaskInput]] = {_BY_AI: [], _SHARED: [], _BY_PEOPLE: []}
    for task in tasks:
        kinds[_kind(task.score or 0)].append(task)
    kind, largest = max(kinds.items(), key=lambda one: total_time(one[1]))
    time = total_time(largest)
    named = sorted(largest, key=_time_of, reverse=True)[:MOST_TASKS]
    above_all = ", above all" if len(largest) > len(named) else ":"
    names = _listed([f"{_within(task.name)} ({_percent(_time_of(task))})" for task in named])
    return f"{_part_of_week(time)} goes into work {kind}{above_all} {names}."


def _what_holds_back(scores: Mapping[Barrier, int]) -> str:
    """The strongest barriers there are."""
    strongest = max(scores.values())
    if strongest == BARRIERS.scale.low:
        return _NOTHING
    held = [
        _HOLDS_BACK[barrier][strongest - 1] for barrier in Barrier if scores[barrier] == strongest
    ]
    opening = "What" if strongest == BARRIERS.scale.high else "Little"
    return f"{opening} holds AI back: {_listed(held[:MOST_BARRIERS])}."


def _kind(score: int) -> str:
    if score > AUTOMATABLE_FROM:
        return _BY_AI
    return _SHARED if score == AUTOMATABLE_FROM else _BY_PEOPLE


def _time_of(task: TaskInput) -> Decimal:
    return task.time or Decimal(0)


def _within(name: str) -> str:
    """The name of a task as it stands within a sentence: "coding of notes", "VAT returns"."""
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME - 1].rpartition(" ")[0] + "…"
    first = name.partition(" ")[0]
    abbreviated = first[1:] != first[1:].lower() or not first[1:2].isalpha()
    return name if abbreviated else name[:1].lower() + name[1:]


def _part_of_week(time: Decimal) -> str:
    if time * 2 == WHOLE_TIME:
        return "Half of the week"
    part = "Most" if time * 2 > WHOLE_TIME else "The largest part"
    return f"{part} of the week, {_percent(time)},"


def _percent(share: Decimal) -> str:
    return f"{share.normalize():f} %"


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last

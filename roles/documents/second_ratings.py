"""The second ratings of ``fixtures/``, held beside the first ones of the documents there."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import Any

from roles.documents.parse import parse
from roles.documents.tables import FIXTURES, rows
from scoring.agreement import Agreement, RatedTwice
from scoring.dimensions import DIMENSION_GROUPS, GROWTH_NAME, Mode
from scoring.figures import score
from scoring.inputs import Inputs

type Ratings = Mapping[str, tuple[int, Mode | None]]
"""The score of each task, dimension and growth, by name, and for a task its mode."""


@cache
def agreement() -> Agreement:
    """How far the two sets of ratings agree, as this version of the site has them.

    Raises ValueError where a second rating is of nothing that the document has, or one is missing.
    """
    return Agreement([_rated_twice(slug, ratings) for slug, ratings in _second_ratings().items()])


def rated_again(inputs: Inputs, ratings: Ratings) -> Inputs:
    """The same tasks and shares of time with other ratings, nothing adjusted or overridden.

    Raises ValueError where a rating is of nothing that there is, or one is missing.
    """
    dimensions = [name for group in DIMENSION_GROUPS for name in group.dimensions]
    expected = {GROWTH_NAME, *dimensions, *(task.name for task in inputs.tasks)}
    if wrong := expected ^ ratings.keys():
        raise ValueError(f"rated once only: {', '.join(sorted(wrong))}")
    tasks = [
        replace(task, score=rating, mode=mode)
        for task in inputs.tasks
        for rating, mode in [ratings[task.name]]
    ]
    groups: dict[str, dict[StrEnum, int]] = {
        group.name: {name: ratings[name][0] for name in group.dimensions}
        for group in DIMENSION_GROUPS
    }
    growth, _ = ratings[GROWTH_NAME]
    again: dict[str, Any] = {"tasks": tuple(tasks), "growth": growth, **groups}
    return replace(inputs.without_adjustment(), **again)


def _rated_twice(slug: str, ratings: Ratings) -> RatedTwice:
    document = parse((FIXTURES / "assessments" / f"{slug}.md").read_bytes()).document
    if document is None:
        raise ValueError(f"{slug}: the document cannot be read")
    first = document.inputs()
    try:
        second = rated_again(first, ratings)
    except ValueError as error:
        raise ValueError(f"{slug}: {error}") from error
    method = document.method
    return RatedTwice(document.identity.title, score(first, method), score(second, method))


def _second_ratings() -> Mapping[str, Ratings]:
    ratings: dict[str, dict[str, tuple[int, Mode | None]]] = defaultdict(dict)
    for row in rows("second-ratings.csv"):
        mode = Mode(row["mode"]) if row["mode"] else None
        ratings[row["role"]][row["what"]] = int(row["score"]), mode
    return ratings

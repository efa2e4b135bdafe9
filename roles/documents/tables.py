"""The tables in ``fixtures/``, and those of occupations that documents are held against."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"
_QUOTED = ("employment", "median_wage", "outlook")
_YEARS = ("2024", "2025", "2034")
"""The years that the published figures are of."""


@cache
def published_figures() -> Mapping[str, frozenset[str]]:
    """For each code of SOC 2018, the figures that a document may quote, as digits alone."""
    figures: dict[str, set[str]] = defaultdict(lambda: set(_YEARS))
    for row in rows("occupations.csv"):
        code = row["code"].partition(".")[0]
        figures[code].update(row[column].lstrip("-") for column in _QUOTED if row[column])
    return {code: frozenset(numbers) for code, numbers in figures.items()}


@cache
def known_codes() -> Mapping[str, frozenset[str]]:
    """The codes of each classification that there is a table of."""
    codes: dict[str, set[str]] = defaultdict(set)
    for row in rows("occupation-codes.csv"):
        codes[row["system"]].add(row["code"])
    codes["SOC 2018"].update(published_figures())
    codes["O*NET-SOC 2019"].update(row["code"] for row in rows("occupations.csv"))
    return {system: frozenset(known) for system, known in codes.items()}


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table, by its file name."""
    with (FIXTURES / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)

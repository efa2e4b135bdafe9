"""Reads one occupation from a release of the O*NET database and makes an unscored draft of it.

The release is the folder of tab-separated text files that the O*NET Resource Center publishes.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from roles.documents.fields import MAX_TITLE
from roles.documents.text import CONTROL, HTML
from roles.models import (
    AlsoKnownAs,
    Assessment,
    OccupationCode,
    Role,
    RoleRelation,
    Task,
    recalculated_once,
)
from roles.services.addresses import slug_of
from roles.services.listing import refresh_listing
from roles.services.quotes import role_named
from roles.vocabulary import Provenance, RelationKind

MOST_TASKS = 9
MOST_ALIASES = 12
MOST_RELATED = 6
CODE = re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}")
REPORTED = "Sample of Reported Titles.txt"
FILES = {
    "Occupation Data.txt": ("O*NET-SOC Code", "Title", "Description"),
    "Task Statements.txt": ("O*NET-SOC Code", "Task ID", "Task"),
    "Task Ratings.txt": (
        "O*NET-SOC Code",
        "Task ID",
        "Scale ID",
        "Category",
        "Data Value",
        "Recommend Suppress",
    ),
    "Alternate Titles.txt": ("O*NET-SOC Code", "Alternate Title"),
    "Related Occupations.txt": ("O*NET-SOC Code", "Related O*NET-SOC Code"),
    REPORTED: ("O*NET-SOC Code", "Reported Job Title"),
}
"""The files that are read, with the columns that are used of each."""
TIMES_A_YEAR = {
    "1": Decimal("0.5"),
    "2": Decimal(1),
    "3": Decimal(12),
    "4": Decimal(52),
    "5": Decimal(250),
    "6": Decimal(750),
    "7": Decimal(2000),
}
"""What the categories of the frequency scale stand for: from yearly or less to hourly or more."""


class UnreadableRelease(Exception):
    """The release lacks a file, a column or the occupation, or a line of it makes no sense."""


class DraftExists(Exception):
    """The role has an open draft, which is not replaced."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """One occupation as a release describes it."""

    code: str
    title: str
    description: str
    aliases: tuple[str, ...]
    tasks: tuple[tuple[str, Decimal], ...]
    """Task statements with the share of time proposed for each, summing to 100."""
    related: tuple[str, ...]
    release: str


def read_occupation(folder: Path, code: str) -> Occupation:
    """The occupation of an O*NET-SOC code such as 29-2072.00.

    Raises UnreadableRelease, naming file, line and column.
    """
    if not CODE.fullmatch(code):
        raise UnreadableRelease(f"{code} is no O*NET-SOC code; expected one such as 29-2072.00")
    occupations = {row["O*NET-SOC Code"]: row for row in _rows(folder, "Occupation Data.txt")}
    if code not in occupations:
        raise UnreadableRelease(f"{folder / 'Occupation Data.txt'}: has no occupation {code}")
    aliases = _values(folder, "Alternate Titles.txt", code, "Alternate Title")
    related = _values(folder, "Related Occupations.txt", code, "Related O*NET-SOC Code")
    return Occupation(
        code=code,
        title=occupations[code]["Title"],
        description=occupations[code]["Description"],
        aliases=tuple(aliases[:MOST_ALIASES]),
        tasks=_tasks(folder, code),
        related=tuple(
            occupations[other]["Title"] for other in related[:MOST_RELATED] if other in occupations
        ),
        release=_release(folder),
    )


def read_titles(folder: Path) -> list[tuple[str, str]]:
    """Every alternate title of a release, and every reported one where it has them, with its code.

    Raises UnreadableRelease, naming file, line and column.
    """
    titles = [
        (row["O*NET-SOC Code"], row["Alternate Title"])
        for row in _rows(folder, "Alternate Titles.txt")
    ]
    if (folder / REPORTED).exists():
        titles += [
            (row["O*NET-SOC Code"], row["Reported Job Title"]) for row in _rows(folder, REPORTED)
        ]
    return titles


def _tasks(folder: Path, code: str) -> tuple[tuple[str, Decimal], ...]:
    """The weightiest tasks with proposed shares of time.

    A task weighs its importance (1 to 5) times how often a year it is done, by the share of
    incumbents in each category of frequency. As doing something hourly does not fill the day,
    the frequency counts by its square root. Shares are rounded to whole percents, largest
    remainders first.
    """
    statements = {row["Task ID"]: row["Task"] for row in _rows(folder, "Task Statements.txt", code)}
    importance: dict[str, Decimal] = {}
    frequency: dict[str, Decimal] = defaultdict(Decimal)
    for row in _rows(folder, "Task Ratings.txt", code):
        if row["Recommend Suppress"] == "Y":
            continue
        if row["Scale ID"] == "IM":
            importance[row["Task ID"]] = row["Data Value"]
        elif row["Scale ID"] == "FT":
            frequency[row["Task ID"]] += row["Data Value"] / 100 * TIMES_A_YEAR[row["Category"]]
    weights = {
        task: importance[task] * frequency[task].sqrt()
        for task in statements
        if task in importance and frequency.get(task)
    }
    if not weights:
        raise UnreadableRelease(
            f"{folder / 'Task Ratings.txt'}: rates no task of {code} for importance and frequency"
        )
    heaviest = sorted(weights, key=lambda task: (-weights[task], task))[:MOST_TASKS]
    shares = whole_percents([weights[task] for task in heaviest])
    named = zip(heaviest, shares, strict=True)
    return tuple((statements[task], share) for task, share in named if share)


def whole_percents(weights: list[Decimal]) -> list[Decimal]:
    """Positive weights as whole percents that sum to 100, by largest remainder."""
    total = sum(weights)
    exact = [weight * 100 / total for weight in weights]
    percents = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda n: percents[n] - exact[n])
    for position in by_remainder[: 100 - sum(percents)]:
        percents[position] += 1
    return [Decimal(percent) for percent in percents]


def _values(folder: Path, file: str, code: str, column: str) -> list[str]:
    return list(dict.fromkeys(row[column] for row in _rows(folder, file, code)))


def _rows(folder: Path, file: str, code: str = "") -> Iterator[dict[str, Any]]:
    """The rows of one occupation, or of all, with only the columns that are used."""
    path = folder / file
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
            lacking = set(FILES[file]) - set(reader.fieldnames or ())
            if lacking:
                raise UnreadableRelease(f"{path}: lacks the column {', '.join(sorted(lacking))}")
            for row in reader:
                if code in ("", row["O*NET-SOC Code"]):
                    yield _checked({name: row[name] for name in FILES[file]}, path, reader.line_num)
    except OSError as error:
        raise UnreadableRelease(
            f"{path}: {error.strerror}; expected a file of the O*NET release"
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableRelease(f"{path}: is not UTF-8 text") from error


def _checked(row: dict[str, Any], path: Path, line: int) -> dict[str, Any]:
    for name, value in row.items():
        if value is None:
            raise UnreadableRelease(f"{path}, line {line}: ends before the column {name}")
        if HTML.search(value) or CONTROL.search(value):
            raise UnreadableRelease(f"{path}, line {line}, {name}: contains markup")
    if "Data Value" in row:
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", row["Data Value"]):
            raise UnreadableRelease(
                f"{path}, line {line}, Data Value: is {row['Data Value']!r}; expected a number"
            )
        row["Data Value"] = Decimal(row["Data Value"])
        if row["Scale ID"] == "FT" and row["Category"] not in TIMES_A_YEAR:
            raise UnreadableRelease(
                f"{path}, line {line}, Category: is {row['Category']!r}; expected 1 to 7"
            )
    return row


def _release(folder: Path) -> str:
    """The release's number, from the name under which its folder is published."""
    match = re.search(r"db_([0-9]+)_([0-9]+)", folder.resolve().name)
    return f"O*NET {match[1]}.{match[2]} Database" if match else "O*NET Database"


@transaction.atomic
def draft_occupation(occupation: Occupation) -> Assessment:
    """An unscored draft of the occupation, with what the licence asks to be said.

    Raises DraftExists if its role has an open draft.
    """
    role = Role.objects.filter(codes__code=occupation.code).first()
    role = role or Role.objects.filter(slug=slug_of(occupation.title)).first()
    if role and role.assessments.open().exists():
        raise DraftExists(f"{role} has an open draft; publish or delete it first")
    if role is None:
        role = Role.objects.create(
            slug=slug_of(occupation.title),
            title=occupation.title[:MAX_TITLE],
            country="United States",
        )
    known = {alias.title for alias in role.aliases.all()} | {role.title}
    AlsoKnownAs.objects.bulk_create(
        AlsoKnownAs(role=role, title=title[:MAX_TITLE])
        for title in occupation.aliases
        if title not in known
    )
    OccupationCode.objects.get_or_create(role=role, system="O*NET-SOC", code=occupation.code)
    with recalculated_once():
        assessment = _store(role, occupation)
    refresh_listing([role.pk])
    return assessment


def _store(role: Role, occupation: Occupation) -> Assessment:
    assessment = Assessment.objects.create(
        role=role,
        version=role.next_version(),
        provenance=Provenance.SAMPLE,
        primary_function=occupation.description,
        further_notes=attribution(occupation.release),
    )
    Task.objects.bulk_create(
        Task(
            assessment=assessment,
            position=position,
            name=_name(statement),
            time=share,
            rationale="",
        )
        for position, (statement, share) in enumerate(occupation.tasks)
    )
    related = {role_named(title) for title in occupation.related} - {role}
    RoleRelation.objects.bulk_create(
        RoleRelation(
            assessment=assessment,
            role=other,
            kind=RelationKind.ADJACENT,
            note="related in O*NET",
            position=position,
        )
        for position, other in enumerate(sorted(related, key=lambda other: other.title))
    )
    return assessment


def _name(statement: str) -> str:
    statement = statement.rstrip(".")
    if len(statement) <= MAX_TITLE:
        return statement
    return statement[: MAX_TITLE - 1].rsplit(" ", 1)[0] + "…"


def attribution(release: str) -> str:
    """What the licence of the O*NET database (CC BY 4.0) asks to be said beside its content."""
    return (
        f"This page includes information from the {release} by the U.S. Department of Labor, "
        "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. "
        "O*NET® is a trademark of USDOL/ETA. JobZone has modified all or some of this "
        "information. USDOL/ETA has not approved, endorsed, or tested these modifications."
    )

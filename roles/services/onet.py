"""Reads one occupation from a release of the O*NET database and makes an unscored draft of it.

The release is the folder of tab-separated text files that the O*NET Resource Center publishes, or
the zip archive of it.
"""

import csv
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
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
from roles.models.role import CLOSEST
from roles.services.addresses import role_at, slug_of
from roles.services.listing import refresh_listing
from roles.services.quotes import roles_of
from roles.vocabulary import Provenance, RelationKind

MOST_TASKS = 9
MOST_ALIASES = 12
MOST_RELATED = 6
CODE = re.compile(r"[0-9]{2}-[0-9]{4}(\.[0-9]{2})?")
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
REQUIRED = ("Occupation Data.txt", "Task Statements.txt")
"""The files that every release has; without another, nothing is drafted of what it would say."""
FURTHER_COLUMNS = {
    "Task Statements.txt": ("Task Type",),
    "Alternate Titles.txt": ("Source(s)",),
}
"""Columns that are used where a release has them."""
REPORTED_SOURCE = "02"
"""The source of alternate titles that are those which people in the job reported."""
CORE = "Core"
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


class RoleExists(Exception):
    """Another role has the code already; no second one is made of it."""


@dataclass(frozen=True, slots=True)
class Occupation:
    """One occupation as a release describes it."""

    code: str
    title: str
    description: str
    aliases: tuple[str, ...]
    tasks: tuple[tuple[str, Decimal | None], ...]
    """Task statements with the share of time proposed for each, summing to 100.

    None of an occupation whose tasks nobody has rated yet.
    """
    related: tuple[str, ...]
    release: str


def read_occupation(release: Path, code: str) -> Occupation:
    """The occupation of an O*NET-SOC code such as 29-2072.00, or 29-2072 for short.

    Raises UnreadableRelease, naming file, line and column.
    """
    if not CODE.fullmatch(code):
        raise UnreadableRelease(f"{code} is no O*NET-SOC code; expected one such as 29-2072.00")
    code = code if "." in code else f"{code}.00"
    occupations = {row["O*NET-SOC Code"]: row for row in _rows(release, "Occupation Data.txt")}
    if code not in occupations:
        raise UnreadableRelease(f"{release / 'Occupation Data.txt'}: has no occupation {code}")
    related = _values(release, "Related Occupations.txt", code, "Related O*NET-SOC Code")
    return Occupation(
        code=code,
        title=occupations[code]["Title"],
        description=occupations[code]["Description"],
        aliases=tuple(_aliases(release, code)[:MOST_ALIASES]),
        tasks=_tasks(release, code),
        related=tuple(
            occupations[other]["Title"] for other in related[:MOST_RELATED] if other in occupations
        ),
        release=_release(release),
    )


def read_titles(release: Path) -> list[tuple[str, str]]:
    """Every alternate title of a release, and every reported one where it has them, with its code.

    Raises UnreadableRelease, naming file, line and column.
    """
    columns = (("Alternate Titles.txt", "Alternate Title"), (REPORTED, "Reported Job Title"))
    return [
        (row["O*NET-SOC Code"], row[column])
        for file, column in columns
        for row in _rows(release, file)
    ]


def _aliases(release: Path, code: str) -> list[str]:
    """What people in the occupation report their jobs to be called, then what else is known of.

    Of alternate titles those come first that were reported, then those of most sources.
    """
    reported = _values(release, REPORTED, code, "Reported Job Title")
    alternate = list(_rows(release, "Alternate Titles.txt", code))

    def by_source(row: dict[str, Any]) -> tuple[bool, int]:
        sources = row.get("Source(s)", "").split(",")
        return REPORTED_SOURCE not in sources, -len(sources)

    others = [row["Alternate Title"] for row in sorted(alternate, key=by_source)]
    return list(dict.fromkeys([*reported, *others]))


def _tasks(release: Path, code: str) -> tuple[tuple[str, Decimal | None], ...]:
    """The weightiest tasks with proposed shares of time.

    A task weighs its importance (1 to 5) times how often a year it is done, by the share of
    incumbents in each category of frequency that is not suppressed, times the share of incumbents
    for whom it is part of the job at all. As doing something hourly does not fill the day, the
    frequency counts by its square root. Shares are rounded to whole percents, largest remainders
    first. Where nobody has rated the tasks, the first ones stand without a time.
    """
    rows = list(_rows(release, "Task Statements.txt", code))
    statements = {row["Task ID"]: row["Task"] for row in rows}
    weights = _weights(release, code, statements)
    if not weights:
        core_first = sorted(rows, key=lambda row: row.get("Task Type", CORE) not in (CORE, ""))
        return tuple((row["Task"], None) for row in core_first[:MOST_TASKS])
    heaviest = sorted(weights, key=lambda task: (-weights[task], task))[:MOST_TASKS]
    shares = whole_percents([weights[task] for task in heaviest])
    named = zip(heaviest, shares, strict=True)
    return tuple((statements[task], share) for task, share in named if share)


def _weights(release: Path, code: str, statements: dict[str, str]) -> dict[str, Decimal]:
    """What each rated task weighs; a task without an importance or frequency has no weight."""
    importance: dict[str, Decimal] = {}
    relevance: dict[str, Decimal] = {}
    times: dict[str, Decimal] = defaultdict(Decimal)
    answered: dict[str, Decimal] = defaultdict(Decimal)
    for row in _rows(release, "Task Ratings.txt", code):
        task, value = row["Task ID"], row["Data Value"]
        if row["Recommend Suppress"] == "Y":
            continue
        if row["Scale ID"] == "IM":
            importance[task] = value
        elif row["Scale ID"] == "RT":
            relevance[task] = value
        elif row["Scale ID"] == "FT":
            times[task] += value * TIMES_A_YEAR[row["Category"]]
            answered[task] += value
    return {
        task: importance[task]
        * (times[task] / answered[task]).sqrt()
        * relevance.get(task, Decimal(100))
        for task in statements
        if task in importance and times.get(task) and relevance.get(task, Decimal(1))
    }


def whole_percents(weights: list[Decimal]) -> list[Decimal]:
    """Positive weights as whole percents that sum to 100, by largest remainder."""
    total = sum(weights)
    exact = [weight * 100 / total for weight in weights]
    percents = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda n: percents[n] - exact[n])
    for position in by_remainder[: 100 - sum(percents)]:
        percents[position] += 1
    return [Decimal(percent) for percent in percents]


def _values(release: Path, file: str, code: str, column: str) -> list[str]:
    return list(dict.fromkeys(row[column] for row in _rows(release, file, code)))


def _rows(release: Path, file: str, code: str = "") -> Iterator[dict[str, Any]]:
    """The rows of one occupation, or of all, with only the columns that are used."""
    path = release / file
    try:
        with _opened(release, file) as stream:
            if stream is None:
                return
            reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
            columns = reader.fieldnames or ()
            if lacking := set(FILES[file]) - set(columns):
                raise UnreadableRelease(f"{path}: lacks the column {', '.join(sorted(lacking))}")
            further = [name for name in FURTHER_COLUMNS.get(file, ()) if name in columns]
            used = (*FILES[file], *further)
            for row in reader:
                if code in ("", row["O*NET-SOC Code"]):
                    yield _checked({name: row[name] for name in used}, path, reader.line_num)
    except UnicodeDecodeError as error:
        raise UnreadableRelease(f"{path}: is not UTF-8 text") from error


@contextmanager
def _opened(release: Path, file: str) -> Iterator[Any]:
    """A file of a release as text, of a folder or an archive; None where it may be absent."""
    try:
        if release.suffix.lower() in (".xlsx", ".xls", ".sql"):
            raise UnreadableRelease(
                f"{release}: is no text release; expected the folder or zip of the text files"
            )
        if release.suffix.lower() != ".zip":
            with (release / file).open(encoding="utf-8-sig", newline="") as text:
                yield text
            return
        with zipfile.ZipFile(release) as archive:
            found = [name for name in archive.namelist() if _is_member(name, file)]
            if not found:
                raise FileNotFoundError(2, "No such file in the archive")
            with archive.open(found[0]) as data:
                yield io.TextIOWrapper(data, encoding="utf-8-sig", newline="")
    except FileNotFoundError as error:
        if file in REQUIRED or not release.exists():
            raise _missing(release, file, error) from error
        yield None
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _missing(release, file, error) from error


def _is_member(name: str, file: str) -> bool:
    return name.rpartition("/")[2] == file and not name.startswith("__MACOSX")


def _missing(release: Path, file: str, error: Exception) -> UnreadableRelease:
    reason = getattr(error, "strerror", None) or str(error)
    if release.is_dir() and list(release.glob("*.xlsx")):
        reason = "is there as Excel file at most"
    return UnreadableRelease(f"{release / file}: {reason}; expected a file of the O*NET release")


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
    match = re.search(r"(?:db|o\*?net)[-_ ]*([0-9]+)[._]([0-9]+)", folder.resolve().name, re.I)
    return f"O*NET {match[1]}.{match[2]} Database" if match else "O*NET Database"


@transaction.atomic
def draft_occupation(occupation: Occupation) -> Assessment:
    """An unscored draft of the occupation, with what the licence asks to be said.

    Raises DraftExists if its role has an open draft, RoleExists if it has been assessed.
    """
    short = occupation.code.removesuffix(".00")
    coded = OccupationCode.objects.filter(code__in=[occupation.code, short])
    own = coded.exclude(system__endswith=CLOSEST).order_by("pk").first()
    role = own.role if own else role_at(slug_of(occupation.title))
    if role and role.assessments.open().exists():
        raise DraftExists(f"{role} has an open draft; publish or delete it first")
    if role and role.assessments.exists():
        raise RoleExists(f"{role} (/roles/{role.slug}/) is this occupation; draft a version of it")
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
            rationale=statement if len(statement.rstrip(".")) > MAX_TITLE else "",
        )
        for position, (statement, share) in enumerate(occupation.tasks)
    )
    related = {*roles_of(occupation.related).values()} - {role}
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

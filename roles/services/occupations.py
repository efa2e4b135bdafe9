"""Loads what is published about occupations: figures, and other titles."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from roles.documents.fields import MAX_TITLE
from roles.models import Occupation, OccupationName
from roles.models.field_types import validate_plain_text
from roles.models.occupation import CODE
from roles.occupation_figures import FIGURES
from roles.services.onet import read_titles
from roles.vocabulary import TitleSource


class UnreadableOccupations(Exception):
    """A file of occupations lacks a column, or a line of it makes no sense."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much was loaded."""

    occupations: int
    titles: int
    """Other titles, those of the release among them."""
    unknown: int
    """Titles of the release for occupations that have no figures here, which were left out."""


@transaction.atomic
def load_occupations(release: Path | None = None) -> Loaded:
    """Store the figures and titles of the fixtures, in the place of what was stored of them.

    ``release``, the folder of an O*NET release, adds its alternate and reported titles; without
    one the titles of a release that was loaded before stay. Raises UnreadableOccupations or
    ``onet.UnreadableRelease``; nothing is stored then.
    """
    fixtures = settings.BASE_DIR / "fixtures"
    occupations = list(read_occupations(fixtures / "occupations.csv"))
    Occupation.objects.exclude(code__in=[o.code for o in occupations]).delete()
    Occupation.objects.bulk_create(
        occupations,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["title", *FIGURES],
    )
    keys = dict(Occupation.objects.values_list("code", "pk"))
    # Other titles, written for this site; they may be absent.
    titles = fixtures / "occupation-titles.csv"
    written = list(_read_titles(titles)) if titles.exists() else []
    if unknown := sorted({code for code, _ in written} - keys.keys()):
        raise UnreadableOccupations(f"{titles}: there is no occupation {unknown[0]}")
    _replace_names(TitleSource.WRITTEN, written, keys)
    released = read_titles(release) if release else []
    known = [(code, title) for code, title in released if code in keys]
    if release:
        _replace_names(TitleSource.RELEASE, known, keys)
    return Loaded(len(keys), OccupationName.objects.count(), len(released) - len(known))


def _replace_names(
    source: TitleSource, titles: list[tuple[str, str]], keys: dict[str, int]
) -> None:
    """A title that an occupation has from elsewhere stays as it is."""
    OccupationName.objects.filter(source=source).delete()
    OccupationName.objects.bulk_create(
        [
            OccupationName(occupation_id=keys[code], title=title, source=source)
            for code, title in dict.fromkeys(titles)
            if len(title) <= MAX_TITLE
        ],
        ignore_conflicts=True,
    )


def read_occupations(path: Path) -> Iterator[Occupation]:
    """The occupations of a file with their published figures; nothing is stored.

    Raises UnreadableOccupations, with the line that it is about.
    """
    codes: set[str] = set()
    for line, row in _rows(path, ("code", "title", *FIGURES)):
        if row["code"] in codes:
            raise UnreadableOccupations(f"{path}, line {line}: {row['code']} stands there before")
        codes.add(row["code"])
        figures = {}
        for name, figure in FIGURES.items():
            try:
                figures[name] = figure.read(row[name])
            except ValueError as error:
                raise UnreadableOccupations(
                    f"{path}, line {line}, {name}: is {row[name]!r}; {error}"
                ) from error
        yield Occupation(code=row["code"], title=row["title"], **figures)


def _read_titles(path: Path) -> Iterator[tuple[str, str]]:
    for _, row in _rows(path, ("onet_soc_code", "title")):
        yield row["onet_soc_code"], row["title"]


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file with their lines; the first column is a code, the second a title."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if lacking := sorted(set(columns) - set(reader.fieldnames or ())):
                raise UnreadableOccupations(f"{path}: lacks the column {', '.join(lacking)}")
            for row in reader:
                yield reader.line_num, _checked(row, columns, f"{path}, line {reader.line_num}")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableOccupations(f"{path}: cannot be read: {error}") from error


def _checked(row: dict[str, str], columns: tuple[str, ...], where: str) -> dict[str, str]:
    code, title = columns[:2]
    if any(row[column] is None for column in columns):
        raise UnreadableOccupations(f"{where}: ends before its last column")
    row = {column: row[column].strip() for column in columns}
    if not re.fullmatch(CODE, row[code]):
        raise UnreadableOccupations(
            f"{where}, {code}: is {row[code]!r}; expected one such as 29-2072.00"
        )
    if not 0 < len(row[title]) <= MAX_TITLE:
        raise UnreadableOccupations(f"{where}, title: expected 1 to {MAX_TITLE} characters")
    try:
        validate_plain_text(row[title])
    except ValidationError as error:
        raise UnreadableOccupations(f"{where}, title: {error.messages[0]}") from error
    return row

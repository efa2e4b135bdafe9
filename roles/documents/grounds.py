"""What a cell of evidence rests on (docs/editorial-guide.md): a source, figures or judgement."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from urllib.parse import urlsplit

from roles.documents.fields import AssessmentDocument, ItemRow, SourceRow

JUDGED = range(-1, 2)
"""Scores that judgement alone can give a cell of evidence."""
_JUDGEMENT = {"United Kingdom": "Judgement:", "United States": "Judgment:"}
_FIGURES = re.compile(r"published figures for SOC (\d\d-\d{4})")
_DIGITS = re.compile(r"(?<![\w-])\d\S*")
_NUMBER_WORDS = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|decades?|half|halves|thirds?|quarters?"
    r"|twice|double[ds]?|tripled?|tenfold|per ?cent)\b",
    re.I,
)


class Ground(StrEnum):
    """What a cell of evidence rests on."""

    SOURCE = "sourced"
    FIGURES = "on published figures"
    JUDGEMENT = "judgement"


def grounds(document: AssessmentDocument) -> Counter[Ground]:
    """How many cells of evidence rest on what."""
    return Counter(ground(document, row) for row in document.evidence)


def ground(document: AssessmentDocument, row: ItemRow) -> Ground:
    """What one cell of evidence rests on."""
    if any(source.dimension == row.dimension for source in document.sources):
        return Ground.SOURCE
    return Ground.FIGURES if _FIGURES.search(row.rationale) else Ground.JUDGEMENT


def ungrounded(
    document: AssessmentDocument, figures: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """Dimension and message of each cell that claims more than its ground gives.

    ``figures`` are the numbers that are published for each code of SOC 2018, as they are written.
    """
    for row in document.evidence:
        resting_on = ground(document, row)
        if resting_on is Ground.JUDGEMENT:
            messages = _overstated(row, _JUDGEMENT.get(document.identity.country, "Judgement:"))
        elif resting_on is Ground.FIGURES:
            messages = _misquoted(row.rationale, figures)
        else:
            messages = iter(())
        yield from ((row.dimension, message) for message in messages)


def _overstated(row: ItemRow, opening: str) -> Iterator[str]:
    if not row.rationale.startswith(opening):
        yield f"has no source; name one, or begin with “{opening}”"
    if row.score is not None and row.score not in JUDGED:
        yield f"judgement cannot give {row.score:+d}; name a source, or score from -1 to +1"
    if found := _DIGITS.search(row.rationale) or _NUMBER_WORDS.search(row.rationale):
        yield f"the number {found[0]} has no source; name one, or judge without a number"


def _misquoted(text: str, figures: Mapping[str, frozenset[str]]) -> Iterator[str]:
    code = next(_FIGURES.finditer(text))[1]
    published = figures.get(code)
    if published is None:
        yield f"no figures are published for SOC {code}"
        return
    for number in re.findall(r"(?<![\w-])\d[\d,.]*\d|(?<![\w-])\d", text.replace(code, "")):
        if number.replace(",", "") not in published:
            yield f"{number} is not among the published figures for SOC {code}"


def unfit_source(source: SourceRow) -> Iterator[str]:
    """Why a source cannot be looked up: no year, or a page that says nothing itself."""
    if not re.search(r"\b(19|20)\d\d\b", f"{source.title} {source.publisher}"):
        yield f"“{source.title}” has no year"
    if source.seen and not re.fullmatch(r"\d{4}-\d\d-\d\d", source.seen):
        yield f"“{source.seen}” is no day on which the page was opened; leave it empty"
    parts = [part for part in urlsplit(source.url).path.split("/") if part]
    if not parts or (len(parts) == 1 and not re.search(r"[-\d]", parts[0])):
        yield f"{source.url} is a home or landing page; name the page that says it"

"""What the prose of a document quotes: neighbours with their scores, seniority bands, figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from roles.documents.fields import AssessmentDocument
from roles.documents.layout import Label, Section
from roles.documents.numbers import DASH, NUMBER, to_decimal
from scoring.claims import GAP, StatedClaim
from scoring.dimensions import PUBLISHED_SCORE
from scoring.figures import Score
from scoring.method import Method
from scoring.zones import SubLabel, Zone, zone_of

ZONE = rf"(?P<zone>{'|'.join(Zone)})"
SUB_LABEL = rf"(?:\s+\(?(?P<sub_label>{'|'.join(SubLabel)})\)?)?"
SCORE = r"~?(?P<score>[0-9]{1,3}(?:\.[0-9])?)(?:/100)?"
QUOTED_SCORE = re.compile(
    rf"(?:scored?s?(?:\s+at)?\s+{SCORE}(?:,?\s*\(?{ZONE}{SUB_LABEL}\)?)?"
    rf"|{SCORE.replace('<score>', '<score2>')},?\s+"
    rf"{ZONE.replace('<zone>', '<zone2>')}{SUB_LABEL.replace('<sub_label>', '<sub_label2>')})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class QuotedNeighbour:
    """A role that the document says this role is not, with the score it quotes, if any."""

    title: str
    note: str
    score: Decimal | None
    zone: Zone | None
    """As quoted; worked out from the score where the document gives none."""
    sub_label: SubLabel | None


@dataclass(frozen=True, slots=True)
class SeniorityBand:
    """A level of seniority with the band of scores it is put in."""

    label: str
    low: Decimal
    high: Decimal
    zone: Zone
    reason: str


def neighbours(document: AssessmentDocument) -> list[QuotedNeighbour]:
    """The roles named in "What This Role Is NOT", once each, in their order.

    Each is introduced by "NOT a" and may be followed by a note in parentheses or after a
    dash, in which a score and a zone may be quoted.
    """
    found: dict[str, QuotedNeighbour] = {}
    pieces = re.split(r"\bNOT\s+(?:an?|the)\s+", document.not_this_role.replace("**", ""))
    for piece in pieces[1:]:
        neighbour = _neighbour(piece.strip(), document.method)
        if neighbour.title:
            found.setdefault(neighbour.title.lower(), neighbour)
    return list(found.values())


def _neighbour(piece: str, method: Method) -> QuotedNeighbour:
    title, note = _title_and_note(piece)
    match = QUOTED_SCORE.search(note)
    if match is None:
        return QuotedNeighbour(title, note, None, None, None)
    score = Decimal(match["score"] or match["score2"])
    if score not in PUBLISHED_SCORE:
        return QuotedNeighbour(title, note, None, None, None)
    zone = match["zone"] or match["zone2"]
    sub_label = match["sub_label"] or match["sub_label2"]
    return QuotedNeighbour(
        title,
        note,
        score,
        Zone(zone.capitalize()) if zone else zone_of(score, method),
        SubLabel(sub_label.capitalize()) if sub_label else None,
    )


def _title_and_note(piece: str) -> tuple[str, str]:
    piece = piece.rstrip(" .;,")
    groups = [match.span() for match in re.finditer(r"\((?:[^()]|\([^()]*\))*\)", piece)]
    for start, end in groups:
        words = piece[start + 1 : end - 1]
        if not _belongs_to_title(words):
            return piece[:start].strip(), (words + piece[end:]).strip()
    after = groups[-1][1] if groups else 0
    match = re.search(rf"\s+{DASH}\s+|[,.;:]\s+", piece[after:])
    if match is None:
        return piece, ""
    return piece[: after + match.start()].strip(), piece[after + match.end() :].strip()


def _belongs_to_title(words: str) -> bool:
    """Whether a parenthesis is part of a title, as in "Medical Coder (US)", and no note."""
    return len(words.split()) <= 2 and words[:1].isupper() and not QUOTED_SCORE.search(words)


def seniority_bands(note: str) -> list[SeniorityBand]:
    """The bands in a seniority note, such as "Trainee coders ... score lower Red (~16-18)"."""
    low_high = (
        rf"~?(?P<low>[0-9]{{1,3}}(?:\.[0-9])?)(?:\s*{DASH}\s*(?P<high>[0-9]{{1,3}}(?:\.[0-9])?))?"
    )
    pattern = re.compile(rf"\b{ZONE}\b[^()0-9]{{0,40}}\(\s*{low_high}[^()]*\)", re.I)
    note = note.replace("**", "")
    matches = list(pattern.finditer(note))
    starts = [0, *(_sentence_start(note, match) for match in matches[1:]), len(note)]
    bands = []
    for position, match in enumerate(matches):
        low = Decimal(match["low"])
        high = Decimal(match["high"] or match["low"])
        if low <= high and high in PUBLISHED_SCORE:
            label = _band_label(note[starts[position] : match.start()])
            reason = note[match.end() : starts[position + 1]]
            reason = re.sub(rf"^\s*(?:{DASH}|[,:;.])?\s*", "", reason).strip()
            zone = Zone(match["zone"].capitalize())
            bands.append(SeniorityBand(label, low, high, zone, reason))
    return bands


def _sentence_start(note: str, match: re.Match[str]) -> int:
    ends = list(re.finditer(r"[.;]\s+(?=[A-Z])", note[: match.start()]))
    return ends[-1].end() if ends else 0


def _band_label(text: str) -> str:
    parenthesis = re.match(r"[^()]*\([^()]*\)", text)
    label = parenthesis[0] if parenthesis else re.split(r"\s+(?:would\s+)?scor", text)[0]
    return label.strip(" ,:")


def quoted_claims(document: AssessmentDocument) -> tuple[StatedClaim, ...]:
    """The figures that the prose states about this role, once for each place."""
    titles = [neighbour.title for neighbour in neighbours(document)]
    texts = (
        (Label.QUICK_SCREEN.name_in_words, document.quick_screen),
        (Section.GROWTH, document.growth_check),
        (Label.OVERRIDE.name_in_words, document.override_reason),
        (Section.REALITY, document.score_vs_reality),
        (Section.NOT_CAPTURED, document.not_captured),
        (Section.WORRY, document.who_should_worry),
    )
    claims = (claim for place, text in texts for claim in _claims_in(text, place, titles))
    return tuple(dict.fromkeys(claims))


def _claims_in(text: str, place: str, titles: list[str]) -> Iterator[StatedClaim]:
    if match := re.search(r"[Pp]rotective(?: [Tt]otal)?:? ([0-9])/9", text):
        yield StatedClaim(Score.protective_total, match[1], place)
    if place == Label.QUICK_SCREEN.name_in_words and (
        match := re.search(r"\blikely (Red|Green|Yellow)\b", text, re.I)
    ):
        yield StatedClaim(Score.lean, f"likely {match[1].capitalize()}", place)
    if match := re.search(rf"[Cc]onfirmed at ({NUMBER})", text):
        yield StatedClaim(Score.growth, str(to_decimal(match[1])), place)
    if match := re.search(r"[Ff]ormula (?:yields|gives) ([0-9]{1,3}\.[0-9])\b", text):
        yield StatedClaim(Score.formula_score, match[1], place)
    classification = rf"\b{ZONE} \((?P<sub_label>\w+)\) classification at (?P<score>[0-9]+\.[0-9])"
    if match := re.search(classification, text, re.I):
        yield StatedClaim(Score.published_score, match["score"], place)
        yield StatedClaim(Score.zone, match["zone"].capitalize(), place)
        yield StatedClaim(Score.sub_label, match["sub_label"].capitalize(), place)
    yield from _gap_claims(text, place, titles)


def _gap_claims(text: str, place: str, titles: list[str]) -> Iterator[StatedClaim]:
    for title in titles:
        gap = rf"([0-9]+(?:\.[0-9]+)?) points? (above|below) (?:an? |the )?{re.escape(title)}"
        for match in re.finditer(gap, text, re.I):
            sign = "-" if match[2].lower() == "below" else ""
            yield StatedClaim(GAP, sign + match[1], place, title)

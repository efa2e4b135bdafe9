"""What the prose of a document quotes: neighbours with their scores, seniority bands, figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise

from roles.documents.fields import FIELDS, MAX_TITLE, AssessmentDocument
from roles.documents.layout import Label, Section
from roles.documents.markup import folded, plain
from roles.documents.numbers import DASH, NUMBER, to_decimal
from scoring.claims import GAP, StatedClaim
from scoring.dimensions import PUBLISHED_SCORE
from scoring.figures import Score
from scoring.method import Method
from scoring.zones import SubLabel, Zone, zone_of

MOST_NEIGHBOURS = 100
MOST_BANDS = 20
"""Of a document: each becomes a row, and stands on its page."""
ZONE = rf"(?P<zone>{'|'.join(Zone)})"
SUB_LABEL = rf"(?:\s*\(?(?P<sub_label>{'|'.join(SubLabel)})\)?)?"
TILDE = "[~≈≃≅\u223c\u02dc\u2053\uff5e]"
ABOUT = rf"(?:{TILDE}|about|around|roughly|circa|ca?\.|approx(?:imately|\.)?)?\s*"
WHOLE = r"(?![0-9%]|\s?/|[^\w\s()][0-9]|\s[.,]\s?[0-9])"
BEFORE = rf"(?<![^\s(:=*{TILDE[1:-1]}])"
SCORE = rf"{ABOUT}{BEFORE}(?P<score>[0-9]{{1,3}}(?:[.,][0-9]+)?)(?:\s?/\s?100)?{WHOLE}"
QUOTED_SCORE = re.compile(
    rf"(?:scor(?:e[sd]?|ing)\b[\s:=*]*(?:(?:of|at|is|was)\s+)?{SCORE}"
    rf"(?:[\s,:–—-]*\(?{ZONE}{SUB_LABEL}\)?)?"
    rf"|{SCORE.replace('<score>', '<score2>')},?\s+\(?"
    rf"{ZONE.replace('<zone>', '<zone2>')}{SUB_LABEL.replace('<sub_label>', '<sub_label2>')})",
    re.I,
)
STATED_SCORE = re.compile(
    rf"scor(?:e[sd]?|ing)\b[^0-9.;()]{{0,25}}(?<![\w-])[+−-]?[0-9]"
    r"|[0-9][.,][0-9]\s*(?:points|/\s*100)"
    rf"|(?<![0-9])[0-9]{{1,4}}(?:[.,][0-9]{{1,3}})?\s?\(?(?:{'|'.join(Zone)})\b",
    re.I,
)
"""Where a note seems to quote a score, in whichever words."""


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
    for piece in _pieces(document):
        neighbour = _neighbour(piece, document.method)
        if neighbour.title:
            found.setdefault(neighbour.title.lower(), neighbour)
    return list(found.values())


def _pieces(document: AssessmentDocument) -> list[str]:
    text = plain(document.not_this_role)
    return [piece.strip() for piece in re.split(r"\bNOT\s+(?:an?|the)\s+", text)[1:]]


def unread(document: AssessmentDocument) -> Iterator[tuple[str, str]]:
    """What quotes a figure and cannot be read, or be stored: the field's label and why."""
    label = FIELDS["not_this_role"].label
    for piece in _pieces(document):
        written = STATED_SCORE.search(folded(piece))
        if written and _neighbour(piece, document.method).score is None:
            place = folded(piece)[max(0, written.start() - 10) : written.end() + 10]
            message = "quotes a score that cannot be read; expected 'scored 34.8'"
            yield label, f"'…{place}…' {message}"
    named = len(neighbours(document))
    if named > MOST_NEIGHBOURS:
        yield label, f"names {named} roles; expected at most {MOST_NEIGHBOURS}"
    if any(len(neighbour.title) > MAX_TITLE for neighbour in neighbours(document)):
        message = f"names a role in more than {MAX_TITLE} characters"
        yield label, f"{message}; expected 'NOT a Title (…)'"
    label = Label.SENIORITY.name_in_words
    if found := unread_bands(document.seniority_note):
        # The levels after the first that cannot be read are in doubt because of it.
        expected = "expected 'Trainees score lower, in Red (~16-18) -- why.'"
        yield label, f"'{found[0]}' gives no level its band with certainty; {expected}"


def _neighbour(piece: str, method: Method) -> QuotedNeighbour:
    title, note = _title_and_note(piece)
    match = QUOTED_SCORE.search(note)
    if match is None:
        return QuotedNeighbour(title, note, None, None, None)
    score = to_decimal(match["score"] or match["score2"])
    if score not in PUBLISHED_SCORE or score != round(score, 1):
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


_FIGURE = r"[0-9]{1,3}(?:[.,][0-9]+)?"
_RANGE = (
    rf"{ABOUT}(?P<low>{_FIGURE})(?:\s*(?:{DASH}|to|and)\s*{ABOUT}(?P<high>{_FIGURE}))?"
    r"(?:\s*/\s*100)?(?![0-9%/]|[.,][0-9])"
)
_LABELS = f"(?:{'|'.join(SubLabel)})"
_OTHER_RANGE = _RANGE.replace("low>", "low2>").replace("high>", "high2>")
BAND = re.compile(
    rf"\b{ZONE}\b(?:\s*\(?{_LABELS}\b\)?)?"
    rf"(?:[^()\[\]0-9]{{0,40}}[(\[]\s*(?:{_LABELS}[,:;]?\s*)?{_RANGE}[^()\[\]0-9]*[)\]]"
    rf"|[\s,:]*(?:at\s+)?{_OTHER_RANGE})",
    re.I,
)
_ZONES = "|".join(Zone)
SEEMS_BAND = re.compile(
    rf"\b(?:{_ZONES})\b[^()0-9.;]{{0,25}}\(?{TILDE}?[0-9]+"
    rf"|[(\[]\s*{TILDE}?\s*{_FIGURE}\s*(?:(?:{DASH}|to)\s*{_FIGURE}\s*)?"
    rf"(?:/100|,?\s*(?:{_ZONES})[^()]*)?[)\]]|{TILDE}\s*[0-9]+"
    rf"|{_FIGURE}\s*\(?\s*(?:{_ZONES})\b|\bscor\w*[^0-9.;()]{{0,30}}[0-9]{{1,3}}(?![0-9])",
    re.I,
)
"""Where a seniority note seems to give a band, in whichever words."""
_NO_LEVEL = re.compile(
    r"(?:they|it|these|those|this|that|which|who|both|all|some|others?)\b"
    r"|the (?:former|latter|same)\b"
    r"|(?:would|will|also|and|or|but|in|at|scor\w*)\b|\W*$"
    r"|(?:lower|higher)(?:\W*$|\W*,|\s+(?:in|at|and|or|still|than)\b)",
    re.I,
)
_CONNECTS = re.compile(
    r"^(?:[\s,;:.–—-]|(?:and|while|whereas|but|then|however|whilst|by contrast|in contrast)\b)+",
    re.I,
)
_VERB = re.compile(
    r"\s*[:=]|\s+(?:--?|[–—])\s|\s+(?:who\b.{0,80}?\s)?"
    r"(?:(?:would|will|could|may|might|can|also|usually|typically|generally|hardly|tend|are|is)\b"
    r"|score|hold|keep|land|sit|stand|lie|rate|rank|rise|climb|fall|drop|come|stay|remain|reach|differ)",
    re.I,
)
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Sr|Jr|Dr|Mr|Mrs|Ms|St|No|vs|e\.g|i\.e|etc|approx|ca)\.$", re.I
)
_NEW_SENTENCE = re.compile(r"[.;]\s+(?=[A-Z])")
LONGEST_LEVEL = 100
"""Characters of what a level of seniority is called."""


def seniority_bands(note: str) -> list[SeniorityBand]:
    """The bands in a seniority note, such as "Trainee coders ... score lower Red (~16-18)"."""
    return [band for band in _bands(plain(note)) if isinstance(band, SeniorityBand)]


def unread_bands(note: str) -> list[str]:
    """The words of a note that seem to give a level its band, and cannot be read with certainty."""
    text = plain(note)
    if sum(1 for _ in islice(BAND.finditer(text), MOST_BANDS + 1)) > MOST_BANDS:
        return [f"{text[:40]}…: more than {MOST_BANDS} bands"]
    found = []
    spans = [match.span() for match in BAND.finditer(text)]
    for match in SEEMS_BAND.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in spans):
            found.append(match[0][:60])
    return [*found, *(band for band in _bands(text) if isinstance(band, str))]


def _bands(note: str) -> Iterator[SeniorityBand | str]:
    """Each band of a note, or the words of one that has no certain level or range."""
    matches = list(islice(BAND.finditer(note), MOST_BANDS))
    starts = [0]
    for before, match in pairwise(matches):
        starts.append(_sentence_start(note, before.end(), match.start()))
    for position, match in enumerate(matches):
        low = to_decimal(match["low"] or match["low2"])
        high = to_decimal(match["high"] or match["high2"] or match["low"] or match["low2"])
        label = _band_label(note[starts[position] : match.start()])
        exact = all(bound in PUBLISHED_SCORE and bound == round(bound, 1) for bound in (low, high))
        if low > high or not exact or not label:
            yield note[max(match.start() - 20, 0) : match.end()][-60:]
            continue
        end = starts[position + 1] if position + 1 < len(matches) else len(note)
        reason = re.sub(rf"^\s*(?:{DASH}|[,:;.])?\s*", "", note[match.end() : end]).strip()
        yield SeniorityBand(label, low, high, Zone(match["zone"].capitalize()), reason)


def _sentence_start(note: str, start: int, end: int) -> int:
    """Where the last sentence between two places begins; the first of them if none does."""
    for match in reversed(list(_NEW_SENTENCE.finditer(note, start, end))):
        if not _ABBREVIATION.search(note[max(0, match.start() - 10) : match.start() + 1]):
            return match.end()
    return start


def _band_label(text: str) -> str:
    """What the level is called that a band is given to; empty where that is not certain."""
    text = _CONNECTS.sub("", text)
    if re.search(rf"\b(?:{_ZONES})\b", text, re.I):
        return ""  # it may be the level of that zone
    verb = _VERB.search(text)
    parenthesis = re.match(r"[^()]*\([^()]*\)", text)
    if parenthesis and (verb is None or verb.start() >= text.index("(")):
        verb = _VERB.search(text, parenthesis.end())
    if verb is None:
        return ""
    end = parenthesis.end() if parenthesis and verb.start() >= parenthesis.end() else verb.start()
    label = text[:end].strip(" ,:")
    return "" if len(label) > LONGEST_LEVEL or _NO_LEVEL.match(label) else label


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

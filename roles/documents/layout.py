"""The layout of an assessment document, shared by reading and writing.

Which sections there are and what they are called, which labels open a paragraph in them, and
how lines that state a calculation are written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum, StrEnum
from functools import cache

from roles.documents.markup import folded
from roles.documents.numbers import DASH, NUMBER, to_decimal
from roles.documents.synonyms import key, official, others
from scoring.claims import StatedClaim
from scoring.dimensions import (
    BARRIERS,
    EVIDENCE,
    GROWTH,
    PRINCIPLES,
    PUBLISHED_SCORE,
    TASK_RESISTANCE,
)
from scoring.figure_type import Figure
from scoring.figures import FIGURES
from scoring.method import Method

_TOTALS = {
    "evidence_total": EVIDENCE,
    "barrier_total": BARRIERS,
    "protective_total": PRINCIPLES,
}
OUT_OF = {
    **{name: group.total.high for name, group in _TOTALS.items()},
    "task_resistance_raw": TASK_RESISTANCE.high,
    "task_resistance": TASK_RESISTANCE.high,
    "formula_score": PUBLISHED_SCORE.high,
    "published_score": PUBLISHED_SCORE.high,
    "growth": GROWTH.high,
}
"""What a figure can be said to be out of."""


class Section(StrEnum):
    """The sections in the order of a document; the value is the heading."""

    ROLE = "Role Definition"
    PRINCIPLES = "Protective Principles + AI Growth Correlation"
    TASKS = "Task Decomposition (Agentic AI Scoring)"
    EVIDENCE = "Evidence Score"
    BARRIERS = "Barrier Assessment"
    GROWTH = "AI Growth Correlation Check"
    COMPOSITE = "JobZone Composite Score (AIJRI)"
    SUB_LABEL = "Sub-Label Determination"
    COMMENTARY = "Assessor Commentary"
    REALITY = "Score vs Reality Check"
    NOT_CAPTURED = "What the Numbers Don't Capture"
    WORRY = "Who Should Worry (and Who Shouldn't)"
    MEANING = "What This Means"
    SOURCES = "Sources"
    RELATED = "Related Roles"
    CORRECTIONS = "Corrections"
    NOTES = "Further Notes"


TABLE_OF = {
    Section.PRINCIPLES: PRINCIPLES,
    Section.EVIDENCE: EVIDENCE,
    Section.BARRIERS: BARRIERS,
}
"""The sections with a table of dimensions."""
TABLE_COLUMNS = {
    Section.ROLE: ("Field", "Value"),
    Section.PRINCIPLES: ("Principle", "Score (0-3)", "Rationale"),
    Section.TASKS: ("Task", "Time %", "Score (1-5)", "Weighted", "Aug/Disp", "Rationale"),
    Section.EVIDENCE: ("Dimension", "Score (-2 to 2)", "Evidence"),
    Section.BARRIERS: ("Barrier", "Score (0-2)", "Rationale"),
    Section.COMPOSITE: ("Input", "Value"),
    Section.SUB_LABEL: ("Metric", "Value"),
    Section.SOURCES: ("Dimension", "Title", "Publisher", "URL", "Seen"),
    Section.RELATED: ("Role", "Relation", "Note"),
    Section.CORRECTIONS: ("Claim", "Correction", "Source"),
}
"""The tables of a document; what stands in parentheses may be left out."""
OPTIONAL_COLUMNS = frozenset({"Weighted", "Publisher", "URL", "Seen", "Note"})
"""Columns of which nothing is asked: what they hold is a claim, or may be empty."""
OPTIONAL_SECTIONS = frozenset(
    {Section.SOURCES, Section.RELATED, Section.CORRECTIONS, Section.NOTES}
)
SUBSECTIONS_OF = {Section.COMMENTARY: (Section.REALITY, Section.NOT_CAPTURED)}


UNFINISHED = ("Status", "Unfinished draft")
"""The row of the role table by which a document says that something of it is still missing."""
NO_SUB_LABEL = "Not scored yet -- "
"""What stands before the note on the sub-label of such a document."""


def section_of(heading: str, *, other_names: bool = True) -> Section | None:
    """The section that a heading names, with or without numbering, bold or its parenthesis.

    ``other_names`` lets the names count that other documents have for it.
    """
    if other_names:
        name = official(heading, _SECTIONS)
        return _SECTIONS[name] if name else None
    return _SECTIONS_BY_KEY.get(key(heading))


_SECTIONS = {str(section): section for section in Section}
_SECTIONS_BY_KEY = {key(section): section for section in Section}


class Label(Enum):
    """The words that open a labelled paragraph: its section, its name, the pattern it matches."""

    SENIORITY = (Section.ROLE, "Seniority note")
    QUICK_SCREEN = (Section.PRINCIPLES, "Quick screen result")
    RESISTANCE = (Section.TASKS, "Task Resistance Score (raw)")
    ADJUSTMENT = (Section.TASKS, "Assessor adjustment to {}/5.0")
    SPLIT = (Section.TASKS, "Displacement/Augmentation split")
    REINSTATEMENT = (Section.TASKS, "Reinstatement check (Acemoglu)")
    QUESTION = (Section.BARRIERS, "Reframed question")
    RAW = (Section.COMPOSITE, "Raw")
    SCORE = (Section.COMPOSITE, "JobZone Score")
    OVERRIDE = (Section.COMPOSITE, "Assessor override to {}/100")
    ZONE = (Section.COMPOSITE, "Zone")
    OUTLOOK = (Section.MEANING, "The role in {}")
    STRATEGY = (Section.MEANING, "Survival strategy")
    TIMELINE = (Section.MEANING, "Timeline")

    def __init__(self, section: Section, wording: str) -> None:
        self.section = section
        self.wording = wording

    @property
    def name_in_words(self) -> str:
        """The label without its parameter: "Assessor adjustment"."""
        return re.sub(r"\s+(to|in)\s+\{\}.*$", "", self.wording)

    def text(self, parameter: object = "") -> str:
        """The label as it is written, its parameter filled in."""
        return self.wording.format(parameter)

    @property
    def names(self) -> tuple[str, ...]:
        """The words by which documents open it, without parameter and parenthesis."""
        stem = re.sub(r"\s*\([^)]*\)$", "", self.wording.partition(" {}")[0])
        return (re.sub(r" (to|in)$", "", stem), *others(stem))

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches a paragraph of this label; groups ``parameter`` (if any) and ``rest``."""
        if self in ASSESSORS:
            noun = self.name_in_words.split()[-1]
            return re.compile(
                rf"{_OPENING}(?:the\s+)?(?:(?:assessor(?:[’']?s)?|human|manual|expert|score)\s+)?"
                rf"(?:score\s+)?{noun}\b(?P<rest>.*)",
                re.I,
            )
        words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in self.names)
        if self is Label.OUTLOOK:
            between = r"(?P<parameter>\s+(?:in|by)?\s*\(?[^:]{1,40}?)"
        else:
            between = r"(?:\s*\((?![^)]*(?:overrid|adjust))[^)]*\))?"
        return re.compile(rf"{_OPENING}(?:the\s+)?(?:{words}){between}{_CLOSING}(?P<rest>.*)", re.I)


ASSESSORS = (Label.ADJUSTMENT, Label.OVERRIDE)
"""The labels under which the assessor decides, with a value and a reason."""
_OPENING = r"[^\w%*(]*(?P<bold>\*{1,3})?\s*"
_CLOSING = (
    r"\s*(?:(?P<closed>\*{1,3})?\s*[:：](?P<closed_after>(?(bold)\*{0,3}|))"
    r"|(?(bold)\.?\*{1,3}\s*(?:--?|[–—])?|(?:\s(?:--?|[–—])\s|$)))\s*"
)
"""A colon; after words in bold, or before a dash, there may be none."""
_PATTERNS = {label: label.pattern for label in Label}
_BEGINNINGS = re.compile(
    r"[^\w%*(]*\**(?=(?-i:[A-Z]))(?:The\s+)?(?:"
    + "|".join(
        re.escape(name).replace(r"\ ", r"\s+")
        for label in Label
        for name in label.names
        if name not in ("Raw", "Zone", "Score", "Split")
    )
    + r"|Raw|Zone)(?:\s*\([^)]*\)|\s+(?:to|in|by|from|of)\s[^:]{1,60})?\s*\**\s*[:：].*",
    re.I,
)
"""Matches a line that opens a paragraph of its own, wherever it stands."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph that a label opens."""

    label: Label
    parameter: str
    rest: str


def labelled(text: str, section: Section) -> Labelled | None:
    """The label of a section that opens a text; None where none does."""
    for label, pattern in _PATTERNS.items():
        if label.section is section and (match := pattern.fullmatch(text)):
            rest, marks = match["rest"].strip(), match.groupdict()
            closed = marks.get("closed") or marks.get("closed_after")
            if (bold := match["bold"]) and not closed:
                rest = rest.replace(bold, "", 1).strip()
            parameter = match.groupdict().get("parameter") or ""
            return Labelled(label, parameter.strip(" *"), rest)
    return None


def opens_paragraph(line: str) -> bool:
    """Whether a line begins with a label, as no line in the middle of a paragraph does."""
    return len(line) < 10_000 and _BEGINNINGS.fullmatch(line) is not None


class Statement(Enum):
    """A calculation written out in a document.

    Each brace holds a figure that it states, or a constant of the method it is written under.
    """

    RESISTANCE = (
        "Task Resistance Score (raw)",
        "{resistance_ceiling} - {weighted} = {task_resistance_raw}/5.0",
    )
    TASK_RESISTANCE = ("Task Resistance Score", "{task_resistance}/5.0")
    EVIDENCE = (
        "Evidence Modifier",
        "1.0 + ({evidence_total} x {evidence_weight}) = {evidence_modifier}",
    )
    BARRIERS = (
        "Barrier Modifier",
        "1.0 + ({barrier_total} x {barrier_weight}) = {barrier_modifier}",
    )
    GROWTH = ("Growth Modifier", "1.0 + ({growth} x {growth_weight}) = {growth_modifier}")
    RAW = (
        "Raw",
        "{task_resistance} x {evidence_modifier} x {barrier_modifier} x {growth_modifier} = {raw}",
    )
    SCORE = ("JobZone Score", "({raw} - {raw_floor}) / {raw_span} x 100 = {formula_score}/100")

    def __init__(self, place: str, template: str) -> None:
        self.place = place
        self.template = template

    @property
    def figures(self) -> list[Figure]:
        """The figures it states, in their order."""
        names = re.findall(r"\{(\w+)\}", self.template)
        return [FIGURES[name] for name in names if name in FIGURES]

    def written(self, method: Method, values: Mapping[str, str]) -> str:
        """The calculation with figures, and the constants of a method, filled in."""
        return self.template.format_map({**_constants(method), **values})

    def read(self, text: str, method: Method) -> tuple[list[StatedClaim], str] | None:
        """The figures that a text states and what it says beyond them; None if it is no such."""
        pattern = _statement_pattern(self, method)
        for stated in (folded(text), text.replace("**", "").strip()):
            if match := pattern.match(stated):
                figures = self.figures
            elif match := _result_pattern(self.figures[-1]).match(stated):
                figures = self.figures[-1:]
            else:
                continue
            claims = [
                StatedClaim(figure, f"{to_decimal(match[figure.name]):f}", self.place)
                for figure in figures
            ]
            return claims, stated[match.end() :].strip(" .")
        return None


def _constants(method: Method) -> dict[str, str]:
    return {field.name: str(getattr(method, field.name)) for field in fields(method)}


@cache
def _statement_pattern(statement: Statement, method: Method) -> re.Pattern[str]:
    constants = _constants(method)
    template = re.sub(
        r"\{(\w+)\}", lambda match: constants.get(match[1], match[0]), statement.template
    )
    pattern = ""
    for part in re.split(r"(\{\w+\}|[0-9]+\.[0-9]+|[0-9]+|\S)", template):
        if part.startswith("{"):
            pattern += rf"\(?(?P<{part[1:-1]}>{NUMBER})\)?"
        elif re.fullmatch(r"[0-9.]+", part):
            pattern += re.escape(part.rstrip("0").rstrip(".") if "." in part else part)
            pattern += r"(?:\.?0*)"
        elif part == "x":
            pattern += "[x×*·⋅∗]"
        elif part == "-":
            pattern += DASH
        elif part == "=":
            pattern += "[=≈]"
        elif part.strip():
            pattern += re.escape(part) + ("?" if part == "/" else "")
        pattern += r"\s*"
    return re.compile(pattern + WHOLE)


WHOLE = r"(?![0-9]|[.,/][0-9])"
"""No number goes on after what was read of it."""


@cache
def _result_pattern(figure: Figure) -> re.Pattern[str]:
    """Matches a calculation of which only the result is stated: 2.2234, 21.2/100."""
    ending = rf"(?:\s*/\s*{OUT_OF[figure.name]}(?:\.0)?)?" if figure.name in OUT_OF else ""
    return re.compile(
        rf"[=≈]?\s*(?P<{figure.name}>{NUMBER}){ending}{WHOLE}(?=\s*[.;,(]?\s*(?:$|[^\s0-9+*x×=/%-]))"
    )


def zone_legend(method: Method) -> str:
    """The boundaries of the zones, as documents write them."""
    yellow, green = method.boundaries
    return f"(Green >={green}, Yellow {yellow}-{green - 1}, Red <{yellow})"

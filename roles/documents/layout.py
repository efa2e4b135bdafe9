"""The layout of an assessment document, shared by reading and writing.

Which sections there are and what they are called, which labels open a paragraph in them, and
how lines that state a calculation are written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum, StrEnum
from functools import cache

from roles.documents.numbers import DASH, NUMBER, to_decimal
from scoring.claims import StatedClaim
from scoring.dimensions import BARRIERS, EVIDENCE, PRINCIPLES
from scoring.figure_type import Figure
from scoring.figures import FIGURES
from scoring.method import Method


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
}
"""The tables of a document; what stands in parentheses may be left out."""
OPTIONAL_SECTIONS = frozenset({Section.SOURCES, Section.RELATED, Section.NOTES})
SUBSECTIONS_OF = {Section.COMMENTARY: (Section.REALITY, Section.NOT_CAPTURED)}


def section_of(heading: str) -> Section | None:
    """The section that a heading names, with or without numbering, bold or its parenthesis."""
    return _SECTIONS.get(_bare(heading))


def _bare(heading: str) -> str:
    text = heading.replace("**", "").replace("’", "'")
    text = re.sub(r"^\s*[-*+•#]*\s*", "", text)
    text = re.sub(
        r"^(section\s+)?\(?([0-9]+(\.[0-9]+)*|[ivx]+|[a-z])[.):]+\s+", "", text, flags=re.I
    )
    text = re.sub(r"^[0-9]+\s+", "", text)
    text = re.sub(r"\([^)]*\)", "", text)
    return " ".join(text.strip(" :#").lower().split())


_SECTIONS = {_bare(section): section for section in Section}


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
    def pattern(self) -> re.Pattern[str]:
        """Matches a paragraph of this label; groups ``parameter`` (if any) and ``rest``."""
        stem, brace, _ = self.wording.partition("{}")
        words = re.sub(r"\s*\([^)]*\)$", "", stem.strip())
        body = re.escape(words).replace(r"\ ", r"\s+")
        body += r"(?:\s*\([^)]*\))?" if not brace else r"\s*(?P<parameter>[^:]*?)"
        return re.compile(rf"\**\s*{body}\s*\**\s*:\**\s*(?P<rest>.*)", re.I)


_PATTERNS = {label: label.pattern for label in Label}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph that a label opens."""

    label: Label
    parameter: str
    rest: str


def labelled(text: str, section: Section | None = None) -> Labelled | None:
    """The label that opens a text, of one section or of any; None where none does."""
    for label, pattern in _PATTERNS.items():
        if section in (None, label.section) and (match := pattern.fullmatch(text)):
            parameter = match.groupdict().get("parameter") or ""
            return Labelled(label, parameter.strip(" *"), match["rest"].strip())
    return None


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
        stated = text.replace("**", "").strip()
        match = _statement_pattern(self, method).match(stated)
        if match is None:
            return None
        claims = [
            StatedClaim(figure, f"{to_decimal(match[figure.name]):f}", self.place)
            for figure in self.figures
        ]
        return claims, stated[match.end() :].strip(" .")


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
            pattern += "[x×*]"
        elif part == "-":
            pattern += DASH
        elif part.strip():
            pattern += re.escape(part) + ("?" if part == "/" else "")
        pattern += r"\s*"
    return re.compile(pattern)


def zone_legend(method: Method) -> str:
    """The boundaries of the zones, as documents write them."""
    yellow, green = method.boundaries
    return f"(Green >={green}, Yellow {yellow}-{green - 1}, Red <{yellow})"

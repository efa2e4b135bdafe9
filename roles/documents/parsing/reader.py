"""What every part of reading needs: pieces of text, and a list of what is wrong."""

import re
from collections.abc import Set

from roles.documents.fields import FIRST_METHOD, MAX_TITLE, SourceRow
from roles.documents.layout import OUT_OF, Label, Statement
from roles.documents.markup import canonical_line, folded, plain
from roles.documents.numbers import number_in
from roles.documents.outside import Note
from roles.documents.parsing.sections import Cell, Row, Sections
from roles.documents.text import HTML, MARKUP_MESSAGE, DocumentProblem
from scoring.claims import StatedClaim
from scoring.figure_type import Figure
from scoring.figures import FIGURES
from scoring.inputs import InputPart
from scoring.method import METHODS, Method

_DECIDES = re.compile(
    r"(?:(?:the|an?|final|overall|manual|human|expert|published|computed|composite|jobzone|aijri"
    r"|formula|assessor(?:'?s)?|my|our|revised)\s+)*"
    r"(?:adjust\w*|overrid\w*|overrul\w*|scores?\b|zone\b|sub-?label|(?:protective\s+)?totals?\b"
    r"|(?:evidence|barriers?|growth)?\s*(?:modifier|multiplier)|(?:task\s+)?resistance"
    r"|raw\b|shares?\s+of|percent\w*\s+of|%\s+of|band\b|split\b|weighted\b)",
    re.I,
)
_OVERRULES = re.compile(
    r"\b(?:overr(?:id|od|ul)\w*|adjust(?:ed|ment|ing)\w*|correct(?:ed|ion)\w*)", re.I
)
_OUT_OF = re.compile(r"[0-9]\s*/\s*(?:100|5(?:\.0)?)\b")
_STATES = re.compile(r"[0-9:=]|\b(?:red|yellow|green|up|down|raised|lowered)\b", re.I)
_BEGINNING = 120
"""Characters of a text in which it says what it is."""


class Reader:
    """Takes a document's pieces from its sections and collects what is wrong with them."""

    def __init__(self, sections: Sections) -> None:
        self.sections = sections
        self.problems = sections.problems
        # That of the document, once its role table has been read.
        self.method: Method = METHODS[FIRST_METHOD]
        self.claims: dict[tuple[Figure, str, str], StatedClaim] = {}
        # Where texts stand that quote figures, by what they are called.
        self.lines: dict[str, int] = {}
        self.extra: list[Note] = []
        # Whether the document says so of itself; then nothing is wrong with what is missing.
        self.unfinished = False
        self.sources: list[SourceRow] = []
        # Where each scored part and item stands, for the problems that scoring finds.
        self.places: dict[tuple[InputPart, int | str | None], tuple[int | None, str]] = {}
        # Parts of which something could not be read: a total over them, or what they lack, would
        # mislead.
        self.unread: set[InputPart] = set()

    def problem(self, line: int | None, where: str, message: str) -> None:
        """Note something that is wrong."""
        self.problems.append(DocumentProblem(line, where, message))

    def lack(self, line: int | None, where: str, message: str) -> None:
        """Note something that is not written yet, which is wrong unless the document says so."""
        self.problems.append(DocumentProblem(line, where, message, unfinished=True))

    def plain(self, line: int | None, where: str, text: str) -> str:
        """The text in its own form, cut out as it may be, and a problem where it holds markup."""
        if HTML.search(text):
            self.problem(line, where, MARKUP_MESSAGE)
        return canonical_line(text)

    def name(self, cell: Cell, where: str) -> str:
        """The text of a cell that has to hold a name."""
        text = plain(cell.text)
        if not text:
            self.problem(cell.line, where, "is empty; expected a name")
        self.limit(cell.line, where, text, MAX_TITLE)
        return self.plain(cell.line, where, text)

    def title(self, cell: Cell, where: str) -> str:
        """The text of a cell that has to hold a title of which an address can be made."""
        title = self.name(cell, where)
        if title and not re.search("[A-Za-z0-9]", title):
            message = "has no Latin letter or digit; expected a title to make an address of"
            self.problem(cell.line, where, message)
        return title

    def limit(self, line: int | None, where: str, text: str, longest: int) -> None:
        """Report a text that is too long to be stored."""
        if len(text) > longest:
            message = f"has {len(text)} characters; expected at most {longest}"
            self.problem(line, where, message)

    def whole_number(self, cell: Cell, where: str, out_of: int) -> int | None:
        """The whole number in a cell, of a scale that ends with ``out_of``.

        None where there is none: with a problem, unless the cell is empty.
        """
        if not cell.text:
            return None
        number = number_in(cell.text, out_of)
        if number is None or number != number.to_integral_value():
            message = f"is '{folded(cell.text)[:40]}'; expected a whole number"
            self.problem(cell.line, where, message)
            return None
        return int(number)

    def label(self, label: Label) -> tuple[str, str]:
        """The parameter and text of a labelled paragraph; empty where there is none."""
        taken = self.sections.take_label(label)
        if taken is None:
            return "", ""
        line, found = taken
        self.lines[label.name_in_words] = line
        if self.sections.has_label(label):
            self.problem(line, label.name_in_words, "appears twice; expected once")
        return found.parameter, self.plain(line, label.name_in_words, found.rest)

    def required_label(self, label: Label) -> tuple[str, str]:
        """As ``label``, with a problem where there is none."""
        parameter, text = self.label(label)
        line = self.sections.line_of(label.section)
        if not text and line is not None:
            message = f"is missing; expected a paragraph '{label.text('…')}: …'"
            self.lack(line, f"{label.section}: {label.name_in_words}", message)
        return parameter, text

    def claim(self, figure: Figure, text: str, place: str, line: int, subject: str = "") -> None:
        """Take what a text states about a figure, a number and nothing else."""
        number = number_in(text, OUT_OF.get(figure.name), percent=figure.unit == "%")
        if number is None:
            stated, name = folded(text)[:40], figure.label.lower()
            message = f"'{stated}' cannot be read; expected the {name} as a figure"
            self.problem(line, place, message)
        else:
            self.state(StatedClaim(figure, f"{number:f}", place, subject), line)

    def state(self, claim: StatedClaim, line: int) -> None:
        """Take a claim; a figure that is stated twice in one place has to be the same."""
        stated = (claim.figure, claim.place, claim.subject)
        first = self.claims.setdefault(stated, claim)
        if first.claimed != claim.claimed:
            name = claim.figure.label.lower()
            message = f"states the {name} as {first.claimed} and as {claim.claimed}; expected once"
            self.problem(line, claim.place, message)

    def statement(self, statement: Statement, text: str, line: int) -> None:
        """Take the claims of a calculation that is written out."""
        read = statement.read(text, self.method)
        if read is None:
            example = statement.written(self.method, dict.fromkeys(FIGURES, "…"))
            self.problem(line, statement.place, f"expected '{example}'")
            return
        claims, rest = read
        for claim in claims:
            self.state(claim, line)
        if rest:
            self.note(line, f"{statement.place}: {rest}")

    def note(self, line: int, text: str, *, figure: bool = False) -> None:
        """Keep a text that has no place; ``figure`` if it states one that is not read."""
        self.extra.append(Note(line, canonical_line(text), figure))

    def keep_other_columns(self, row: Row, where: str, known: Set[str]) -> None:
        """Keep as notes the cells of columns that the format does not have."""
        for column, cell in row.items():
            if column not in known and cell.text:
                self.note(cell.line, f"{where}, {column}: {cell.text}")


def decides_a_figure(text: str) -> bool:
    """Whether a text begins like one that decides or states a figure: an override, a zone."""
    beginning = re.sub(r"^\W*(?=[\w%])", "", folded(text)[:_BEGINNING]).lstrip()
    if _OUT_OF.search(beginning):
        return True
    if _OVERRULES.search(beginning) and re.search("[0-9]", beginning):
        return True
    match = _DECIDES.match(beginning)
    return match is not None and _STATES.search(beginning[match.end() :]) is not None


def first_cell(row: Row) -> str:
    """The name that a row begins with."""
    return plain(next(iter(row.values())).text).rstrip(":").strip()

"""What every part of reading needs: pieces of text, and a list of what is wrong."""

from collections.abc import Set
from dataclasses import dataclass

from roles.documents.fields import FIRST_METHOD, MAX_TITLE
from roles.documents.layout import Label, Statement
from roles.documents.numbers import number_in
from roles.documents.parsing.sections import Cell, Sections
from roles.documents.text import HTML, MARKUP_MESSAGE, DocumentProblem, without_bold
from scoring.claims import StatedClaim
from scoring.figure_type import Figure
from scoring.figures import FIGURES
from scoring.inputs import InputPart
from scoring.method import METHODS, Method


@dataclass(frozen=True, slots=True)
class Note:
    """A text that has no home in the format and is kept as a further note."""

    line: int
    text: str


class Reader:
    """Takes a document's pieces from its sections and collects what is wrong with them."""

    def __init__(self, sections: Sections) -> None:
        self.sections = sections
        self.problems = sections.problems
        # That of the document, once its role table has been read.
        self.method: Method = METHODS[FIRST_METHOD]
        self.claims: list[StatedClaim] = []
        self.extra: list[Note] = []
        # Where each scored part and item stands, for the problems that scoring finds.
        self.places: dict[tuple[InputPart, int | str | None], tuple[int | None, str]] = {}
        # Parts whose numbers could not be read: a total over them would mislead.
        self.unread: set[InputPart] = set()

    def problem(self, line: int | None, where: str, message: str) -> None:
        """Note something that is wrong."""
        self.problems.append(DocumentProblem(line, where, message))

    def plain(self, line: int | None, where: str, text: str) -> str:
        """The text, and a problem where it holds markup."""
        if HTML.search(text):
            self.problem(line, where, MARKUP_MESSAGE)
        return text

    def name(self, cell: Cell, where: str) -> str:
        """The text of a cell that has to hold a name."""
        text = without_bold(cell.text)
        if not text:
            self.problem(cell.line, where, "is empty; expected a name")
        self.limit(cell.line, where, text, MAX_TITLE)
        return self.plain(cell.line, where, text)

    def limit(self, line: int | None, where: str, text: str, longest: int) -> None:
        """Report a text that is too long to be stored."""
        if len(text) > longest:
            message = f"has {len(text)} characters; expected at most {longest}"
            self.problem(line, where, message)

    def whole_number(self, cell: Cell, where: str) -> int | None:
        """The whole number in a cell; None, with a problem, where there is none."""
        number = number_in(cell.text)
        if number is None or number != number.to_integral_value():
            message = f"is '{without_bold(cell.text)[:40]}'; expected a whole number"
            self.problem(cell.line, where, message)
            return None
        return int(number)

    def label(self, label: Label) -> tuple[str, str]:
        """The parameter and text of a labelled paragraph; empty where there is none."""
        taken = self.sections.take_label(label)
        if taken is None:
            return "", ""
        line, found = taken
        return found.parameter, self.plain(line, label.name_in_words, found.rest)

    def required_label(self, label: Label) -> tuple[str, str]:
        """As ``label``, with a problem where there is none."""
        parameter, text = self.label(label)
        line = self.sections.line_of(label.section)
        if not text and line is not None:
            message = f"is missing; expected a paragraph '{label.text('…')}: …'"
            self.problem(line, f"{label.section}: {label.name_in_words}", message)
        return parameter, text

    def claim(self, figure: Figure, text: str, place: str, line: int, subject: str = "") -> None:
        """Take what a text states about a figure, a number and nothing else."""
        number = number_in(text)
        if number is None:
            stated, name = without_bold(text)[:40], figure.label.lower()
            message = f"'{stated}' is no number; expected the {name} as a figure"
            self.problem(line, place, message)
        else:
            self.claims.append(StatedClaim(figure, f"{number:f}", place, subject))

    def statement(self, statement: Statement, text: str, line: int) -> None:
        """Take the claims of a calculation that is written out."""
        read = statement.read(text, self.method)
        if read is None:
            example = statement.written(self.method, dict.fromkeys(FIGURES, "…"))
            self.problem(line, statement.place, f"expected '{example}'")
            return
        claims, rest = read
        self.claims += claims
        if rest:
            self.extra.append(Note(line, f"{statement.place}: {rest}"))

    def keep_other_columns(self, row: dict[str, Cell], known: Set[str]) -> None:
        """Keep as notes the cells of columns that the format does not have."""
        for column, cell in row.items():
            if column not in known and cell.text:
                self.extra.append(Note(cell.line, f"{column.capitalize()}: {cell.text}"))


def first_cell(row: dict[str, Cell]) -> str:
    """The name that a row begins with."""
    return without_bold(next(iter(row.values())).text)

"""A document cut into its sections, from which pieces are taken and what is left is kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from roles.documents.blocks import (
    Block,
    Heading,
    Items,
    Opener,
    Paragraph,
    Table,
    TableRow,
    join_cells,
    prose,
    split_blocks,
)
from roles.documents.fields import MAX_ROWS
from roles.documents.layout import (
    OPTIONAL_SECTIONS,
    TABLE_COLUMNS,
    Label,
    Labelled,
    Section,
    labelled,
    section_of,
)
from roles.documents.text import DocumentProblem, without_bold

TOTAL = re.compile(r"(protective |grand )?total:?", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one table cell and its line."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class TakenTable:
    """The rows of a table, each cell under its column's name in lower case.

    The filled cells of a total row stand apart: documents leave the others out.
    """

    rows: list[dict[str, Cell]] = field(default_factory=list)
    totals: list[list[Cell]] = field(default_factory=list)


@dataclass(slots=True)
class SectionBlocks:
    """The blocks under one heading that no reader has taken yet."""

    line: int
    blocks: list[Block] = field(default_factory=list)


class Sections:
    """The sections of a document. Readers take what they know; ``left_over`` has the rest."""

    def __init__(self, lines: list[str]) -> None:
        self.problems: list[DocumentProblem] = []
        self._found: dict[Section, SectionBlocks] = {}
        self._before = SectionBlocks(1)
        current, section = self._before, None
        spaced = "" in (line.strip() for line in "\n".join(lines).strip().split("\n"))
        for block in split_blocks(lines, _opener(lines), spaced=spaced):
            opened = section_of(block.text) if isinstance(block, Heading) else None
            if opened is None:
                current.blocks.append(_label_from_heading(block, section))
            else:
                current, section = self._open(opened, block.line), opened
        self._report_missing()

    def _open(self, section: Section, line: int) -> SectionBlocks:
        if first := self._found.get(section):
            message = f"appears again; it began at line {first.line}, expected once"
            self.problems.append(DocumentProblem(line, section, message))
            return first
        return self._found.setdefault(section, SectionBlocks(line))

    def _report_missing(self) -> None:
        for section in Section:
            if section not in self._found and section not in OPTIONAL_SECTIONS:
                message = f"section is missing; expected a heading '{section}'"
                self.problems.append(DocumentProblem(None, section, message))

    def line_of(self, section: Section) -> int | None:
        """Where a section begins; None where the document has no such section."""
        return self._found[section].line if section in self._found else None

    def take_title(self, title: str) -> None:
        """Take the heading above all sections that repeats the role's title, if there is one."""
        self._before.blocks = [
            block
            for block in self._before.blocks
            if not (isinstance(block, Heading) and without_bold(block.text) == title)
        ]

    def take_label(self, label: Label) -> tuple[int, Labelled] | None:
        """Take the paragraph that a label opens.

        Where nothing follows the label on its line, the next paragraph is its text.
        """
        blocks = self._blocks(label.section)
        for index, block in enumerate(blocks):
            if not isinstance(block, Paragraph):
                continue
            found = labelled(block.text, label.section)
            if found is None or found.label is not label:
                continue
            del blocks[index]
            following = blocks[index] if index < len(blocks) else None
            if (
                not found.rest
                and isinstance(following, Paragraph)
                and not labelled(following.text, label.section)
            ):
                del blocks[index]
                found = Labelled(label, found.parameter, following.text)
            return block.line, found
        return None

    def take_items(self, section: Section) -> Items | None:
        """Take the first list of a section."""
        return self._take(section, Items)

    def take_prose(self, section: Section) -> tuple[int | None, str]:
        """Take all that is left of a section, as light Markdown."""
        blocks = self._blocks(section)
        text = prose(blocks)
        blocks.clear()
        return self.line_of(section), text

    def take_table(self, section: Section) -> TakenTable:
        """Take the first table of a section; empty, with a problem, where there is none."""
        columns = tuple(name.partition(" (")[0] for name in TABLE_COLUMNS[section])
        table = self._take(section, Table)
        if table is None:
            if section in self._found:
                message = f"has no table; expected one with the columns {', '.join(columns)}"
                self.problems.append(DocumentProblem(self.line_of(section), section, message))
            return TakenTable()
        header = [column_key(cell) for cell in table.header.cells]
        if missing := [column for column in columns if column_key(column) not in header]:
            message = (
                f"the table lacks the column {', '.join(missing)}; expected {', '.join(columns)}"
            )
            self.problems.append(DocumentProblem(table.line, section, message))
            return TakenTable()
        if not table.separated:
            message = "broken table: expected a line of dashes (|---|) under the header"
            self.problems.append(DocumentProblem(table.line, section, message))
        return self._sorted_rows(section, table, header)

    def _sorted_rows(self, section: Section, table: Table, header: list[str]) -> TakenTable:
        taken = TakenTable()
        for row in table.rows[1:]:
            filled = [Cell(row.line, cell) for cell in row.cells if cell]
            if TOTAL.fullmatch(without_bold(row.cells[0])) and len(filled) < len(header):
                taken.totals.append(filled[1:])
            elif len(row.cells) == len(header):
                cells = [Cell(row.line, cell) for cell in row.cells]
                taken.rows.append(dict(zip(header, cells, strict=True)))
            else:
                self._report_row(section, row, len(header))
        if len(taken.rows) > MAX_ROWS:
            message = f"the table has {len(taken.rows)} rows; expected at most {MAX_ROWS}"
            self.problems.append(DocumentProblem(table.line, section, message))
            del taken.rows[MAX_ROWS:]
        return taken

    def _report_row(self, section: Section, row: TableRow, expected: int) -> None:
        message = (
            f"broken table: the row has {len(row.cells)} cells; expected {expected} "
            r"(write \| for a bar inside a cell)"
        )
        field = f"{section}: {without_bold(row.cells[0])}"
        self.problems.append(DocumentProblem(row.line, field, message))

    def left_over(self) -> list[tuple[int, str]]:
        """What no reader has taken: line and text of each block, in the order of the file."""
        places = [self._before, *self._found.values()]
        blocks = [block for place in places for block in place.blocks]
        return [(block.line, prose([block])) for block in sorted(blocks, key=lambda b: b.line)]

    def report_torn_tables(self) -> None:
        """Report the tables left over that have no header: the lower halves of broken ones."""
        for section, place in self._found.items():
            for block in place.blocks:
                if isinstance(block, Table) and not block.separated:
                    row = join_cells(block.header.cells)
                    message = f"broken table: {row[:60]} stands apart from its table"
                    self.problems.append(DocumentProblem(block.line, section, message))

    def _blocks(self, section: Section) -> list[Block]:
        return self._found[section].blocks if section in self._found else []

    def _take[T: (Items, Table)](self, section: Section, kind: type[T]) -> T | None:
        blocks = self._blocks(section)
        for index, block in enumerate(blocks):
            if isinstance(block, kind):
                del blocks[index]
                return block
        return None


def _opener(lines: list[str]) -> Callable[[str], Opener | None]:
    """Tells headings and labels by their words.

    Words alone make a heading only of a section that has no Markdown heading, and, for the
    sections a document may lack, only where there are no Markdown headings at all.
    """
    marked = {section_of(line) for line in lines if line.lstrip().startswith("#")} - {None}
    excluded = marked | OPTIONAL_SECTIONS if marked else frozenset()

    def opener(line: str) -> Opener | None:
        section = section_of(line) if len(line) < 100 else None
        if section and section not in excluded and not line.startswith("|"):
            return Opener.HEADING
        return Opener.PARAGRAPH if labelled(line) else None

    return opener


def _label_from_heading(block: Block, section: Section | None) -> Block:
    """A label written as a heading, as the paragraph that it opens."""
    if isinstance(block, Heading) and section:
        text = block.text if block.text.rstrip("*").endswith(":") else f"{block.text}:"
        if labelled(text, section):
            return Paragraph(block.line, text)
    return block


def column_key(name: str) -> str:
    """What a column is found by: its name without bold, unit and parenthesis, in lower case."""
    return without_bold(name).partition("(")[0].replace("%", "").strip().lower()

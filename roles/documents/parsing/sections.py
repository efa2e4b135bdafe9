"""A document cut into its sections, from which pieces are taken and what is left is kept."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from roles.documents.blocks import (
    Block,
    Heading,
    Item,
    Items,
    Paragraph,
    Table,
    TableRow,
    on_one_line,
    prose,
    split_blocks,
)
from roles.documents.fields import MAX_ROWS
from roles.documents.layout import (
    OPTIONAL_COLUMNS,
    OPTIONAL_SECTIONS,
    TABLE_COLUMNS,
    TABLE_OF,
    Label,
    Labelled,
    Section,
    labelled,
    opens_paragraph,
    section_of,
)
from roles.documents.markup import folded, plain
from roles.documents.outside import inside, take_chat, take_title
from roles.documents.synonyms import did_you_mean, official
from roles.documents.text import DocumentProblem, Line
from scoring.dimensions import Mode


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one table cell and its line."""

    line: int
    text: str


type Row = dict[str, Cell]
"""Cells under the names of their columns: official ones where there are, else the written ones."""


@dataclass(frozen=True, slots=True)
class TakenTable:
    """The rows of a table, and apart from them the total rows."""

    rows: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    broken: bool = False
    """Whether something of it could not be read, so that what is missing says nothing."""


@dataclass(slots=True)
class SectionBlocks:
    """The blocks under one heading that no reader has taken yet."""

    line: int
    blocks: list[Block] = field(default_factory=list)


class Sections:
    """The sections of a document. Readers take what they know; ``left_over`` has the rest."""

    def __init__(self, lines: list[Line]) -> None:
        self.problems: list[DocumentProblem] = []
        self._found: dict[Section, SectionBlocks] = {}
        self._before = SectionBlocks(1)
        document, self.left_out = inside(lines)
        self._cut(document)
        last = list(self._found.values())[-1] if self._found else self._before
        self.left_out += take_chat(self._before.blocks, last.blocks)
        self._report_missing()

    def _cut(self, lines: list[Line]) -> None:
        current, section = self._before, None
        spaced = "" in (line.text.strip() for line in lines[: _last_written(lines)])
        for block in split_blocks(lines, _Words(lines), spaced=spaced):
            opened = section_of(block.text) if isinstance(block, Heading) else None
            if opened is None:
                current.blocks.extend(_labels_apart(block, section, current.blocks))
            else:
                current, section = self._open(opened, block.line), opened

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
                for heading in self._unknown_headings():
                    if did_you_mean(heading.text, [section]):
                        message += f"; did you mean it by '{heading.text[:60]}'?"
                        self.problems.append(DocumentProblem(heading.line, section, message))
                        break
                else:
                    self.problems.append(DocumentProblem(None, section, message))

    def _unknown_headings(self) -> Iterator[Heading]:
        for place in (self._before, *self._found.values()):
            yield from (block for block in place.blocks if isinstance(block, Heading))

    def line_of(self, section: Section) -> int | None:
        """Where a section begins; None where the document has no such section."""
        return self._found[section].line if section in self._found else None

    def take_title(self, title: str) -> None:
        """Take the heading above all sections that repeats the role's title, if there is one."""
        take_title(self._before.blocks, title)

    def take_label(self, label: Label) -> tuple[int, Labelled] | None:
        """Take the paragraph that a label opens.

        Where nothing follows the label on its line, the next paragraph or list is its text.
        """
        blocks = self._blocks(label.section)
        for index, block in enumerate(blocks):
            if not isinstance(block, Paragraph):
                continue
            found = labelled(block.text, label.section)
            if found is None or found.label is not label:
                continue
            del blocks[index]
            if not found.rest and label is not Label.STRATEGY:
                found = Labelled(label, found.parameter, self._take_below(label.section, index))
            return block.line, found
        return None

    def take_below(self, section: Section, line: int) -> str:
        """Take the text that follows a paragraph of a line which has been taken itself."""
        blocks = self._blocks(section)
        below = (n for n, block in enumerate(blocks) if block.line > line)
        return self._take_below(section, next(below, len(blocks)))

    def _take_below(self, section: Section, index: int) -> str:
        blocks = self._blocks(section)
        below = blocks[index] if index < len(blocks) else None
        if below is None or isinstance(below, Heading | Table):
            return ""
        if isinstance(below, Paragraph) and labelled(below.text, section):
            return ""
        del blocks[index]
        return on_one_line(below)

    def has_label(self, label: Label) -> bool:
        """Whether something of a section opens with a label that has not been taken."""
        paragraphs = (b for b in self._blocks(label.section) if isinstance(b, Paragraph))
        return any(
            (found := labelled(paragraph.text, label.section)) and found.label is label
            for paragraph in paragraphs
        )

    def paragraphs(self, section: Section) -> Iterator[tuple[int, str]]:
        """The paragraphs and list items of a section, with their lines."""
        for block in self._blocks(section):
            if isinstance(block, Paragraph):
                yield block.line, block.text
            elif isinstance(block, Items):
                yield from ((item.line, item.text) for item in block.items)

    def add_paragraph(self, section: Section, line: int, text: str) -> None:
        """Add a paragraph to a section, as if it stood there."""
        self._blocks(section).append(Paragraph(line, text))

    def take_items(self, section: Section) -> list[Item]:
        """Take the first list of a section, and the lists that follow it at once."""
        blocks = self._blocks(section)
        start = next((n for n, block in enumerate(blocks) if isinstance(block, Items)), None)
        taken: list[Item] = []
        while start is not None and start < len(blocks):
            block = blocks[start]
            if not isinstance(block, Items):
                break
            taken += block.items
            del blocks[start]
        return taken

    def take_prose(self, section: Section) -> tuple[int | None, str]:
        """Take all that is left of a section, as light Markdown."""
        blocks = self._blocks(section)
        text = prose(blocks)
        blocks.clear()
        return self.line_of(section), text

    def take_table(self, section: Section) -> TakenTable:
        """Take the first table of a section; empty, with a problem, where there is none."""
        columns = tuple(name.partition(" (")[0] for name in TABLE_COLUMNS[section])
        table = self._take_first_table(section)
        if table is None:
            if section in self._found:
                lack = "has a table in HTML" if self._drop_html_tables(section) else "has no table"
                message = f"{lack}; expected one in Markdown with the columns {', '.join(columns)}"
                self.problems.append(DocumentProblem(self.line_of(section), section, message))
            return TakenTable(broken=True)
        rows = table.rows
        if not any(rows[0].cells) and len(rows) > 1:
            rows = rows[1:]  # exports of word processors have an empty header
        header = _header(rows[0].cells, columns)
        missing = [name for name in columns if name not in (*header, *OPTIONAL_COLUMNS)]
        if missing:
            message = f"the table lacks the column {', '.join(missing)}"
            message += f"; expected {', '.join(columns)}{self._suggested(header, missing)}"
            self.problems.append(DocumentProblem(rows[0].line, section, message))
            return TakenTable(broken=True)
        return self._sorted_rows(section, rows, header)

    def _drop_html_tables(self, section: Section) -> bool:
        """Leave out the tables in HTML of a section, which have one message; whether it has any."""
        blocks = self._blocks(section)
        kept = [b for b in blocks if not (isinstance(b, Paragraph) and b.text.startswith("<t"))]
        dropped = len(kept) < len(blocks)
        blocks[:] = kept
        return dropped

    def _suggested(self, header: Sequence[str], missing: Sequence[str]) -> str:
        return next(filter(None, (did_you_mean(name, missing) for name in header)), "")

    def _take_first_table(self, section: Section) -> Table | None:
        blocks = self._blocks(section)
        for index, block in enumerate(blocks):
            if isinstance(block, Table):
                del blocks[index]
                return block
        return None

    def _sorted_rows(self, section: Section, rows: list[TableRow], header: list[str]) -> TakenTable:
        taken = TakenTable()
        torn = []
        for row in rows[1:]:
            if _is_total(row, section, header):
                taken.totals.append(_total_cells(row, header))
            elif len(row.cells) < len(header) or any(row.cells[len(header) :]):
                torn.append(row)
            elif any(row.cells):
                cells = [Cell(row.line, cell) for cell in row.cells[: len(header)]]
                taken.rows.append(dict(zip(header, cells, strict=True)))
        if torn:
            self._report_rows(section, torn, len(header))
        if len(taken.rows) > MAX_ROWS:
            message = f"the table has {len(taken.rows)} rows; expected at most {MAX_ROWS}"
            self.problems.append(DocumentProblem(rows[0].line, section, message))
            del taken.rows[MAX_ROWS:]
        return TakenTable(taken.rows, taken.totals, bool(torn))

    def _report_rows(self, section: Section, torn: list[TableRow], expected: int) -> None:
        """One message for all rows with too many or too few cells: they have one cause."""
        first = torn[0]
        message = (
            f"broken table: the row has {len(first.cells)} cells; expected {expected} "
            r"(write \| for a bar inside a cell)"
        )
        if len(torn) > 1:
            message += f"; so it is with {len(torn) - 1} more, from line {torn[1].line}"
        name = f"{section}: {plain(first.cells[0])[:60]}"
        self.problems.append(DocumentProblem(first.line, name, message))

    def left_over(self) -> list[tuple[Section | None, Block]]:
        """What no reader has taken, with the section where it stands, in the order of the file."""
        places: list[tuple[Section | None, SectionBlocks]] = [(None, self._before)]
        places += self._found.items()
        blocks = [(section, block) for section, place in places for block in place.blocks]
        return sorted(blocks, key=lambda found: found[1].line)

    def _blocks(self, section: Section) -> list[Block]:
        return self._found[section].blocks if section in self._found else []


def _last_written(lines: list[Line]) -> int:
    return max((n for n, line in enumerate(lines) if line.text.strip()), default=0)


def _header(cells: list[str], columns: tuple[str, ...]) -> list[str]:
    """The names of a table's columns, official where they are known.

    The first column names the rows, whatever it is called itself, where no other does.
    """
    names: list[str] = []
    for cell in cells:
        name = official(cell, [column for column in columns if column not in names])
        names.append(name or _unused(plain(cell), names))
    if columns[0] not in names and columns[0] != "Claim":
        names[0] = columns[0] if names[0] not in columns else names[0]
    return names


def _unused(name: str, names: list[str]) -> str:
    """A column's name, told apart from others of the same name."""
    name = name or "column"
    return name if name not in names else f"{name} {len(names) + 1}"


def _is_total(row: TableRow, section: Section, header: list[str]) -> bool:
    """Whether a row sums up; a task may be called so, and is told by its mode."""
    if section is not Section.TASKS and section not in TABLE_OF:
        return False
    if official(row.cells[0], ["Total"]) is None:
        return False
    named = dict(zip(header, row.cells, strict=False))
    return folded(named.get("Aug/Disp", "")).upper() not in list(Mode)


def _total_cells(row: TableRow, header: list[str]) -> Row:
    """The filled cells of a total row, by column.

    A row that leaves empty cells out, as those of some documents do, is told by its numbers:
    a time is a percentage, and the weighted total has decimals.
    """
    cells = [Cell(row.line, cell) for cell in row.cells]
    if len(cells) < len(header) and "Weighted" in header and len(cells) == 3:
        return {"Time %": cells[1], "Weighted": cells[2]}
    named = dict(zip(header, cells, strict=False))
    beyond = [cell for cell in cells[len(header) :] if cell.text]
    named |= {f"column {len(header) + n + 1}": cell for n, cell in enumerate(beyond)}
    return {name: cell for name, cell in list(named.items())[1:] if cell.text}


class _Words:
    """Tells headings, labels and headers of tables by their words.

    Words alone make a heading only of a section that has no Markdown heading, and, for the
    sections a document may lack, only where there are no Markdown headings at all.
    """

    def __init__(self, lines: list[Line]) -> None:
        marked = {section_of(line.text) for line in lines if line.text.lstrip().startswith("#")}
        marked |= {
            section_of(above.text)
            for above, line in pairwise(lines)
            if len(above.text) < 100 and re.fullmatch(r"\s*(=+|-+)\s*", line.text)
        }
        self._excluded = marked - {None}
        if self._excluded:
            self._excluded |= OPTIONAL_SECTIONS

    def is_heading(self, line: str) -> bool:
        if len(line) >= 100 or "|" in line or "\t" in line:
            return False
        section = section_of(line, other_names=False)
        return section is not None and section not in self._excluded

    def is_section(self, line: str) -> bool:
        return len(line) < 100 and section_of(line) is not None

    def is_label(self, line: str) -> bool:
        return opens_paragraph(line)

    def is_header(self, cells: Sequence[str]) -> bool:
        return any(
            sum(bool(official(cell, [name.partition(" (")[0] for name in names])) for cell in cells)
            >= min(2, len(names))
            for names in TABLE_COLUMNS.values()
        )


def _labels_apart(block: Block, section: Section | None, before: list[Block]) -> Iterator[Block]:
    """Labels written as headings or as items of a list, as the paragraphs that they open."""
    if section is None:
        yield block
    elif isinstance(block, Heading):
        text = block.text if folded(block.text).endswith(":") else f"{block.text}:"
        found = labelled(text, section)
        yield Paragraph(block.line, text) if found else block
    elif isinstance(block, Items) and not _are_steps(section, before):
        yield from _items_apart(block, section)
    else:
        yield block


def _are_steps(section: Section, before: list[Block]) -> bool:
    """Whether a list that follows some blocks is that of the survival strategy."""
    last = before[-1] if before else None
    found = labelled(last.text, section) if isinstance(last, Paragraph) else None
    return found is not None and found.label is Label.STRATEGY


def _items_apart(block: Items, section: Section) -> Iterator[Block]:
    others: list[Item] = []
    for item in block.items:
        if labelled(item.text, section) is None:
            others.append(item)
            continue
        if others:
            yield Items(others[0].line, others)
            others = []
        yield Paragraph(item.line, item.text)
        yield from item.below
    if others:
        yield Items(others[0].line, others)

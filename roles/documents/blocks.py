"""The shape of a document: headings, paragraphs, lists and tables, each with its line."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from roles.documents.text import one_line

HEADING = re.compile(r"#{1,6}\s+(?P<text>.*)")
ITEM = re.compile(r"(?P<marker>[-*+•]|[0-9]{1,3}[.)])\s+(?P<text>.*)")
RULE = re.compile(r"(-{3,}|\*{3,}|_{3,}|={3,})")
ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]*]*$")
# What would be read as something else than a paragraph, were it not escaped.
STRUCTURAL = re.compile(r"(#{1,6}\s|[-*+•]\s|\||-{3,}$|\*{3,}$|_{3,}$|={3,}$)")
STRUCTURAL_NUMBER = re.compile(r"([0-9]{1,3})([.)]\s)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text on one line."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, with the sign it is marked by."""

    line: int
    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """Consecutive list items."""

    line: int
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Consecutive lines of cells; ``separated`` where a line of dashes follows the header."""

    line: int
    separated: bool
    rows: list[TableRow] = field(default_factory=list)

    @property
    def header(self) -> TableRow:
        """The names of the columns."""
        return self.rows[0]


type Block = Heading | Paragraph | Items | Table


class Opener(StrEnum):
    """What a line opens by its words alone, in a document without Markdown."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"


def split_blocks(
    lines: list[str],
    opener: Callable[[str], Opener | None] = lambda _: None,
    *,
    spaced: bool = False,
) -> list[Block]:
    """The blocks of a document in their order.

    A line without a blank line above it continues the paragraph above, as in Markdown,
    where a document is ``spaced``. Some documents put no blank lines at all: in them, and
    after list items, it continues a text only if that has not ended a sentence, or if it is
    indented below a list item. ``opener`` says of a line whether it opens something whatever
    stands before it.
    """
    blocks: list[Block] = []
    further: dict[tuple[int, int], list[str]] = {}
    after_blank = True
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        if line and not RULE.fullmatch(line):
            previous = None if after_blank or not blocks else blocks[-1]
            if not _opened(blocks, previous, number, line, opener(line)):
                lines_before = further.get(_last_text(blocks))
                if _goes_on(previous, lines_before, raw, spaced):
                    further.setdefault(_last_text(blocks), []).append(one_line(line))
                else:
                    blocks.append(Paragraph(number, one_line(line)))
        after_blank = not line
    for place, texts in further.items():
        _add_texts(blocks, *place, texts)
    return [_without_separator(block) for block in blocks]


def _opened(
    blocks: list[Block], previous: Block | None, number: int, line: str, opens: Opener | None
) -> bool:
    """Add what a line opens by its look or words; False for an ordinary line of text."""
    if match := HEADING.match(line):
        blocks.append(Heading(number, one_line(match["text"])))
    elif opens is Opener.HEADING:
        blocks.append(Heading(number, one_line(line)))
    elif line.startswith("|") or (isinstance(previous, Table) and len(split_cells(line)) > 1):
        _add_row(blocks, previous, TableRow(number, split_cells(line)))
    elif opens is Opener.PARAGRAPH:
        blocks.append(Paragraph(number, one_line(line)))
    elif match := ITEM.fullmatch(line):
        _add_item(blocks, Item(number, match["marker"], one_line(match["text"])))
    else:
        return False
    return True


def _add_row(blocks: list[Block], previous: Block | None, row: TableRow) -> None:
    if isinstance(previous, Table):
        previous.rows.append(row)
    else:
        blocks.append(Table(row.line, False, [row]))


def _add_item(blocks: list[Block], item: Item) -> None:
    if blocks and isinstance(blocks[-1], Items):
        blocks[-1].items.append(item)
    else:
        blocks.append(Items(item.line, [item]))


def _goes_on(previous: Block | None, further: list[str] | None, raw: str, spaced: bool) -> bool:
    """Whether an ordinary line continues the block above it, and what has continued it so far."""
    match previous:
        case Paragraph(text=text):
            return spaced or not ENDS_SENTENCE.search(further[-1] if further else text)
        case Items(items=items):
            text = further[-1] if further else items[-1].text
            return raw[:1].isspace() or not ENDS_SENTENCE.search(text)
    return False


def _last_text(blocks: list[Block]) -> tuple[int, int]:
    """Where the last text stands: its block, and its item if that is a list."""
    last = blocks[-1] if blocks else None
    return len(blocks) - 1, len(last.items) - 1 if isinstance(last, Items) else 0


def _add_texts(blocks: list[Block], number: int, item: int, texts: list[str]) -> None:
    """Add the lines that continue a text, all at once: one by one would be quadratic."""
    block = blocks[number]
    if isinstance(block, Paragraph):
        blocks[number] = Paragraph(block.line, " ".join([block.text, *texts]))
    elif isinstance(block, Items):
        first = block.items[item]
        block.items[item] = Item(first.line, first.marker, " ".join([first.text, *texts]))


def _without_separator(block: Block) -> Block:
    if not isinstance(block, Table) or len(block.rows) < 2:
        return block
    if all(re.fullmatch(r":?-+:?", cell) for cell in block.rows[1].cells):
        return Table(block.line, True, [block.rows[0], *block.rows[2:]])
    return block


def split_cells(line: str) -> list[str]:
    r"""The cells of a table row; ``\|`` is a bar inside a cell. Outer bars are optional."""
    cells = re.split(r"(?<!\\)\|", line)
    if line.startswith("|"):
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    return [one_line(cell.replace("\\|", "|")) for cell in cells]


def join_cells(cells: list[str]) -> str:
    """A table row that ``split_cells`` takes apart again."""
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return "| " + " | ".join(escaped) + " |"


def prose(blocks: list[Block]) -> str:
    """Blocks as light Markdown: paragraphs and lists, a blank line between them."""
    return "\n\n".join(_prose_block(block) for block in blocks)


def _prose_block(block: Block) -> str:
    match block:
        case Items(items=items):
            return "\n".join(f"{_list_marker(item.marker)} {item.text}" for item in items)
        case Table(rows=rows):
            return "\n\n".join(escape_structure(one_line(join_cells(row.cells))) for row in rows)
    return escape_structure(block.text) if isinstance(block, Heading) else block.text


def _list_marker(marker: str) -> str:
    return marker if marker[0].isdigit() else "-"


def escape_structure(text: str) -> str:
    """One paragraph, made safe from being read as a heading, list, table or rule."""
    if STRUCTURAL.match(text):
        return "\\" + text
    return STRUCTURAL_NUMBER.sub(r"\1\\\2", text, count=1) if text[:1].isdigit() else text


def canonical_prose(text: str) -> str:
    """Light Markdown in the form in which a document keeps it, whatever its line breaks."""
    return prose(split_blocks(re.split(r"\r\n|\r|\n", text)))

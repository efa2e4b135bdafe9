"""The shape of a document: headings, paragraphs, lists and tables, each with its line.

markdown-it reads it, CommonMark with rules of our own: for tables as people paste them, and for
texts without Markdown, in which words alone make a heading or open a paragraph.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, heading, lheading, list_block
from markdown_it.token import Token

from roles.documents.markup import canonical_line
from roles.documents.text import Line, lines_of

DEEPEST = 12
"""Levels of nesting that are read, two for each list in a list; deeper markers are text."""
RULE = re.compile(r"(-{3,}|\*{3,}|_{3,}|={3,})")
ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]*]*$")
BULLET = re.compile(r"^(\s*)[•●◦▪‣]\s+")
DASHES = re.compile(r":?-+:?")
COLUMNS = re.compile(r"\s*-{3,}(\s+-{3,})+\s*")
LONG_RULE = re.compile(r"\s*-{10,}\s*")
BAR = re.compile(r"(?<!\\)\|")
# What would be read as something else than a paragraph, were it not escaped.
STRUCTURAL = re.compile(
    r"(#{1,6}(\s|$)|[-*+•●◦▪‣](\s|$)|\||-{3,}$|\*{3,}$|_{3,}$|={3,}$|([-*_])(\s*\4){2,}\s*$)"
)
BREAK = re.compile(r"(-\s*){3,}")
STRUCTURAL_NUMBER = re.compile(r"([0-9]{1,9})([.)](\s|$))")


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
    """One item of a list, with its number or "-", its text, and what stands below that."""

    line: int
    marker: str
    text: str
    below: "list[Block]" = field(default_factory=list)

    @property
    def on_one_line(self) -> str:
        """All that the item says."""
        return " ".join([self.text, *(on_one_line(block) for block in self.below)]).strip()


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
    """Lines of cells; ``separated`` where a line of dashes follows the header."""

    line: int
    separated: bool
    rows: list[TableRow] = field(default_factory=list)

    @property
    def header(self) -> TableRow:
        """The names of the columns."""
        return self.rows[0]


type Block = Heading | Paragraph | Items | Table


class Words(Protocol):
    """What the words of a line say in a document without Markdown."""

    def is_heading(self, line: str, /) -> bool:
        """Whether a line is the heading of a section."""

    def is_section(self, line: str, /) -> bool:
        """Whether a line names a section, whatever is said elsewhere."""

    def is_label(self, line: str, /) -> bool:
        """Whether a line opens a paragraph of its own."""

    def is_header(self, cells: Sequence[str], /) -> bool:
        """Whether cells are the names of the columns of a table."""


class _NoWords:
    """Nothing but Markdown counts."""

    def is_heading(self, _: str) -> bool:
        return False

    def is_section(self, _: str) -> bool:
        return False

    def is_label(self, _: str) -> bool:
        return False

    def is_header(self, _: Sequence[str]) -> bool:
        return False


def split_blocks(
    lines: list[Line], words: Words | None = None, *, spaced: bool = True
) -> list[Block]:
    """The blocks of a document in their order.

    A line without a blank line above it continues the paragraph above, as in Markdown, where a
    document is ``spaced``. Some documents put no blank lines at all: in them, and after list
    items, it continues a text only if that has not ended a sentence, or if it is indented below
    a list item.
    """
    texts = [BULLET.sub(r"\1- ", line.text) for line in lines]
    env = {"lines": texts, "words": words or _NoWords(), "spaced": spaced}
    tokens: list[Token] = []
    _BLOCKS.block.parse("\n".join(texts), _BLOCKS, env, tokens)
    return _Shape(lines, tokens).blocks(0, len(tokens))


class _Shape:
    """Blocks out of tokens."""

    def __init__(self, lines: list[Line], tokens: list[Token]) -> None:
        self.lines = lines
        self.tokens = tokens
        self.closed_by = _closing(tokens)

    def blocks(self, start: int, end: int) -> list[Block]:
        """The blocks of some tokens, lists that follow each other as one."""
        found: list[Block] = []
        while start < end:
            closing = self.closed_by.get(start, start)
            for block in self._block(start, closing):
                last = found[-1] if found else None
                if isinstance(block, Items) and isinstance(last, Items) and _alike(last, block):
                    last.items.extend(block.items)
                else:
                    found.append(block)
            start = closing + 1
        return found

    def _block(self, start: int, closing: int) -> Iterator[Block]:
        token = self.tokens[start]
        line = self._line(token)
        if token.type == "rows":
            yield self._table(token)
        elif token.type.endswith("_list_open"):
            if items := list(self._items(start + 1, closing)):
                yield Items(line, items)
        elif token.type in ("heading_open", "paragraph_open"):
            content = self.tokens[start + 1].content
            text = "" if RULE.fullmatch(content.strip()) else _text(content)
            if text:
                yield (Heading if token.type == "heading_open" else Paragraph)(line, text)

    def _items(self, start: int, end: int) -> Iterator[Item]:
        while start < end:
            closing = self.closed_by[start]
            token, below = self.tokens[start], self.blocks(start + 1, closing)
            marker = f"{token.info}." if token.info else "-"
            if below and isinstance(below[0], Items):
                yield from below.pop(0).items  # type: ignore[union-attr]
                below = []
            elif below:
                first = below.pop(0)
                text = first.text if isinstance(first, Paragraph | Heading) else ""
                yield Item(self._line(token), marker, text, below)
            start = closing + 1

    def _line(self, token: Token) -> int:
        return self.lines[token.map[0]].number if token.map else 0

    def _table(self, token: Token) -> Table:
        rows = [
            TableRow(self.lines[number].number, [canonical_line(cell) for cell in cells])
            for number, cells in token.meta["rows"]
        ]
        separated = len(rows) > 1 and all(DASHES.fullmatch(cell) for cell in rows[1].cells)
        if separated:
            del rows[1]
        return Table(rows[0].line, separated, rows)


def _closing(tokens: list[Token]) -> dict[int, int]:
    """Which token closes what another opens."""
    opened: list[int] = []
    closed = {}
    for position, token in enumerate(tokens):
        if token.nesting == 1:
            opened.append(position)
        elif token.nesting == -1:
            closed[opened.pop()] = position
    return closed


def _alike(one: Items, other: Items) -> bool:
    return (one.items[-1].marker == "-") == (other.items[0].marker == "-")


def _text(content: str) -> str:
    return canonical_line(content.replace("\\\n", "\n"))


def on_one_line(block: Block) -> str:
    """All that a block says, on one line."""
    match block:
        case Items(items=items):
            return " ".join(item.on_one_line for item in items)
        case Table(rows=rows):
            return " ".join(join_cells(row.cells) for row in rows)
    return block.text


type _Rule = Callable[[StateBlock, int, int, bool], bool]


def _line(state: StateBlock, number: int) -> str:
    lines: list[str] = state.env["lines"]
    return lines[number].strip()


def _at_top(state: StateBlock, line: int) -> bool:
    """Whether a line belongs to no list: blocks other than paragraphs and lists stand there."""
    return state.level == 0 or state.sCount[line] < state.blkIndent


def _top_only(rule: _Rule) -> _Rule:
    def at_top(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return _at_top(state, start) and rule(state, start, end, silent)

    return at_top


def _underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A heading of one line with a line of dashes or equals signs below; else that is a rule."""
    if silent or start + 1 >= end or not re.fullmatch("=+|-+", below := _line(state, start + 1)):
        return False
    words: Words = state.env["words"]
    text = _line(state, start)
    named = below[0] == "=" or words.is_section(text) or words.is_label(f"{text}:")
    return (named or len(below) == len(text)) and lheading(state, start, end, silent)


def _named(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    """A heading by its words alone."""
    words: Words = state.env["words"]
    if not words.is_heading(_line(state, start)):
        return False
    if not silent:
        for kind, nesting in (("heading_open", 1), ("inline", 0), ("heading_close", -1)):
            token = state.push(kind, "", nesting)  # type: ignore[arg-type]
            token.map, token.content = [start, start + 1], _line(state, start)
        state.line = start + 1
    return True


def _new_text(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    """Whether a line begins a paragraph although there is no blank line above it."""
    if not silent or start == 0 or not _at_top(state, start):
        return False
    words: Words = state.env["words"]
    if words.is_label(_line(state, start)):
        return True
    parted = not state.env["spaced"] or state.sCount[start] < state.blkIndent
    return parted and bool(ENDS_SENTENCE.search(_line(state, start - 1)))


def _rows(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table: with bars around, with bars between, or with tabs; blank lines may part rows."""
    if columns := _columns(state, start, end):
        return silent or _columned(state, start, end, columns)
    if ruled := _ruled(state, start, end):
        return silent or _add_ruled(state, start, *ruled)
    cells_of = _cells_of(state, start, end)
    if cells_of is None:
        return False
    if silent:
        return True
    rows = [(start, cells_of(_line(state, start)))]
    last = start
    for number in range(start + 1, end):
        line = _line(state, number)
        if not line:
            continue
        if not _goes_on(state, rows, last, number, cells_of):
            break
        rows.append((number, cells_of(line)))
        last = number
    token = state.push("rows", "", 0)
    token.map, token.meta = [start, last + 1], {"rows": rows}
    state.line = last + 1
    return True


def _columns(state: StateBlock, start: int, end: int) -> list[int]:
    """Where the columns begin of a table that is set out by spaces, as pandoc writes it."""
    if start + 1 >= end:
        return []
    dashes: str = state.env["lines"][start + 1]
    if not COLUMNS.fullmatch(dashes):
        return []
    return [match.start() for match in re.finditer("-+", dashes)]


def _columned(state: StateBlock, start: int, end: int, columns: list[int]) -> bool:
    """The rows of such a table: its lines up to a blank one."""
    bounds = list(pairwise([0, *columns[1:], None]))
    rows = []
    last = start
    while last < end and _line(state, last):
        line = state.env["lines"][last]
        rows.append((last, [line[begin:stop].strip() for begin, stop in bounds]))
        last += 1
    token = state.push("rows", "", 0)
    token.map, token.meta = [start, last], {"rows": rows}
    state.line = last
    return True


def _ruled(state: StateBlock, start: int, end: int) -> tuple[int, int] | None:
    """Where the header ends, and the table, that begins with a long rule, as pandoc writes it.

    Such a table has a blank line between rows, which may take several lines each.
    """
    lines: list[str] = state.env["lines"]
    if not LONG_RULE.fullmatch(lines[start]):
        return None
    for below in range(start + 1, min(start + 10, end)):
        if COLUMNS.fullmatch(lines[below]) and below > start + 1:
            closing = (n for n in range(below + 1, end) if LONG_RULE.fullmatch(lines[n]))
            last = next(closing, None)
            return None if last is None else (below, last)
        if not lines[below].strip():
            return None
    return None


def _add_ruled(state: StateBlock, start: int, below: int, last: int) -> bool:
    """The rows of such a table, each the lines up to a blank one."""
    lines: list[str] = state.env["lines"]
    columns = [match.start() for match in re.finditer("-+", lines[below])]
    bounds = list(pairwise([0, *columns[1:], None]))
    groups = [(start + 1, below), (below, below + 1)]
    first = below + 1
    for number in range(below + 1, last + 1):
        if number == last or not lines[number].strip():
            if number > first:
                groups.append((first, number))
            first = number + 1
    rows = [
        (
            begin,
            [
                " ".join(line[left:right].strip() for line in lines[begin:stop])
                for left, right in bounds
            ],
        )
        for begin, stop in groups
    ]
    token = state.push("rows", "", 0)
    token.map, token.meta = [start, last + 1], {"rows": rows}
    state.line = last + 1
    return True


def _cells_of(state: StateBlock, start: int, end: int) -> "Callable[[str], list[str]] | None":
    """How the cells of a table are told apart that begins with a line; None where none does."""
    line = _line(state, start)
    if line.startswith("|"):
        return split_cells
    if BAR.search(line) and (below := _next(state, start, end)):
        return split_cells if "|" in below and _is_separator(below) else None
    words: Words = state.env["words"]
    if "\t" in line and words.is_header(line.split("\t")):
        return lambda row: row.split("\t")
    return None


def _goes_on(
    state: StateBlock,
    rows: list[tuple[int, list[str]]],
    last: int,
    number: int,
    cells_of: Callable[[str], list[str]],
) -> bool:
    """Whether a line is a row of the table above it."""
    words: Words = state.env["words"]
    line, cells = _line(state, number), cells_of(_line(state, number))
    if len(cells) < 2 and not line.startswith("|"):
        return False
    if words.is_heading(line):
        return False
    if number == last + 1:
        return True
    begins_like_one = line.startswith("|") == _line(state, rows[0][0]).startswith("|")
    below = _next(state, number, state.lineMax)
    header = len(rows) > 1 and below is not None and _is_separator(below)
    return begins_like_one and not header and not words.is_label(line)


def _next(state: StateBlock, number: int, end: int) -> str | None:
    """The next line that is not blank, of the two that follow."""
    for following in range(number + 1, min(number + 3, end)):
        if line := _line(state, following):
            return line
    return None


def _is_separator(line: str) -> bool:
    return "-" in line and all(DASHES.fullmatch(cell) for cell in split_cells(line))


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level < DEEPEST and list_block(state, start, end, silent)


def _reader() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"maxNesting": 2 * DEEPEST})
    rules = markdown.block.ruler
    text: RuleOptionsType = {"alt": ["paragraph"]}
    rules.enable(["hr", "list", "heading", "lheading"])
    rules.before("hr", "named", _named, {"alt": ["paragraph", "list"]})
    rules.before("hr", "rows", _rows_at_top, {"alt": ["paragraph", "list"]})
    rules.before("hr", "new_text", _new_text, text)
    rules.at("list", _list, text)
    rules.at("heading", _top_only(heading), text)
    rules.at("lheading", _top_only(_underlined), {"alt": []})
    return markdown


_rows_at_top = _top_only(_rows)
_BLOCKS = _reader()


def split_cells(line: str) -> list[str]:
    r"""The cells of a table row; ``\|`` is a bar inside a cell. Outer bars are optional."""
    cells = BAR.split(line.strip())
    if line.startswith("|"):
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    return [" ".join(cell.replace("\\|", "|").split()) for cell in cells]


def join_cells(cells: list[str]) -> str:
    """A table row that ``split_cells`` takes apart again."""
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return "| " + " | ".join(escaped) + " |"


def prose(blocks: list[Block]) -> str:
    """Blocks as Markdown: paragraphs, lists and tables, a blank line between them."""
    return "\n\n".join(_prose_block(block) for block in blocks)


def _prose_block(block: Block) -> str:
    match block:
        case Items(items=items):
            return "\n".join(_prose_item(item) for item in items)
        case Table(separated=True, rows=rows):
            width = len(rows[0].cells)
            dashes = join_cells(["---"] * width)
            lines = [join_cells([*row.cells, *[""] * (width - len(row.cells))]) for row in rows]
            return "\n".join([lines[0], dashes, *lines[1:]])
        case Table(rows=rows):
            return "\n\n".join(
                escape_structure(canonical_line(join_cells(row.cells))) for row in rows
            )
    return escape_structure(block.text)


def _prose_item(item: Item) -> str:
    text = written_item(item.text, item.marker)
    indent = "\n" + " " * (len(item.marker) + 1)
    for block in item.below:
        apart = not isinstance(block, Items) or block.items[0].marker not in ("-", "1.")
        text += ("\n" if apart else "") + indent + _prose_block(block).replace("\n", indent)
    return text.replace("\n" + " " * (len(item.marker) + 1) + "\n", "\n\n")


def written_item(text: str, marker: str = "-") -> str:
    """The line of a list item, made safe from being read as something else."""
    escaped = escape_structure(text)
    return (
        f"{marker} \\{escaped}" if BREAK.fullmatch(f"{marker}{escaped}") else f"{marker} {escaped}"
    )


def escape_structure(text: str) -> str:
    """One paragraph, made safe from being read as a heading, list, table or rule."""
    if STRUCTURAL.match(text):
        return "\\" + text
    return STRUCTURAL_NUMBER.sub(r"\1\\\2", text, count=1) if text[:1].isdigit() else text


def canonical_prose(text: str) -> str:
    """Light Markdown in the form in which a document keeps it, whatever its line breaks."""
    return prose(split_blocks(lines_of(text)))

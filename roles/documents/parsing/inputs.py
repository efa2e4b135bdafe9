"""Reads what is scored: tasks, evidence, barriers, principles, growth and the adjustment."""

import re
from decimal import Decimal
from typing import Any

from roles.documents.fields import FIELDS, ItemRow, SourceRow, TaskRow
from roles.documents.layout import OUT_OF, TABLE_COLUMNS, TABLE_OF, Label, Section
from roles.documents.markup import address, folded, plain
from roles.documents.numbers import number_in, to_decimal
from roles.documents.parsing.reader import Reader, first_cell
from roles.documents.parsing.sections import Cell, Row
from roles.documents.statements import TOTALS
from roles.documents.synonyms import did_you_mean, official
from scoring.claims import TASK_WEIGHTED, TIME_TOTAL
from scoring.dimensions import TASK_SCORE, Mode
from scoring.figures import Score
from scoring.inputs import InputPart

MODES = {mode.title(): mode for mode in Mode}
GROWTH_ROW = FIELDS["growth"].label
SOURCE_COLUMNS = ("Source", "Sources", "Reference", "References")
"""Columns of the evidence table that belong to the sources."""
ASSESSOR_PARTS = {Label.ADJUSTMENT: InputPart.ADJUSTMENT, Label.OVERRIDE: InputPart.OVERRIDE}
ASSESSOR_OUT_OF = {
    Label.ADJUSTMENT: OUT_OF["task_resistance"],
    Label.OVERRIDE: OUT_OF["published_score"],
}
_OF = r"(?:\s*(?:/|out of)\s*(?P<{}>[0-9]{{1,3}}(?:[.,]0)?))?"
_SIZE = r"(?:(?:of|by)\s+(?:[+±]|-)?[0-9]+(?:[.,][0-9]+)?(?:\s+points?)?[\s,:(=]*)?"
_DECISION = re.compile(
    rf"[\s:：(*]*{_SIZE}(?:from\s+[0-9]+(?:[.,][0-9]+)?{_OF.format('from')})?"
    rf"[\s:：(=*,]*(?:(?:to|at|is|->|→|=>)[\s*]*)?(?P<value>[0-9]{{1,3}}(?:[.,][0-9]{{1,4}})?)"
    rf"{_OF.format('out_of')}(?![0-9%]|[.,/][0-9])\s*[)\]]?\**\s*"
    r"(?:[:：.;,]|--?|[–—]|$|(?=\())\s*(?P<reason>.*)",
    re.I,
)
_UNDECIDED = re.compile(r"\s*to\s*/[0-9.]+:\**\s*(?P<reason>.+)")
"""How a reason is written out that has no value yet."""
_NONE = re.compile(
    r"[\s:*()-–—]*(?:none|no|n/a|not? (?:applied|used|needed|made|given|required|applicable))\W*",
    re.I,
)


def _items(reader: Reader, section: Section, also: str = "") -> dict[str, ItemRow]:
    """The rows of a table of dimensions; ``also`` names a row it has besides these."""
    group = TABLE_OF[section]
    part = InputPart(group.name)
    reader.places[part, None] = (reader.sections.line_of(section), section)
    names = [str(name) for name in (*group.dimensions, also) if name]
    taken = reader.sections.take_table(section)
    if taken.broken:
        reader.unread.add(part)
    items: dict[str, ItemRow] = {}
    for row in taken.rows:
        line, written = row["Score"].line, first_cell(row)
        name = official(written, names)
        if name is None:
            expected = f"expected one of {', '.join(names)}{did_you_mean(written, names)}"
            reader.unread.add(part)
            reader.problem(line, f"{section}: {written[:60]}", f"is unknown; {expected}")
        elif name in items:
            reader.problem(line, f"{section}: {name}", "appears twice; expected once")
        else:
            items[name] = _item(reader, section, name, row)
    for total in taken.totals:
        _total(reader, section, total)
    return items


def _item(reader: Reader, section: Section, name: str, row: Row) -> ItemRow:
    group = TABLE_OF[section]
    first, _, last = TABLE_COLUMNS[section]
    where = f"{section}: {name}"
    line = row["Score"].line
    reader.places[InputPart(group.name), name] = (line, where)
    score = reader.whole_number(row["Score"], f"{where}, Score", group.scale.high)
    rationale = reader.plain(line, f"{where}, {last}", row[last].text)
    known = {first, "Score", last}
    if section is Section.EVIDENCE:
        known |= _sources(reader, name, row)
    reader.keep_other_columns(row, where, known)
    return ItemRow(name, _known(score, row["Score"], 0), rationale)


def _known[T](read: T | None, cell: Cell, otherwise: T) -> T | None:
    """What was read of a cell; where that is told to be wrong, something that is not told again."""
    return otherwise if read is None and cell.text else read


def _sources(reader: Reader, dimension: str, row: Row) -> set[str]:
    """Take the sources that a row of evidence names in a column of its own."""
    columns = {name for name in row if name.title() in SOURCE_COLUMNS}
    for name in columns:
        if cell_text := row[name].text:
            url = address(cell_text)
            url = url if re.match(r"https?://\S+$", url) else ""
            title = reader.plain(row[name].line, f"{dimension}, {name}", plain(cell_text))
            reader.sources.append(SourceRow(dimension, title, "", url, ""))
    return columns


def _total(reader: Reader, section: Section, total: Row) -> None:
    """A total row: the total under its column, and what else stands in it."""
    for column, cell in total.items():
        if column == "Score":
            figure = TOTALS[TABLE_OF[section].name]
            reader.claim(figure, cell.text, section, cell.line)
        else:
            _beside_total(reader, section, column, cell.text, cell.line)


def _beside_total(reader: Reader, section: Section, column: str, text: str, line: int) -> None:
    is_figure = number_in(text, percent=True) is not None
    if plain(text).strip("-–— "):
        reader.note(line, f"{section}, Total, {column}: {text}", figure=is_figure)


def read_principles(reader: Reader) -> dict[str, Any]:
    """The protective principles and the AI growth correlation, which share a table."""
    items = _items(reader, Section.PRINCIPLES, also=GROWTH_ROW)
    growth = items.pop(GROWTH_ROW, None)
    line = reader.sections.line_of(Section.PRINCIPLES)
    where = f"{Section.PRINCIPLES}: {GROWTH_ROW}"
    reader.places[InputPart.GROWTH, None] = reader.places.get(
        (InputPart.PRINCIPLES, GROWTH_ROW), (line, where)
    )
    if growth is None and line is not None and InputPart.PRINCIPLES not in reader.unread:
        reader.problem(line, where, f"is missing; expected a row '| {GROWTH_ROW} | … | … |'")
    return {
        "principles": tuple(items.values()),
        "growth": growth.score if growth else 0,
        "growth_rationale": growth.rationale if growth else "",
    }


def read_evidence_and_barriers(reader: Reader) -> dict[str, Any]:
    """The evidence and the barriers."""
    return {
        "evidence": tuple(_items(reader, Section.EVIDENCE).values()),
        "barriers": tuple(_items(reader, Section.BARRIERS).values()),
    }


def read_tasks(reader: Reader) -> dict[str, Any]:
    """The task decomposition with the assessor's adjustment."""
    section = Section.TASKS
    reader.places[InputPart.TASKS, None] = (reader.sections.line_of(section), section)
    taken = reader.sections.take_table(section)
    if taken.broken:
        reader.unread.add(InputPart.TASKS)
    tasks = tuple(_task(reader, row, index) for index, row in enumerate(taken.rows))
    for total in taken.totals:
        _task_total(reader, total)
    value, reason = read_assessor(reader, Label.ADJUSTMENT)
    return {
        "tasks": tasks,
        "adjusted_task_resistance": value,
        "adjustment_reason": reason,
    }


def _task(reader: Reader, row: Row, index: int) -> TaskRow:
    line = row["Task"].line
    name = reader.name(row["Task"], f"{Section.TASKS}: task {index + 1}")
    where = f"{Section.TASKS}: {name[:60]}"
    reader.places[InputPart.TASKS, index] = (line, where)
    time = number_in(row["Time %"].text, 100, percent=True)
    if time is None:
        reader.unread.add(InputPart.TASKS)
    if time is None and row["Time %"].text:
        message = f"is '{folded(row['Time %'].text)[:40]}'; expected a percentage such as 20%"
        reader.problem(line, f"{where}, Time %", message)
    score = reader.whole_number(row["Score"], f"{where}, Score", TASK_SCORE.high)
    weighted = row.get("Weighted")
    if weighted and plain(weighted.text).strip("-–— "):
        reader.claim(TASK_WEIGHTED, weighted.text, Section.TASKS, line, str(index + 1))
    rationale = reader.plain(line, f"{where}, Rationale", row["Rationale"].text)
    known = {name.partition(" (")[0] for name in TABLE_COLUMNS[Section.TASKS]}
    reader.keep_other_columns(row, where, known)
    return TaskRow(
        name,
        _known(time, row["Time %"], Decimal(1)),
        _known(score, row["Score"], 1),
        _mode(reader, row, where),
        rationale,
    )


def _mode(reader: Reader, row: Row, where: str) -> Mode | None:
    if not row["Aug/Disp"].text:
        return None
    written = folded(row["Aug/Disp"].text).upper()
    if mode := official(written, MODES):
        return MODES[mode]
    message = f"is '{written[:40]}'; expected one of {', '.join(Mode)}"
    reader.problem(row["Aug/Disp"].line, f"{where}, Aug/Disp", message)
    return Mode.NOT_INVOLVED


def _task_total(reader: Reader, total: Row) -> None:
    """A total row states the time and the weighted total, each under its column."""
    figures = {"Time %": TIME_TOTAL, "Weighted": Score.weighted}
    for column, cell in total.items():
        if column in figures:
            if plain(cell.text).strip("-–— "):
                reader.claim(figures[column], cell.text, Section.TASKS, cell.line)
        else:
            _beside_total(reader, Section.TASKS, column, cell.text, cell.line)
        reader.places[InputPart.TASKS, None] = (cell.line, f"{Section.TASKS}: Total")


def read_assessor(reader: Reader, label: Label) -> tuple[Decimal | None, str]:
    """An adjusted or overridden figure and its reason, both optional together."""
    part, where = ASSESSOR_PARTS[label], label.name_in_words
    taken = reader.sections.take_label(label)
    if taken is None:
        return None, ""
    line, found = taken
    reader.places[part, None] = (line, where)
    if _NONE.fullmatch(found.rest):
        return None, ""
    match = _DECISION.fullmatch(found.rest)
    if undecided := _UNDECIDED.fullmatch(found.rest):
        reader.unread.add(part)
        reader.lack(line, where, f"has a reason and no value; expected '{label.text('…')}: reason'")
        return None, reader.plain(line, where, undecided["reason"])
    if match is None or _is_out_of_else(match, ASSESSOR_OUT_OF[label]):
        reader.unread.add(part)
        written = folded(found.rest)[:40].strip(" :")
        message = f"'{written}' cannot be read; expected '{label.text('…')}: reason'"
        reader.problem(line, where, message)
        return None, ""
    if reader.sections.has_label(label):
        reader.problem(line, where, "appears twice; expected once")
    reason = match["reason"] or reader.sections.take_below(label.section, line)
    return to_decimal(match["value"]), reader.plain(line, where, reason)


def is_decision(text: str) -> bool:
    """Whether what follows the words "assessor override" in a text gives it a value."""
    return _DECISION.fullmatch(text) is not None


def _is_out_of_else(match: re.Match[str], out_of: int) -> bool:
    stated = [match[name] for name in ("from", "out_of") if match[name]]
    return any(to_decimal(one) != out_of for one in stated)

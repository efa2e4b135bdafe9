"""Reads what is scored: tasks, evidence, barriers, principles, growth and the adjustment."""

from decimal import Decimal
from typing import Any

from roles.documents.fields import FIELDS, ItemRow, TaskRow
from roles.documents.layout import TABLE_COLUMNS, TABLE_OF, Label, Section
from roles.documents.numbers import number_in
from roles.documents.parsing.reader import Reader, first_cell
from roles.documents.parsing.sections import Cell, column_key
from roles.documents.statements import TOTALS
from roles.documents.text import without_bold
from scoring.claims import TASK_WEIGHTED, TIME_TOTAL
from scoring.dimensions import Mode
from scoring.figures import Score
from scoring.inputs import InputPart

GROWTH_ROW = FIELDS["growth"].label


def _items(reader: Reader, section: Section, also: str = "") -> dict[str, ItemRow]:
    """The rows of a table of dimensions; ``also`` names a row it has besides these."""
    group = TABLE_OF[section]
    part = InputPart(group.name)
    reader.places[part, None] = (reader.sections.line_of(section), section)
    names = {name.lower(): str(name) for name in (*group.dimensions, also) if name}
    taken = reader.sections.take_table(section)
    items: dict[str, ItemRow] = {}
    for row in taken.rows:
        line, written = row["score"].line, first_cell(row)
        name = names.get(written.lower())
        if name is None:
            message = f"is unknown; expected one of {', '.join(names.values())}"
            reader.problem(line, f"{section}: {written[:60]}", message)
        elif name in items:
            reader.problem(line, f"{section}: {name}", "appears twice; expected once")
        else:
            items[name] = _item(reader, section, name, row)
    for cells in taken.totals:
        if cells:
            reader.claim(TOTALS[group.name], cells[0].text, section, cells[0].line)
    return items


def _item(reader: Reader, section: Section, name: str, row: dict[str, Cell]) -> ItemRow:
    group = TABLE_OF[section]
    first, _, last = TABLE_COLUMNS[section]
    where = f"{section}: {name}"
    line = row["score"].line
    reader.places[InputPart(group.name), name] = (line, where)
    score = reader.whole_number(row["score"], f"{where}, Score")
    rationale = reader.plain(line, f"{where}, {last}", row[last.lower()].text)
    reader.keep_other_columns(row, {first.lower(), "score", last.lower()})
    return ItemRow(name, score or 0, rationale)


def read_principles(reader: Reader) -> dict[str, Any]:
    """The protective principles and the AI growth correlation, which share a table."""
    items = _items(reader, Section.PRINCIPLES, also=GROWTH_ROW)
    growth = items.pop(GROWTH_ROW, None)
    line = reader.sections.line_of(Section.PRINCIPLES)
    where = f"{Section.PRINCIPLES}: {GROWTH_ROW}"
    reader.places[InputPart.GROWTH, None] = reader.places.get(
        (InputPart.PRINCIPLES, GROWTH_ROW), (line, where)
    )
    if growth is None and line is not None:
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
    tasks = tuple(_task(reader, row, index) for index, row in enumerate(taken.rows))
    for cells in taken.totals:
        _task_total(reader, cells)
    value, reason = read_assessor(reader, Label.ADJUSTMENT, InputPart.ADJUSTMENT)
    return {
        "tasks": tasks,
        "adjusted_task_resistance": value,
        "adjustment_reason": reason,
    }


def _task(reader: Reader, row: dict[str, Cell], index: int) -> TaskRow:
    line = row["task"].line
    name = reader.name(row["task"], f"{Section.TASKS}: task {index + 1}")
    where = f"{Section.TASKS}: {name}"
    reader.places[InputPart.TASKS, index] = (line, where)
    time = number_in(row["time"].text)
    if time is None:
        reader.unread.add(InputPart.TASKS)
        message = f"is '{row['time'].text[:40]}'; expected a percentage such as 20%"
        reader.problem(line, f"{where}, Time %", message)
    score = reader.whole_number(row["score"], f"{where}, Score")
    if row["weighted"].text:
        number = str(index + 1)
        reader.claim(TASK_WEIGHTED, row["weighted"].text, Section.TASKS, line, number)
    rationale = reader.plain(line, f"{where}, Rationale", row["rationale"].text)
    reader.keep_other_columns(row, {column_key(name) for name in TABLE_COLUMNS[Section.TASKS]})
    return TaskRow(
        name, Decimal(1) if time is None else time, score or 1, _mode(reader, row, where), rationale
    )


def _mode(reader: Reader, row: dict[str, Cell], where: str) -> Mode:
    written = without_bold(row["aug/disp"].text).upper()
    if written in list(Mode):
        return Mode(written)
    message = f"is '{written[:40]}'; expected one of {', '.join(Mode)}"
    reader.problem(row["aug/disp"].line, f"{where}, Aug/Disp", message)
    return Mode.NOT_INVOLVED


def _task_total(reader: Reader, cells: list[Cell]) -> None:
    """A total row states the time, then the weighted total."""
    for figure, cell in zip((TIME_TOTAL, Score.weighted), cells, strict=False):
        reader.claim(figure, cell.text, Section.TASKS, cell.line)
    if cells:
        reader.places[InputPart.TASKS, None] = (cells[0].line, f"{Section.TASKS}: Total")


def read_assessor(reader: Reader, label: Label, part: InputPart) -> tuple[Decimal | None, str]:
    """An adjusted or overridden figure and its reason, both optional together."""
    taken = reader.sections.take_label(label)
    if taken is None:
        return None, ""
    line, found = taken
    where = label.name_in_words
    reader.places[part, None] = (line, where)
    value = number_in(found.parameter)
    if value is None:
        reader.unread.add(part)
        message = f"'{found.parameter[:40]}' is no number; expected '{label.text('…')}: reason'"
        reader.problem(line, where, message)
    return value, reader.plain(line, where, found.rest)

"""What two people have made of one assessment: every difference, for a person to choose from.

Nothing is joined by itself. What one of the two alone has changed is only proposed, by what the
form was when it was opened (``FormSnapshot``).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from operator import eq

from django import forms
from django.http import QueryDict

from roles.documents.diff import Run, word_runs
from roles.editing.posted import Row, Table, rows, write


class Side(StrEnum):
    """Whose text it is."""

    MINE = "mine"
    """As it was typed."""
    THEIRS = "theirs"
    """As it is stored."""


class Choice(StrEnum):
    """What a person can choose."""

    MINE = "mine"
    THEIRS = "theirs"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is typed otherwise than it is stored: a field, a row or an order of rows."""

    key: str
    label: str
    mine: str
    """In words; empty where it is not there."""
    theirs: str
    changed_by: Side | None
    """Who alone has changed it since the form was opened; None if both, or if it is not known."""
    typed: str | None = None
    """The text to edit; None where none can be typed."""

    @property
    def runs(self) -> list[Run]:
        """What is stored and what was typed, word by word."""
        return word_runs(self.theirs, self.mine)


type _Side = dict[str, Row]
"""The rows of a table as one side has them, by their keys and in their order."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a table on either side and, where it is known, when the form was opened."""

    table: Table
    theirs: _Side
    mine: _Side
    base: _Side

    @property
    def keys(self) -> list[str]:
        return list(dict.fromkeys([*self.theirs, *self.mine]))

    @property
    def common(self) -> list[str]:
        return [key for key in self.theirs if key in self.mine]

    def placed(self, in_my_order: bool) -> list[str]:
        """All rows: in the one order, those that it has not behind what they stand behind."""
        first, second = self.theirs, self.mine
        if in_my_order:
            first, second = second, first
        placed, before = list(first), None
        for key in second:
            if key not in first:
                placed.insert(0 if before is None else placed.index(before) + 1, key)
            before = key
        return placed


class Conflict:
    """A typed form beside what is stored now and, where it is known, what it was opened with."""

    def __init__(
        self, tables: list[Table], mine: QueryDict, theirs: QueryDict, base: QueryDict | None
    ) -> None:
        self.theirs, self.knows_base = theirs, base is not None
        self.tables = [_matched(table, theirs, mine, base) for table in tables]
        self.differences = list(self._found())

    def lacking(self, chosen: Mapping[str, str]) -> list[Difference]:
        """What nobody has chosen yet."""
        return [one for one in self.differences if chosen.get(one.key) not in set(Choice)]

    def resolved(self, chosen: Mapping[str, str], edited: Mapping[str, str]) -> QueryDict:
        """The form with what was chosen for each difference, ready to be saved."""
        data = self.theirs.copy()
        for some in self.tables:
            write(data, some.table, list(_kept(some, chosen, edited)))
        return data

    def _found(self) -> Iterator[Difference]:
        for some in self.tables:
            for key in some.keys:
                if key in some.theirs and key in some.mine:
                    yield from self._fields(some, key)
                else:
                    yield self._row(some, key)
            yield from self._order(some)

    def _fields(self, some: _Rows, key: str) -> Iterator[Difference]:
        table, theirs, mine = some.table, some.theirs[key], some.mine[key]
        for name, field in table.fields.items():
            # What was not posted was not typed.
            old, new = theirs.get(name, ""), mine.get(name, theirs.get(name, ""))
            same = partial(table.same, name)
            if same(old, new):
                continue
            base = some.base[key].get(name, "") if key in some.base else None
            chosen_only = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
            yield Difference(
                f"{table.name}/{key}/{name}",
                ", ".join(filter(None, [table.called(theirs), table.label_of(name)])),
                table.text(name, new),
                table.text(name, old),
                self._side(base, new, old, same),
                None if chosen_only else new,
            )

    def _row(self, some: _Rows, key: str) -> Difference:
        table, row = some.table, some.theirs.get(key) or some.mine[key]
        mine, theirs, base = (
            table.in_words(side[key]) if key in side else ""
            for side in (some.mine, some.theirs, some.base)
        )
        side = self._side(base, mine, theirs)
        return Difference(f"{table.name}/{key}/", table.called(row), mine, theirs, side)

    def _order(self, some: _Rows) -> Iterator[Difference]:
        table, common = some.table, set(some.common)
        mine, theirs, base = (
            [key for key in side if key in common] for side in (some.mine, some.theirs, some.base)
        )
        if table.ordered and mine != theirs:
            mine_in_words, theirs_in_words = (
                "\n".join(table.name_of(some.theirs[key]) for key in order)
                for order in (mine, theirs)
            )
            side = self._side(base if len(base) == len(mine) else None, mine, theirs)
            label = f"{table.label}: the order"
            yield Difference(f"{table.name}//", label, mine_in_words, theirs_in_words, side)

    def _side[T](
        self, base: T | None, mine: T, theirs: T, same: Callable[[T | None, T], bool] = eq
    ) -> Side | None:
        if not self.knows_base:
            return None
        return Side.THEIRS if same(base, mine) else Side.MINE if same(base, theirs) else None


def _matched(table: Table, theirs: QueryDict, mine: QueryDict, base: QueryDict | None) -> _Rows:
    """Rows of each side that are the same one: by their key, or else by what they are called."""
    stored = _by_key(table, theirs)
    return _Rows(table, stored, *(_as_stored(table, data, stored) for data in (mine, base)))


def _by_key(table: Table, data: QueryDict | None) -> _Side:
    there = rows(data, table) if data else []
    return {_key_of(table, row, place): row for place, row in enumerate(there)}


def _as_stored(table: Table, data: QueryDict | None, stored: _Side) -> _Side:
    """Rows under the keys of those that are stored; others under their own."""
    own = _by_key(table, data)
    side: _Side = {}
    for key, row in own.items():
        free = {one: row for one, row in stored.items() if one not in own and one not in side}
        side[key if key in stored else _namesake(table, row, free) or key] = row
    return side


def _key_of(table: Table, row: Row, place: int) -> str:
    if not table.name or table.fixed:
        return row.get(table.named_by, "")
    return row.get("id") or f"new{place}"


def _namesake(table: Table, row: Row, free: _Side) -> str | None:
    """The key of a stored row of the same name."""
    name = table.name_of(row)
    return next((key for key, one in free.items() if name and table.name_of(one) == name), None)


def _kept(some: _Rows, chosen: Mapping[str, str], edited: Mapping[str, str]) -> Iterator[Row]:
    """The rows of a table as they were chosen, in the order that was."""
    table = some.table
    for key in some.placed(chosen.get(f"{table.name}//") == Choice.MINE):
        choose_mine = chosen.get(f"{table.name}/{key}/") == Choice.MINE
        if key not in some.mine:
            yield some.theirs[key] | ({"DELETE": "on"} if choose_mine else {})
        elif key in some.theirs:
            yield some.theirs[key] | dict(_chosen(some, key, chosen, edited))
        elif choose_mine:
            yield some.mine[key] | {"id": "", "assessment": ""}


def _chosen(
    some: _Rows, key: str, chosen: Mapping[str, str], edited: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The fields of a row for which one's own text was chosen, or another."""
    for name in some.table.fields:
        path = f"{some.table.name}/{key}/{name}"
        if chosen.get(path) == Choice.MINE and name in some.mine[key]:
            yield name, some.mine[key][name]
        elif chosen.get(path) == Choice.EDITED:
            yield name, edited.get(path, "")

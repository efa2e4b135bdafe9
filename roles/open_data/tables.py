"""The tables of the catalogue: these are the only lists of them.

Files, database, package and data dictionary follow from them, and their columns follow from the
lists of fields, of dimensions and of figures.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from inspect import getdoc
from typing import Any

from django.utils.timezone import localdate

from roles.documents.fields import FIELDS, IDENTITY_FIELDS
from roles.models import Assessment, Role
from roles.occupation_figures import FIGURES as PUBLISHED_FIGURES
from roles.occupation_figures import PublishedFigure
from roles.occupations.index import Match
from roles.open_data.representation import TEXTS
from roles.vocabulary import RelationKind, Standing
from scoring.dimensions import DIMENSION_GROUPS, PERCENT, PUBLISHED_SCORE, TASK_SCORE, Mode, Range
from scoring.figure_type import ComputedFigure
from scoring.figures import FIGURES
from scoring.plain import plain
from scoring.zones import SubLabel, Zone


@dataclass(frozen=True, slots=True)
class Column:
    """One column, with its line in the data dictionary."""

    name: str
    kind: type
    """What its values are: str, int, bool, Decimal or date."""
    says: str
    of: Callable[[Any], Any]
    """Its value, of what a row is made of."""
    unit: str = ""
    within: Range | None = None
    words: tuple[str, ...] = ()
    """The words it can be; empty where it can be any."""
    always: bool = False
    """Whether it is never empty."""

    def value(self, made_of: Any) -> Any:
        """The value as plain data; None where there is none."""
        value = plain(self.of(made_of))
        return None if value == "" else value


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    name: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    refers: Mapping[str, str] = field(default_factory=dict)
    """The table that a column names a row of, by that one's key."""

    def row(self, made_of: Any) -> list[Any]:
        """The values of one row."""
        return [column.value(made_of) for column in self.columns]


@dataclass(frozen=True, slots=True)
class Part:
    """What a row is made of: a role, its published assessment if it has one, and a part of it."""

    role: Role
    assessment: Assessment | None
    match: Match | None
    """The occupation of the role's code."""
    item: Any = None


@dataclass(frozen=True, slots=True)
class RoleTable(Table):
    """A table whose rows come out of the published assessments of roles."""

    parts: Callable[[Assessment], Iterable[Any]] | None = None
    """What there is a row for in an assessment; None where there is one for each role."""
    needs: tuple[str, ...] = ()
    """What assessments have to be fetched with."""

    def rows(self, of: Part) -> Iterator[list[Any]]:
        """The rows of one role."""
        if self.parts is None:
            yield self.row(of)
        elif of.assessment:
            for item in self.parts(of.assessment):
                yield self.row(Part(of.role, of.assessment, of.match, item))


def _of_role(name: str, says: str, kind: type = str, **more: Any) -> Column:
    return Column(name, kind, says, lambda part: getattr(part.role, name), **more)


def _of_assessment(name: str, says: str, kind: type = str, **more: Any) -> Column:
    return Column(name, kind, says, lambda part: getattr(part.assessment, name, None), **more)


def _of_item(name: str, says: str, kind: type = str, **more: Any) -> Column:
    return Column(name, kind, says, lambda part: getattr(part.item, name), **more)


CITED = {"published_score": "score", "zone": "zone", "sub_label": "sub_label"}
"""The figures that a role without an assessment has, cited by another, and its columns of them."""


def _figure(figure: ComputedFigure[Any]) -> Column:
    def of(part: Part) -> Any:
        if part.assessment:
            return getattr(part.assessment, figure.name)
        return getattr(part.role, CITED[figure.name]) if figure.name in CITED else None

    words = tuple(figure.kind) if issubclass(figure.kind, StrEnum) else ()
    return Column(
        figure.name,
        str if words else figure.kind,
        f"{figure.label}. {getdoc(figure.compute)}",
        of,
        figure.unit,
        figure.within,
        words,
        always=figure.name in CITED and figure.name != "sub_label",
    )


def _joined(rows: Iterable[Any]) -> str:
    return "; ".join(map(str, rows))


WHICH = (
    Column("role", str, "The role, by its slug.", lambda part: part.role.slug, always=True),
    _of_assessment("version", "The number of the version.", int, always=True),
)
"""What the rows of a part of an assessment begin with."""
IN_SEVERAL_COLUMNS = ("aliases", "codes", "pay")

ROLES = RoleTable(
    "roles",
    "A row for each role: what it is, what it stands at, and every figure of its score. "
    "Roles that are not assessed have the score that another assessment cites for them.",
    (
        _of_role("slug", "The role’s name in addresses: /roles/<slug>/.", always=True),
        *(
            _of_role(name, f"{one.label}.", always=name == "title")
            for name, one in IDENTITY_FIELDS.items()
            if name not in IN_SEVERAL_COLUMNS
        ),
        Column("aliases", str, "Also Known As.", lambda part: _joined(part.role.aliases.all())),
        Column("codes", str, "Occupational Codes.", lambda part: _joined(part.role.codes.all())),
        Column(
            "occupation",
            str,
            "The O*NET-SOC 2019 code of the occupation that the codes match.",
            lambda part: part.match and part.match.occupation.code,
        ),
        Column(
            "occupation_is_exact",
            bool,
            "Whether that is the role’s own occupation, and not only the closest there is.",
            lambda part: part.match and part.match.exact,
        ),
        _of_role("pay_currency", "Currency of the pay range, ISO 4217."),
        _of_role("pay_low", "Lowest yearly pay.", int),
        _of_role("pay_high", "Highest yearly pay.", int),
        _of_role("pay_year", "The year or scale that the pay range is from."),
        _of_role(
            "standing",
            "What the score rests on. A sample was written by this project to show the method.",
            words=tuple(Standing),
            always=True,
        ),
        _of_role("synthetic", "Whether it is made up, for tests of load.", bool, always=True),
        _of_assessment("version", "The number of the published version.", int),
        _of_assessment("method_version", "The version of the method that scored it."),
        _of_assessment("assessed_on", "The day that the document says it was assessed.", date),
        Column(
            "published_on",
            date,
            "The day that the version was published here.",
            lambda part: part.assessment and localdate(part.assessment.published_at),
        ),
        *map(_figure, FIGURES.values()),
        *(
            _of_assessment(name, f"{FIELDS[name].label}.", kind)
            for name, kind in (
                ("adjusted_task_resistance", Decimal),
                ("adjustment_reason", str),
                ("override", Decimal),
                ("override_reason", str),
            )
        ),
    ),
    key=("slug",),
    refers={"occupation": "occupations"},
)
TASKS = RoleTable(
    "tasks",
    "A row for each task of each assessed role, in the order of the assessment.",
    (
        *WHICH,
        _of_item("name", "The task.", always=True),
        _of_item("time", "Share of working time.", Decimal, unit="%", within=PERCENT, always=True),
        _of_item(
            "score",
            "How far AI can do it: 1 is for people only, 5 can be automated in full.",
            int,
            within=TASK_SCORE,
            always=True,
        ),
        _of_item("mode", "How AI takes part.", words=tuple(Mode), always=True),
        _of_item("rationale", "Why."),
    ),
    refers={"role": "roles"},
    parts=lambda assessment: assessment.tasks.all(),
    needs=("tasks",),
)
ITEMS = RoleTable(
    "items",
    "A row for each rating of evidence, barriers and protective principles.",
    (
        *WHICH,
        Column(
            "kind",
            str,
            "What is rated: "
            + ", ".join(f"{one.name} from {one.scale}" for one in DIMENSION_GROUPS)
            + ".",
            lambda part: part.item.group.name,
            words=tuple(one.name for one in DIMENSION_GROUPS),
            always=True,
        ),
        _of_item(
            "dimension",
            "Which one of them.",
            words=tuple(word for one in DIMENSION_GROUPS for word in one.dimensions),
            always=True,
        ),
        _of_item("score", "The rating.", int, always=True),
        _of_item("rationale", "Why."),
    ),
    refers={"role": "roles"},
    parts=lambda assessment: (
        item for group in DIMENSION_GROUPS for item in assessment.items(group)
    ),
    needs=tuple(group.name for group in DIMENSION_GROUPS),
)
SOURCES = RoleTable(
    "sources",
    "A row for each publication that supports the evidence of a role.",
    (
        *WHICH,
        _of_item("dimension", "The dimension of evidence that it supports.", always=True),
        _of_item("title", "Its title.", always=True),
        _of_item("publisher", "Who published it."),
        _of_item("url", "Where it can be read."),
        _of_item("seen", "The year, or the date on which it was seen."),
    ),
    refers={"role": "roles"},
    parts=lambda assessment: assessment.sources.all(),
    needs=("sources",),
)
RELATIONS = RoleTable(
    "relations",
    "A row for each other role that an assessment names.",
    (
        *WHICH,
        Column("other", str, "The other role, by its slug.", lambda part: part.item.role.slug),
        _of_item("kind", "How the two are related.", words=tuple(RelationKind), always=True),
        _of_item("note", "What is said of it."),
        _of_item(
            "cited_score",
            "The score that the assessment quotes for it.",
            Decimal,
            within=PUBLISHED_SCORE,
        ),
        _of_item("cited_zone", "The zone that it quotes.", words=tuple(Zone)),
        _of_item("cited_sub_label", "The sub-label that it quotes.", words=tuple(SubLabel)),
    ),
    refers={"role": "roles"},
    parts=lambda assessment: assessment.relations.all(),
    needs=("relations__role",),
)
TEXTS_OF_ROLES = RoleTable(
    "texts",
    "A row for each text of an assessment that is read and not scored, as light Markdown.",
    (
        *WHICH,
        Column(
            "field", str, "Which text.", lambda part: part.item, words=tuple(TEXTS), always=True
        ),
        Column("heading", str, "As pages call it.", lambda part: TEXTS[part.item].heading),
        Column("text", str, "The text.", lambda part: _text(part.assessment, part.item)),
    ),
    refers={"role": "roles"},
    parts=lambda assessment: [name for name in TEXTS if _text(assessment, name)],
)
ROLE_TABLES = {
    table.name: table for table in (ROLES, TASKS, ITEMS, SOURCES, RELATIONS, TEXTS_OF_ROLES)
}
"""Every table of roles, by its name: each is to be had as a file of its own."""


def _text(assessment: Assessment, name: str) -> str:
    value = getattr(assessment, name)
    if value is None:
        return ""
    return "\n".join(value) if isinstance(value, list) else str(value)


def _published(figure: PublishedFigure) -> Column:
    kind = Decimal if figure.decimals else str if figure.word else int
    says = f"{figure.label}. {figure.source.citation}."
    return Column(
        figure.name, kind, says, lambda one: getattr(one, figure.name), figure.unit, figure.within
    )


OCCUPATIONS = Table(
    "occupations",
    "A row for each US occupation, with what others have published about it; none has a score.",
    (
        Column("code", str, "The O*NET-SOC 2019 code.", lambda one: one.code, always=True),
        Column("title", str, "What it is called.", lambda one: one.title, always=True),
        *map(_published, PUBLISHED_FIGURES.values()),
    ),
    key=("code",),
)
OCCUPATION_FIGURES = Table(
    "occupation_figures",
    "A row for each published figure of an occupation: who published it, on which terms.",
    (
        Column("name", str, "The column of occupations.", lambda one: one.name, always=True),
        Column("label", str, "What it is.", lambda one: one.label, always=True),
        Column("unit", str, "Its unit.", lambda one: one.unit),
        Column("by_group", bool, "Whether it is of the SOC group.", lambda one: one.by_group),
        Column("citation", str, "Where it was published.", lambda one: one.source.citation),
        Column("year", str, "Its year.", lambda one: one.source.year),
        Column("licence", str, "On which terms.", lambda one: one.source.licence),
    ),
    key=("name",),
)

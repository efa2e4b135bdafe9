"""What an assessment document has: this is the one list of its fields.

The model, the form, reading, writing, differences and what publication requires follow from
``IDENTITY_FIELDS`` and ``FIELDS``, which are the dataclasses' own fields. The order is that of
a document.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from roles.documents.layout import Label, Section
from roles.vocabulary import Provenance, RelationKind
from scoring.claims import StatedClaim
from scoring.dimensions import DIMENSION_GROUPS, DimensionGroup, Mode, Range
from scoring.inputs import Inputs, TaskInput, problems
from scoring.method import AIJRI_1_0, CURRENT, METHODS, Method

MAX_TITLE = 200
MAX_SENIORITY = 300
MAX_SECTOR = 100
MAX_COUNTRY = 100
MAX_SYSTEM = 50
MAX_CODE = 20
MAX_YEAR = 50
MAX_PAY = 2_147_483_647
YEARS = Range(2000, 2100)
"""That an outlook can be for."""
MAX_ROWS = 100
"""Of each table of a document, and of each list of other titles or codes."""


class Kind(Enum):
    """What a field holds."""

    LINE = auto()
    """Text on one line."""
    PROSE = auto()
    """Light Markdown, as ``blocks.canonical_prose`` gives it."""
    STEPS = auto()
    """Several lines, one a step."""
    SCORE = auto()
    RESISTANCE = auto()
    POINTS = auto()
    YEAR = auto()
    DATE = auto()
    WORD = auto()
    """One word of a fixed list."""


class Place(Enum):
    """Where in its section a field stands."""

    ROW = auto()
    """A row of the section's table: name and value."""
    LABELLED = auto()
    """A paragraph, or a list, that a label opens."""
    PARAMETER = auto()
    """Inside the label of the field that follows: "The role in 2028"."""
    PROSE = auto()
    """All the text of the section."""
    TABLE = auto()
    """In a table that is read as a whole."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a document: ``name`` is the attribute here and the column of the model."""

    name: str
    section: Section
    label: str
    """As documents, forms and differences call it."""
    kind: Kind
    place: Place
    opened_by: Label | None
    required: bool
    """Whether nothing is imported or published without it."""
    expected: bool
    """Whether the library's own documents have to have it."""
    help: str
    heading: str
    """As a page calls it."""

    def is_empty(self, owner: "AssessmentDocument | Identity") -> bool:
        """Whether a document, or its identity, has nothing in it."""
        value = getattr(owner, self.name)
        return value is None or not str(value).strip() or value == ()


def _row(label: str, kind: Kind = Kind.LINE, **more: Any) -> Any:
    return _field(Section.ROLE, label, kind, Place.ROW, **more)


def _labelled(label: Label, kind: Kind = Kind.LINE, **more: Any) -> Any:
    more.setdefault("name", label.name_in_words)
    return _field(label.section, more.pop("name"), kind, Place.LABELLED, opened_by=label, **more)


def _parameter(label: Label, name: str, kind: Kind, **more: Any) -> Any:
    return _field(label.section, name, kind, Place.PARAMETER, opened_by=label, **more)


def _prose(section: Section, *, required: bool = True, **more: Any) -> Any:
    return _field(section, str(section), Kind.PROSE, Place.PROSE, required=required, **more)


def _in_table(section: Section, label: str, kind: Kind = Kind.LINE, **more: Any) -> Any:
    return _field(section, label, kind, Place.TABLE, **more)


def _field(
    section: Section,
    label: str,
    kind: Kind,
    place: Place,
    *,
    opened_by: Label | None = None,
    required: bool = False,
    expected: bool | None = None,
    help: str = "",
    heading: str = "",
    default: Any = dataclasses.MISSING,
) -> Any:
    return dataclasses.field(
        default=default,
        kw_only=True,
        metadata={
            "field": (
                section,
                label,
                kind,
                place,
                opened_by,
                required,
                required if expected is None else expected,
                help,
                heading or label,
            )
        },
    )


def _fields_of(document: type) -> dict[str, Field]:
    return {
        one.name: Field(one.name, *one.metadata["field"])
        for one in dataclasses.fields(document)
        if "field" in one.metadata
    }


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code in a classification of occupations, such as SOC 2018 29-2072."""

    system: str
    code: str


@dataclass(frozen=True, slots=True)
class Pay:
    """A yearly pay range in whole units of a currency, and the year or scale it is from."""

    currency: str
    low: int
    high: int
    year: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The role that a document is about. None, or empty, is what the document does not say."""

    title: str = _row("Job Title", required=True)
    aliases: tuple[str, ...] = _row("Also Known As", expected=True, default=())
    seniority: str = _row("Seniority Level", required=True, default="")
    sector: str = _row("Sector", expected=True, default="")
    country: str = _row("Country", expected=True, default="")
    codes: tuple[CodeRow, ...] = _row("Occupational Codes", expected=True, default=())
    pay: Pay | None = _row("Pay Range", default=None)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row of the task decomposition; None is what nobody has entered yet."""

    name: str
    time: Decimal | None
    score: int | None
    mode: Mode | None
    rationale: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One row of the evidence, barrier or principle table."""

    dimension: str
    score: int | None
    rationale: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where the evidence of one dimension can be read."""

    dimension: str
    title: str
    publisher: str
    url: str
    seen: str
    """The date or year as the document gives it."""


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A related role named in a table of its own."""

    title: str
    kind: RelationKind
    note: str


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What an assessor corrects of a document outside its arithmetic, and by which source."""

    claim: str
    """What the document says, in its words."""
    correction: str
    source: str
    """Where that can be read: Markdown, with the address as a link."""


@dataclass(frozen=True, slots=True)
class AssessmentDocument:
    """Identity, inputs, prose and claims of one assessment."""

    identity: Identity
    primary_function: str = _row("Primary Function", required=True, heading="What it does")
    not_this_role: str = _row(
        "What This Role Is NOT",
        required=True,
        heading="What this role is not",
        help='"NOT a Title (note -- scored 20.9 Red)." for each role it is distinct from.',
    )
    typical_experience: str = _row(
        "Typical Experience", required=True, heading="Typical experience"
    )
    provenance: Provenance = _row("Provenance", Kind.WORD)
    method_version: str = _row("Method Version", Kind.WORD, default=CURRENT.version)
    assessed_on: date | None = _row("Assessed On", Kind.DATE)
    seniority_note: str = _labelled(
        Label.SENIORITY,
        expected=True,
        help='Bands are read from it: "Trainees score lower Red (~16-18) -- why."',
    )
    principles: tuple[ItemRow, ...] = ()
    growth: int | None = _in_table(Section.PRINCIPLES, "AI Growth Correlation", Kind.SCORE)
    growth_rationale: str = _in_table(
        Section.PRINCIPLES, "AI Growth Correlation: rationale", required=True
    )
    quick_screen: str = _labelled(Label.QUICK_SCREEN)
    tasks: tuple[TaskRow, ...] = ()
    adjusted_task_resistance: Decimal | None = _parameter(
        Label.ADJUSTMENT, "Adjusted task resistance", Kind.RESISTANCE
    )
    adjustment_reason: str = _labelled(Label.ADJUSTMENT, name="Reason of the adjustment")
    reinstatement_check: str = _labelled(Label.REINSTATEMENT, required=True)
    evidence: tuple[ItemRow, ...] = ()
    barrier_question: str = _labelled(Label.QUESTION)
    barriers: tuple[ItemRow, ...] = ()
    growth_check: str = _prose(Section.GROWTH)
    override: Decimal | None = _parameter(Label.OVERRIDE, "Overridden score", Kind.POINTS)
    override_reason: str = _labelled(Label.OVERRIDE, name="Reason of the override")
    sub_label_note: str = _in_table(Section.SUB_LABEL, "Note on the sub-label")
    score_vs_reality: str = _prose(Section.REALITY, heading="Score against reality")
    not_captured: str = _prose(Section.NOT_CAPTURED, heading="What the numbers don’t capture")
    who_should_worry: str = _prose(Section.WORRY)
    outlook_year: int | None = _parameter(
        Label.OUTLOOK, "Year of the outlook", Kind.YEAR, required=True
    )
    outlook: str = _labelled(Label.OUTLOOK, required=True)
    survival_strategy: tuple[str, ...] = _labelled(
        Label.STRATEGY,
        Kind.STEPS,
        required=True,
        help="One step on each line; its first sentence names what to do.",
    )
    timeline: str = _labelled(Label.TIMELINE, required=True)
    sources: tuple[SourceRow, ...] = ()
    related: tuple[RelatedRow, ...] = ()
    corrections: tuple[CorrectionRow, ...] = ()
    further_notes: str = _prose(Section.NOTES, required=False)
    claims: tuple[StatedClaim, ...] = ()
    """The figures stated in tables and formula lines; ``quotes`` finds those in the prose."""

    @property
    def method(self) -> Method:
        """The version of the method that the document was written under."""
        return METHODS[self.method_version]

    def items(self, group: DimensionGroup) -> tuple[ItemRow, ...]:
        """The rows of the dimensions of one kind."""
        rows: tuple[ItemRow, ...] = getattr(self, group.name)
        return rows

    def inputs(self) -> Inputs:
        """What is scored."""
        scores: dict[str, Any] = {
            group.name: {
                group.dimensions(row.dimension): row.score
                for row in self.items(group)
                if row.score is not None
            }
            for group in DIMENSION_GROUPS
        }
        return Inputs(
            tasks=tuple(TaskInput(row.name, row.time, row.score, row.mode) for row in self.tasks),
            growth=self.growth,
            adjusted_task_resistance=self.adjusted_task_resistance,
            adjustment_reason=self.adjustment_reason,
            override=self.override,
            override_reason=self.override_reason,
            **scores,
        )

    def missing(self) -> list[str]:
        """What the role and the assessment lack for publication, in words; empty if nothing."""
        identity = [
            f"{field.label}: is missing"
            for field in IDENTITY_FIELDS.values()
            if field.required and field.is_empty(self.identity)
        ]
        return identity + self.missing_for_publication()

    def missing_for_publication(self) -> list[str]:
        """What the assessment lacks for publication, in words; empty if nothing (section 1)."""
        texts = [
            field.label for field in FIELDS.values() if field.required and field.is_empty(self)
        ]
        return [
            *(str(problem) for problem in problems(self.inputs())),
            *(f"{name}: the rationale is missing" for name in self._without_rationale()),
            *(f"{label}: is missing" for label in texts),
        ]

    def _without_rationale(self) -> Iterator[str]:
        rows: list[tuple[str, str]] = [(task.name, task.rationale) for task in self.tasks]
        for group in DIMENSION_GROUPS:
            rows += [(row.dimension, row.rationale) for row in self.items(group)]
        yield from (name or "a task" for name, rationale in rows if not rationale.strip())


IDENTITY_FIELDS: Mapping[str, Field] = _fields_of(Identity)
FIELDS: Mapping[str, Field] = _fields_of(AssessmentDocument)

_EMPTY: Mapping[Kind, Any] = {
    Kind.LINE: "",
    Kind.PROSE: "",
    Kind.STEPS: (),
    Kind.WORD: "",
}
_EMPTY_FIELDS: dict[str, Any] = {
    **{name: _EMPTY.get(field.kind) for name, field in FIELDS.items()},
    "provenance": Provenance.PUBLISHED,
    "method_version": CURRENT.version,
}
EMPTY = AssessmentDocument(identity=Identity(title=""), **_EMPTY_FIELDS)
"""A document in which nothing is written yet."""
FIRST_METHOD = AIJRI_1_0.version
"""The version under which documents that name none were written."""


def fields_in(section: Section) -> list[Field]:
    """The fields of one section, in their order."""
    return [field for field in FIELDS.values() if field.section is section]

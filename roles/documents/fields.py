"""One assessment document as data: what ``parse`` gives and ``render`` takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from roles.vocabulary import Provenance, RelationKind
from scoring.claims import Claim
from scoring.inputs import Inputs, Task, problems
from scoring.method import Barrier, EvidenceDimension, Mode, Principle

MAX_TITLE = 200
MAX_SENIORITY = 300
MAX_SECTOR = 100
MAX_COUNTRY = 100
MAX_SYSTEM = 50
MAX_CODE = 20
MAX_YEAR = 50
MAX_PAY = 2_147_483_647


@dataclass(frozen=True, slots=True)
class OccupationCode:
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

    title: str
    seniority: str
    aliases: tuple[str, ...] = ()
    sector: str = ""
    country: str = ""
    codes: tuple[OccupationCode, ...] = ()
    pay: Pay | None = None


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
class Source:
    """Where the evidence of one dimension can be read."""

    dimension: str
    title: str
    publisher: str
    url: str
    seen: str
    """The date or year as the document gives it."""


@dataclass(frozen=True, slots=True)
class Related:
    """A related role named in a table of its own."""

    title: str
    kind: RelationKind
    note: str


@dataclass(frozen=True, slots=True)
class AssessmentDocument:
    """Inputs, prose and claims of one assessment.

    Prose fields hold light Markdown as ``blocks.canonical_prose`` gives it; every other
    text is a single line.
    """

    identity: Identity
    provenance: Provenance
    assessed_on: date | None
    primary_function: str
    not_this_role: str
    typical_experience: str
    seniority_note: str
    principles: tuple[ItemRow, ...]
    growth: int | None
    growth_rationale: str
    quick_screen: str
    tasks: tuple[TaskRow, ...]
    adjusted_task_resistance: Decimal | None
    adjustment_reason: str
    reinstatement_check: str
    evidence: tuple[ItemRow, ...]
    barrier_question: str
    barriers: tuple[ItemRow, ...]
    growth_check: str
    override: Decimal | None
    override_reason: str
    sub_label_note: str
    score_vs_reality: str
    not_captured: str
    who_should_worry: str
    outlook_year: int | None
    outlook: str
    survival_strategy: tuple[str, ...]
    timeline: str
    further_notes: str
    sources: tuple[Source, ...] = ()
    related: tuple[Related, ...] = ()
    claims: tuple[Claim, ...] = ()
    """The figures stated in tables and formula lines; ``quotes`` finds those in the prose."""

    def missing_for_publication(self) -> list[str]:
        """What an assessment lacks for publication, in words; empty if nothing (section 1)."""
        rows: list[tuple[str, TaskRow | ItemRow]] = [(task.name, task) for task in self.tasks]
        rows += [(row.dimension, row) for row in self.evidence + self.barriers + self.principles]
        rationales = [(name, row.rationale) for name, row in rows]
        return missing_for_publication(self.inputs(), rationales, self.growth_rationale)

    def inputs(self) -> Inputs:
        """What is scored."""
        return Inputs(
            tasks=tuple(Task(row.name, row.time, row.score, row.mode) for row in self.tasks),
            evidence=_scores(self.evidence, EvidenceDimension),
            barriers=_scores(self.barriers, Barrier),
            principles=_scores(self.principles, Principle),
            growth=self.growth,
            adjusted_task_resistance=self.adjusted_task_resistance,
            adjustment_reason=self.adjustment_reason,
            override=self.override,
            override_reason=self.override_reason,
        )


def missing_for_publication(
    inputs: Inputs, rationales: Iterable[tuple[str, str]], growth_rationale: str
) -> list[str]:
    """What inputs and the rationales of their items, by name, lack for publication (section 1)."""
    rationales = [*rationales, ("AI Growth Correlation", growth_rationale)]
    missing = [f"{name}: the rationale is missing" for name, text in rationales if not text.strip()]
    return [*(str(problem) for problem in problems(inputs)), *missing]


def _scores[Dimension: StrEnum](
    rows: tuple[ItemRow, ...], dimensions: type[Dimension]
) -> dict[Dimension, int]:
    return {dimensions(row.dimension): row.score for row in rows if row.score is not None}

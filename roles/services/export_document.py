"""Turns a stored assessment into the document it is."""

from collections.abc import Iterable
from typing import Any

from roles.documents.blocks import canonical_prose
from roles.documents.fields import (
    AssessmentDocument,
    Identity,
    ItemRow,
    OccupationCode,
    Pay,
    Related,
    Source,
    TaskRow,
)
from roles.documents.text import one_line
from roles.models import Assessment, Role
from roles.vocabulary import Provenance, RelationKind
from scoring.method import Mode

LINE_FIELDS = (
    "primary_function",
    "not_this_role",
    "typical_experience",
    "seniority_note",
    "growth_rationale",
    "quick_screen",
    "adjustment_reason",
    "reinstatement_check",
    "barrier_question",
    "override_reason",
    "sub_label_note",
    "outlook",
    "timeline",
)
PROSE_FIELDS = (
    "growth_check",
    "score_vs_reality",
    "not_captured",
    "who_should_worry",
    "further_notes",
)
VALUE_FIELDS = ("growth", "adjusted_task_resistance", "override", "outlook_year", "assessed_on")
SHARED_FIELDS = LINE_FIELDS + PROSE_FIELDS + VALUE_FIELDS
"""The fields that an assessment and its document have under the same name."""


def document_of(assessment: Assessment) -> AssessmentDocument:
    """The document of a stored assessment, with the claims of its tables and formula lines.

    Texts that were typed with line breaks get the form in which a document can hold them.
    """
    return AssessmentDocument(
        identity=identity_of(assessment.role),
        provenance=Provenance(assessment.provenance),
        tasks=tuple(
            TaskRow(
                task.name,
                task.time,
                task.score,
                Mode(task.mode) if task.mode else None,
                one_line(task.rationale),
            )
            for task in assessment.tasks.all()
        ),
        evidence=_items(assessment.evidence.all()),
        barriers=_items(assessment.barriers.all()),
        principles=_items(assessment.principles.all()),
        survival_strategy=tuple(one_line(step) for step in assessment.survival_strategy),
        sources=tuple(
            Source(source.dimension, source.title, source.publisher, source.url, source.seen)
            for source in assessment.sources.all()
        ),
        related=tuple(
            Related(relation.role.title, RelationKind(relation.kind), relation.note)
            for relation in assessment.relations.select_related("role")
            if relation.kind != RelationKind.DISTINCT_FROM
        ),
        claims=tuple(claim.stated() for claim in assessment.claims.all() if not claim.quoted),
        **_shared_fields(assessment),
    )


def _shared_fields(assessment: Assessment) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(assessment, name) for name in SHARED_FIELDS}
    values.update({name: one_line(values[name]) for name in LINE_FIELDS})
    values.update({name: canonical_prose(values[name]) for name in PROSE_FIELDS})
    return values


def identity_of(role: Role) -> Identity:
    """The stored identity of a role, as a document states it."""
    pay = None
    if role.pay_low is not None and role.pay_high is not None:
        pay = Pay(role.pay_currency, role.pay_low, role.pay_high, role.pay_year)
    return Identity(
        title=role.title,
        seniority=role.seniority,
        aliases=tuple(alias.title for alias in role.aliases.all()),
        sector=role.sector,
        country=role.country,
        codes=tuple(OccupationCode(code.system, code.code) for code in role.codes.all()),
        pay=pay,
    )


def _items(rows: Iterable[Any]) -> tuple[ItemRow, ...]:
    return tuple(ItemRow(row.dimension, row.score, one_line(row.rationale)) for row in rows)

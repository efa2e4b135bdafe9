"""Turns a stored assessment into the document it is."""

from collections.abc import Iterable
from typing import Any

from roles.documents.blocks import canonical_prose
from roles.documents.fields import (
    FIELDS,
    AssessmentDocument,
    CodeRow,
    CorrectionRow,
    Field,
    Identity,
    ItemRow,
    Kind,
    Pay,
    RelatedRow,
    SourceRow,
    TaskRow,
)
from roles.documents.markup import canonical_line
from roles.models import Assessment, Role
from roles.vocabulary import Provenance, RelationKind
from scoring.dimensions import DIMENSION_GROUPS, Mode


def document_of(assessment: Assessment) -> AssessmentDocument:
    """The document of a stored assessment, with the claims of its tables and formula lines.

    Texts that were typed with line breaks get the form in which a document can hold them.
    """
    rows: dict[str, Any] = {
        group.name: _items(assessment.items(group)) for group in DIMENSION_GROUPS
    }
    return AssessmentDocument(
        identity=identity_of(assessment.role),
        tasks=tuple(
            TaskRow(
                task.name,
                task.time,
                task.score,
                Mode(task.mode) if task.mode else None,
                canonical_line(task.rationale),
            )
            for task in assessment.tasks.all()
        ),
        sources=tuple(
            SourceRow(
                source.dimension,
                canonical_line(source.title),
                canonical_line(source.publisher),
                source.url,
                canonical_line(source.seen),
            )
            for source in assessment.sources.all()
        ),
        related=tuple(
            RelatedRow(
                relation.role.title, RelationKind(relation.kind), canonical_line(relation.note)
            )
            for relation in assessment.relations.all()
            if relation.kind != RelationKind.DISTINCT_FROM
        ),
        corrections=tuple(
            CorrectionRow(*map(canonical_line, (one.claim, one.correction, one.source)))
            for one in assessment.corrections.all()
        ),
        claims=tuple(claim.stated() for claim in assessment.claims.all() if not claim.quoted),
        **rows,
        **{name: _value(field, getattr(assessment, name)) for name, field in FIELDS.items()},
    )


def _value(field: Field, stored: Any) -> Any:
    """The value of a column as a document holds it."""
    if field.kind is Kind.LINE:
        return canonical_line(stored)
    if field.kind is Kind.PROSE:
        return canonical_prose(stored)
    if field.kind is Kind.STEPS:
        return tuple(canonical_line(step) for step in stored)
    return Provenance(stored) if field.name == "provenance" else stored


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
        codes=tuple(CodeRow(code.system, code.code) for code in role.codes.all()),
        pay=pay,
    )


def _items(rows: Iterable[Any]) -> tuple[ItemRow, ...]:
    return tuple(ItemRow(row.dimension, row.score, canonical_line(row.rationale)) for row in rows)

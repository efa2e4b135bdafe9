"""Keeps what an assessment's prose quotes as rows: neighbours, seniority bands and claims."""

from roles.documents import quotes
from roles.documents.fields import AssessmentDocument
from roles.models import Assessment, Role, RoleRelation, SeniorityVariant, recalculated_once
from roles.services.addresses import role_at, slug_of
from roles.services.export_document import document_of
from roles.services.stored_rows import store_claims, store_rows
from roles.vocabulary import RelationKind


def store_quotes(assessment: Assessment) -> None:
    """Read the prose of an open assessment again and replace what was read before."""
    document = document_of(assessment)
    with recalculated_once():
        assessment.relations.filter(kind=RelationKind.DISTINCT_FROM).delete()
        assessment.seniority.all().delete()
        assessment.claims.filter(quoted=True).delete()
        _store_neighbours(assessment, document)
        bands = quotes.seniority_bands(document.seniority_note)
        store_rows(SeniorityVariant, assessment, bands)
        store_claims(assessment, quotes.quoted_claims(document), quoted=True)


def role_named(title: str) -> Role:
    """The role of that title, or also known by it; made, as a name only, if there is none."""
    slug = slug_of(title)
    role = role_at(slug)
    role = role or Role.objects.filter(aliases__title__iexact=title).order_by("pk").first()
    return role or Role.objects.get_or_create(slug=slug, defaults={"title": title})[0]


def roles_named(document: AssessmentDocument) -> list[Role]:
    """Every role that a document names; those that are new are made in one order for all."""
    titles = [row.title for row in document.related]
    titles += [row.title for row in quotes.neighbours(document)]
    return [role_named(title) for title in sorted(filter(slug_of, titles), key=slug_of)]


def _store_neighbours(assessment: Assessment, document: AssessmentDocument) -> None:
    relations: dict[int, RoleRelation] = {}
    for neighbour in quotes.neighbours(document):
        if not slug_of(neighbour.title):
            continue
        role = role_named(neighbour.title)
        if role.pk == assessment.role_id or role.pk in relations:
            continue
        relations[role.pk] = RoleRelation(
            assessment=assessment,
            role=role,
            kind=RelationKind.DISTINCT_FROM,
            note=neighbour.note,
            cited_score=neighbour.score,
            cited_zone=neighbour.zone or "",
            cited_sub_label=neighbour.sub_label or "",
            position=len(relations),
        )
    RoleRelation.objects.bulk_create(relations.values())

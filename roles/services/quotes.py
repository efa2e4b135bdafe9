"""Keeps what an assessment's prose quotes as rows: neighbours, seniority bands and claims."""

from collections.abc import Iterable, Mapping

from django.db.models.functions import Lower

from roles.documents import quotes
from roles.documents.fields import AssessmentDocument
from roles.models import (
    AlsoKnownAs,
    Assessment,
    OldAddress,
    Role,
    RoleRelation,
    SeniorityVariant,
    recalculated_once,
)
from roles.services.addresses import slug_of
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
        store_quoted(assessment, document, roles_named(document))


def store_quoted(
    assessment: Assessment, document: AssessmentDocument, named: Mapping[str, Role]
) -> None:
    """Store what the prose of a document quotes; ``named`` has the roles that it names."""
    _store_neighbours(assessment, document, named)
    bands = quotes.seniority_bands(document.seniority_note)
    store_rows(SeniorityVariant, assessment, bands)
    store_claims(assessment, quotes.quoted_claims(document), quoted=True)


def roles_of(titles: Iterable[str]) -> dict[str, Role]:
    """The role of each title that makes an address; those that are new are made as names only.

    A role is found by its slug, then by one that it had, then by what it is also known as. All
    make new ones in one order, so that none waits for another.
    """
    slugs = {title: slug for title in titles if (slug := slug_of(title))}
    found = {role.slug: role for role in Role.objects.filter(slug__in=slugs.values())}
    if missing := set(slugs.values()) - found.keys():
        old = OldAddress.objects.filter(slug__in=missing).select_related("role")
        found |= {one.slug: one.role for one in old}
    if unknown := [title for title, slug in slugs.items() if slug not in found]:
        aliases = AlsoKnownAs.objects.annotate(lower=Lower("title")).select_related("role")
        known = aliases.filter(lower__in=[title.lower() for title in unknown])
        by_alias = {one.lower: one.role for one in known.order_by("-role_id")}
        found |= {slugs[title]: role for title in unknown if (role := by_alias.get(title.lower()))}
        # Of two spellings that make one address, the first.
        new = {slugs[title]: title for title in reversed(unknown) if slugs[title] not in found}
        names = [Role(slug=slug, title=title) for slug, title in sorted(new.items())]
        # Another transaction may make the same.
        Role.objects.bulk_create(names, ignore_conflicts=True)
        found |= {role.slug: role for role in Role.objects.filter(slug__in=new)}
    return {title: found[slug] for title, slug in slugs.items()}


def roles_named(document: AssessmentDocument) -> dict[str, Role]:
    """Every role that a document names, by the title that it has there."""
    titles = [row.title for row in document.related]
    return roles_of([*titles, *(row.title for row in quotes.neighbours(document))])


def _store_neighbours(
    assessment: Assessment, document: AssessmentDocument, named: Mapping[str, Role]
) -> None:
    relations: dict[int, RoleRelation] = {}
    for neighbour in quotes.neighbours(document):
        role = named.get(neighbour.title)
        if role is None or role.pk == assessment.role_id or role.pk in relations:
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

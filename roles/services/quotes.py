"""Keeps what an assessment's prose quotes as rows: neighbours, seniority bands and claims."""

from collections.abc import Iterable, Mapping

from django.db.models.functions import Lower
from django.utils.text import slugify

from roles.documents import quotes
from roles.documents.fields import AssessmentDocument
from roles.models import (
    AlsoKnownAs,
    Assessment,
    Role,
    RoleRelation,
    SeniorityVariant,
    recalculated_once,
)
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


def roles_named(document: AssessmentDocument) -> dict[str, Role]:
    """By title, every role that a document names."""
    titles = [row.title for row in document.related]
    titles += [row.title for row in quotes.neighbours(document)]
    return roles_titled(titles)


def roles_titled(titles: Iterable[str]) -> dict[str, Role]:
    """By title, the role of that title, or also known by it; where there is none, one is made.

    What is new is a name only, and is made in one order for all. A title without a letter names
    no role.
    """
    slugs = {title: slug for title in titles if (slug := slugify(title))}
    by_slug = {role.slug: role for role in Role.objects.filter(slug__in=slugs.values())}
    others = {title.lower() for title, slug in slugs.items() if slug not in by_slug}
    aliases = AlsoKnownAs.objects.alias(lower=Lower("title")).filter(lower__in=others)
    by_alias: dict[str, Role] = {}
    for alias in aliases.select_related("role").order_by("role") if others else ():
        by_alias.setdefault(alias.title.lower(), alias.role)
    found: dict[str, Role] = {}
    for title in sorted(slugs, key=slugs.__getitem__):
        slug = slugs[title]
        role = by_slug.get(slug) or by_alias.get(title.lower())
        if role is None:
            role, _ = Role.objects.get_or_create(slug=slug, defaults={"title": title})
        found[title] = by_slug[slug] = role
    return found


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

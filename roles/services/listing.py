"""Keeps what lists and search show of a role in step with what is published about it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction

from roles.documents.fields import FIELDS, AssessmentDocument
from roles.documents.layout import Section
from roles.documents.parts import parts
from roles.models import Assessment, Role, RoleRelation, RoleText
from roles.services.export_document import document_of
from roles.vocabulary import Standing
from scoring.explain import margin

NOT_LISTED: Mapping[str, Any] = {
    "standing": "",
    "score": None,
    "range_low": None,
    "range_high": None,
    "zone": "",
    "sub_label": "",
    "share_3_plus": None,
    "method_version": "",
    "boundary_distance": None,
    "last_assessed": None,
    "summary": "",
}
"""The columns of a role that follow from what is published, as they are without any of it."""
NOT_SEARCHED = (Section.SOURCES, Section.RELATED, Section.NOTES)


@transaction.atomic
def refresh_listing(role_ids: Iterable[int]) -> None:
    """Write what these roles stand at, and the words by which they are found.

    Touches only those for which something has changed, in the order of their keys.
    """
    roles = Role.objects.filter(pk__in=set(role_ids)).order_by("pk").select_for_update(no_key=True)
    texts = dict(RoleText.objects.filter(role__in=roles).values_list("role", "text"))
    changed, written = [], []
    for role, listing, text in expected_listings(roles):
        if any(getattr(role, name) != value for name, value in listing.items()):
            for name, value in listing.items():
                setattr(role, name, value)
            changed.append(role)
        if text and texts.get(role.pk) != text:
            written.append(RoleText(role=role, text=text))
        elif not text and role.pk in texts:
            RoleText.objects.filter(role=role).delete()
    Role.objects.bulk_update(changed, list(NOT_LISTED))
    RoleText.objects.bulk_create(
        written, update_conflicts=True, unique_fields=["role"], update_fields=["text"]
    )


def expected_listings(roles: Any) -> Iterator[tuple[Role, dict[str, Any], str]]:
    """Each role of a queryset, the columns that its lists show, and the text it is found by."""
    published = {
        assessment.role_id: assessment
        for assessment in Assessment.objects.published().filter(role__in=roles).with_document()
    }
    cited: dict[int, RoleRelation] = {}
    citing = RoleRelation.objects.citing().filter(role__in=roles).select_related("assessment")
    for relation in citing:
        cited.setdefault(relation.role_id, relation)
    for role in roles:
        assessment, text = published.get(role.pk), ""
        if assessment:
            document = document_of(assessment)
            listing, text = _of_published(assessment), _search_text(document)
        elif role.pk in cited:
            listing = _of_cited(cited[role.pk])
        else:
            listing = dict(NOT_LISTED)
        yield role, listing, text


def roles_around(role: Role) -> set[int]:
    """The role and those for which one of its versions ever cited a score."""
    named = RoleRelation.objects.filter(assessment__role=role, cited_score__isnull=False)
    return {role.pk, *named.values_list("role_id", flat=True)}


def _of_published(assessment: Assessment) -> dict[str, Any]:
    return {
        "standing": assessment.provenance,
        "score": assessment.published_score,
        "range_low": assessment.range_low,
        "range_high": assessment.range_high,
        "zone": assessment.zone,
        "sub_label": assessment.sub_label,
        "share_3_plus": assessment.share_3_plus,
        "method_version": assessment.method_version,
        "boundary_distance": abs(margin(assessment.published_score, assessment.method).points),
        "last_assessed": assessment.published_at,
        "summary": _first_sentence(assessment.primary_function),
    }


def _of_cited(relation: RoleRelation) -> dict[str, Any]:
    assert relation.cited_score is not None
    return {
        "standing": str(Standing.CITED),
        "score": relation.cited_score,
        "range_low": None,
        "range_high": None,
        "zone": relation.cited_zone,
        "sub_label": relation.cited_sub_label,
        "share_3_plus": None,
        "method_version": relation.assessment.method_version,
        "boundary_distance": abs(margin(relation.cited_score, relation.assessment.method).points),
        "last_assessed": relation.assessment.published_at,
        "summary": relation.note,
    }


def _first_sentence(text: str) -> str:
    match = re.match(r".*?[.!?](?=\s|$)", text, re.S)
    return match[0] if match else text


def _search_text(document: AssessmentDocument) -> str:
    """The words about the role itself: not those of sources, nor of roles it is distinct from."""
    elsewhere = FIELDS["not_this_role"].label
    return "\n".join(
        f"{part.label}. {part.text}" if part.section is Section.TASKS else part.text
        for part in parts(document)
        if part.text and part.section not in NOT_SEARCHED and part.label != elsewhere
    )

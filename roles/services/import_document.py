"""Stores an assessment document as a version of its role's assessment."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User

from roles.documents.digest import digest
from roles.documents.fields import FIELDS, AssessmentDocument, Identity
from roles.documents.statements import as_stated
from roles.models import (
    ITEM_MODELS,
    AlsoKnownAs,
    Assessment,
    Correction,
    OccupationCode,
    Role,
    RoleRelation,
    Source,
    Task,
    recalculated_once,
)
from roles.services.addresses import is_same_title, role_at, slug_of
from roles.services.export_document import document_of, identity_of
from roles.services.listing import refresh_listing, roles_around
from roles.services.publish import publish
from roles.services.quotes import roles_named, store_quoted
from roles.services.stored_rows import store_claims, store_rows
from roles.services.transactions import lock_roles, retried
from roles.vocabulary import Status
from scoring.dimensions import DIMENSION_GROUPS


class Outcome(StrEnum):
    """What an import did to the assessment."""

    UNCHANGED = "unchanged"
    NEW_DRAFT = "new draft"
    DRAFT_REPLACED = "draft replaced"


class State(StrEnum):
    """What an import of a document would be."""

    NEW = "new"
    NEW_VERSION = "new version"
    UNCHANGED = "unchanged"
    IN_THE_WAY = "in the way"
    BLOCKED = "blocked"


class DraftInTheWay(Exception):
    """The role has an open draft that somebody has worked on since it was imported."""


class AnotherTitle(Exception):
    """The role at the address of a document's title has another title."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    assessment: Assessment
    outcome: Outcome
    role_created: bool
    role_updated: bool
    published: bool


@retried
def import_document(
    document: AssessmentDocument,
    *,
    publishing: bool = False,
    replace_draft: bool = False,
    author: User | None = None,
    update_role: bool = True,
    rename: bool = False,
) -> Imported:
    """Store a document: a new draft if it differs from what is stored, else nothing.

    The draft of an earlier import is replaced; one that was edited since only where
    ``replace_draft`` says so. A role that is known takes over what the document states of it,
    such as its sector, unless ``update_role`` is false, and a title of its own only where
    ``rename`` says so. Raises DraftInTheWay, AnotherTitle, or NotPublishable where ``publishing``
    is asked for and something is missing; then nothing is stored.
    """
    with recalculated_once():
        role, created = _role_of(document.identity.title, rename)
        # First everything that this or its publication changes or cites, in one order.
        named = {one.pk for one in roles_named(document).values()}
        lock_roles({*named, *roles_around(role)})
        changed = (created or update_role) and _update_identity(role, document.identity, created)
        updated = changed and not created
        assessment = None if created else stored_version(role, document)
        outcome = Outcome.UNCHANGED
        if assessment is None:
            assessment, outcome = _store_draft(role, document, replace_draft, author)
    published = publishing and assessment.is_open
    if published:
        assessment = publish(assessment)
    else:
        assessment.refresh_from_db()
        if updated:
            refresh_listing([role.pk])
    return Imported(assessment, outcome, created, updated, published)


def _role_of(title: str, rename: bool) -> tuple[Role, bool]:
    """The role that a document of a title is about, and whether it is new."""
    role = role_at(slug_of(title))
    if role is None:
        return Role.objects.get_or_create(slug=slug_of(title), defaults={"title": title})
    if (question := _question(role, title)) and not rename:
        raise AnotherTitle(question)
    return role, False


def title_in_question(title: str) -> str:
    """What is to be asked where a document would go onto a role of another title; else nothing."""
    role = role_at(slug_of(title))
    return _question(role, title) if role else ""


def _question(role: Role, title: str) -> str:
    if is_same_title(role.title, title):
        return ""
    return (
        f"the role at /roles/{role.slug}/ is called “{role.title}”, the document “{title}”; if "
        "they are one job, rename the role, else give the document a title of its own"
    )


def state_of(document: AssessmentDocument, author: User | None = None) -> State:
    """What an import of a document would be, as things stand."""
    role = role_at(slug_of(document.identity.title))
    if role is None:
        return State.NEW
    if title_in_question(document.identity.title):
        return State.BLOCKED
    if stored_version(role, document):
        return State.UNCHANGED
    draft = Assessment.objects.filter(role=role).open().first()
    if draft:
        return State.NEW_VERSION if _is_untouched(draft, author) else State.IN_THE_WAY
    return State.NEW_VERSION if role.assessments.exists() else State.NEW


def surprises(stated: Identity) -> list[str]:
    """What importing a document would do to roles and an editor may not expect."""
    role = role_at(slug_of(stated.title))
    if role is None:
        known = Role.objects.filter(aliases__title__iexact=stated.title).first()
        if known:
            return [f"“{stated.title}” is another title of “{known}”; a new role will be made."]
    return []


def _update_identity(role: Role, stated: Identity, is_new: bool) -> bool:
    """Whether the document changes the role; what it does not state is left as it is."""
    if not is_new:
        role.refresh_from_db()
    stored = Identity(title=role.title) if is_new else identity_of(role)
    changes = {
        field.name: getattr(stated, field.name)
        for field in fields(Identity)
        if getattr(stated, field.name)
        and getattr(stated, field.name) != getattr(stored, field.name)
    }
    if changes:
        _update_role(role, changes)
    return bool(changes)


def _update_role(role: Role, changes: dict[str, Any]) -> None:
    for name in changes.keys() & {"title", "seniority", "sector", "country"}:
        setattr(role, name, changes[name])
    if pay := changes.get("pay"):
        role.pay_currency, role.pay_low, role.pay_high = pay.currency, pay.low, pay.high
        role.pay_year = pay.year
    role.save()
    if aliases := changes.get("aliases"):
        role.aliases.all().delete()
        AlsoKnownAs.objects.bulk_create(AlsoKnownAs(role=role, title=title) for title in aliases)
    if codes := changes.get("codes"):
        role.codes.all().delete()
        OccupationCode.objects.bulk_create(
            OccupationCode(role=role, system=code.system, code=code.code) for code in codes
        )


def stored_version(role: Role, document: AssessmentDocument) -> Assessment | None:
    """The version that this document is, or was before somebody edited it."""
    wanted = stated_digest(document)
    kept = Assessment.objects.exclude(status=Status.DELETED)
    versions = kept.filter(role=role).order_by("-version")
    stored: list[Assessment | None] = [versions.open().first(), versions.published().first()]
    for current in stored:
        if current and stated_digest(document_of(current)) == wanted:
            return current
    last_import: Assessment | None = versions.exclude(imported_digest="").first()
    return last_import if last_import and last_import.imported_digest == wanted else None


def _store_draft(
    role: Role, document: AssessmentDocument, replace_draft: bool, author: User | None
) -> tuple[Assessment, Outcome]:
    draft = Assessment.objects.filter(role=role).open().first()
    outcome = Outcome.DRAFT_REPLACED if draft else Outcome.NEW_DRAFT
    if draft:
        if not (replace_draft or _is_untouched(draft, author)):
            raise DraftInTheWay(
                f"version {draft.version} is an open draft that somebody has worked on; "
                "publish or delete it, or import with --replace-draft"
            )
        version = draft.version
        draft.delete()
    else:
        version = role.next_version()
    assessment = store_version(
        role, document, version=version, author=author, digest=stated_digest(document)
    )
    return assessment, outcome


def _is_untouched(draft: Assessment, author: User | None) -> bool:
    """Whether a draft is what its author imported, so that a newer import may replace it."""
    own = draft.status == Status.DRAFT and draft.author == author
    return own and draft.imported_digest == stated_digest(document_of(draft))


def stated_digest(document: AssessmentDocument) -> str:
    """The fingerprint by which imports are told apart.

    A document that leaves a figure out is the same as one that states it as computed, since
    that is how it is exported.
    """
    return digest(as_stated(document))


def store_version(
    role: Role,
    document: AssessmentDocument,
    *,
    version: int,
    author: User | None = None,
    digest: str = "",
) -> Assessment:
    """Store a document as a draft of its own; ``digest`` if it comes from outside."""
    assessment = Assessment.objects.create(
        role=role,
        version=version,
        author=author,
        edited_by=author,
        imported_digest=digest,
        **{name: _column(getattr(document, name)) for name in FIELDS},
    )
    if author:
        assessment.contributors.add(author)
    named = roles_named(document)
    _store_rows(assessment, document, named)
    store_quoted(assessment, document, named)
    return assessment


def _column(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _store_rows(
    assessment: Assessment, document: AssessmentDocument, named: Mapping[str, Role]
) -> None:
    store_rows(Task, assessment, document.tasks)
    for group in DIMENSION_GROUPS:
        store_rows(ITEM_MODELS[group.name], assessment, document.items(group))
    store_rows(Source, assessment, document.sources)
    store_rows(Correction, assessment, document.corrections)
    store_claims(assessment, document.claims)
    RoleRelation.objects.bulk_create(
        RoleRelation(
            assessment=assessment,
            role=named[related.title],
            kind=related.kind,
            note=related.note,
            position=position,
        )
        for position, related in enumerate(document.related)
    )

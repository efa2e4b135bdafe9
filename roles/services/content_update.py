"""What newer documents of the content would change in a database that belongs to its editors."""

from dataclasses import dataclass, fields
from enum import StrEnum

from roles.documents.diff import diff
from roles.documents.fields import AssessmentDocument, Identity
from roles.models import Assessment
from roles.services.addresses import role_at, slug_of
from roles.services.export_document import document_of, identity_of
from roles.services.import_document import stored_version
from roles.vocabulary import Status


class State(StrEnum):
    """How a document stands to what is stored of its role."""

    SAME = "nothing new"
    NEW = "not here yet"
    DELETED = "was deleted here"
    CHANGED = "differs"


@dataclass(frozen=True, slots=True)
class Update:
    """What bringing one document in would change."""

    slug: str
    document: AssessmentDocument
    state: State
    changes: list[str]
    """In words, one each: figures before and after, what else differs, what is in the way."""


def update_of(document: AssessmentDocument) -> Update:
    """Hold a document against the published version of its role, or the draft if there is none."""
    slug = slug_of(document.identity.title)
    role = role_at(slug)
    versions = Assessment.objects.filter(role=role) if role else Assessment.objects.none()
    current = versions.published().first() or versions.open().first()
    if role is None or current is None:
        deleted = versions.filter(status=Status.DELETED).exists()
        return Update(slug, document, State.DELETED if deleted else State.NEW, [])
    changes = [] if stored_version(role, document) else _changes(current, document)
    identity = _identity_changes(identity_of(role), document.identity)
    changes += [f"{name}, which drafts leave as it is" for name in identity]
    return Update(slug, document, State.CHANGED if changes else State.SAME, changes)


def _changes(current: Assessment, document: AssessmentDocument) -> list[str]:
    found = diff(document_of(current), document)
    changes = [f"{one.figure.label}: {one.before} -> {one.after}" for one in found.figures]
    changes += [f"{one.section}: {one.name}" for one in found.differences]
    if not current.imported_digest:
        changes.append(f"version {current.version}, which is read now, was written here")
    return changes or ["tables or sources"]


def _identity_changes(stored: Identity, stated: Identity) -> list[str]:
    return [
        f"the role's {field.name}"
        for field in fields(Identity)
        if getattr(stated, field.name) not in (None, "", (), getattr(stored, field.name))
    ]

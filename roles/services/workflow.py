"""The way of an assessment from draft to reader and back, and who may take which step.

Publishing itself is in ``services.publish``.
"""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from roles.documents.publication import lacking
from roles.models import Assessment, recalculated_once
from roles.services.export_document import document_of
from roles.services.import_document import store_version
from roles.services.listing import refresh_listing, roles_around
from roles.services.permissions import may_publish
from roles.services.publish import NotAllowed, locked, publish
from roles.services.transactions import lock_roles, retried
from roles.vocabulary import Status


@retried
def submit(assessment: Assessment) -> None:
    """Ask for a review of a draft."""
    _move(assessment, Status.DRAFT, Status.IN_REVIEW)


@retried
def send_back(assessment: Assessment) -> None:
    """Give an assessment in review back to its author; a planned publication is off."""
    _move(assessment, Status.IN_REVIEW, Status.DRAFT, publish_at=None)


@retried
def choose_reviewer(assessment: Assessment, reviewer: User | None) -> None:
    """Name who is to review an open assessment; None is anybody who may.

    Raises NotAllowed where it is not open, or that person may not review.
    """
    assessment = locked(assessment)
    if not assessment.is_open:
        raise NotAllowed(f"{assessment} is not open.")
    if reviewer and not reviewer.has_perm("roles.review_assessment"):
        raise NotAllowed(f"{reviewer} may not review.")
    _set(assessment, reviewer=reviewer)


def publishable(
    assessment: Assessment, person: User, *, knowing_remarks: bool = False
) -> list[str]:
    """What keeps this person from publishing this version, in sentences; empty if nothing does.

    The same for publishing at once, planning it, and rolling back to what was published before.
    ``knowing_remarks`` says that the person knows of remarks that nobody has settled.
    """
    reasons = []
    if not assessment.is_open and assessment.status != Status.SUPERSEDED:
        reasons.append(f"It is {Status(assessment.status).label.lower()}.")
    if not person.has_perm("roles.publish_assessment"):
        reasons.append("You may not publish; an editor may.")
    elif not may_publish(person, assessment):
        reasons.append("You worked on it; somebody else has to publish it.")
    if missing := lacking(document_of(assessment)):
        reasons.append(f"It lacks: {'; '.join(missing)}.")
    unsettled = 0 if knowing_remarks else assessment.comments.unsettled().count()
    if unsettled:
        remarks = "1 remark is" if unsettled == 1 else f"{unsettled} remarks are"
        reasons.append(f"{remarks} not settled.")
    return reasons


def _allow(assessment: Assessment, person: User | None, knowing_remarks: bool) -> None:
    """Raise NotAllowed with all that keeps a person from it; nobody is a command."""
    if person and (reasons := publishable(assessment, person, knowing_remarks=knowing_remarks)):
        raise NotAllowed(f"Not published. {' '.join(reasons)}")


@retried
def publish_by(
    person: User, assessment: Assessment, *, knowing_remarks: bool = False
) -> Assessment:
    """Publish as this person; raises NotAllowed with all that keeps them from it."""
    _allow(assessment, person, knowing_remarks)
    return publish(assessment)


@retried
def schedule(
    assessment: Assessment,
    at: datetime,
    person: User | None = None,
    *,
    knowing_remarks: bool = False,
) -> None:
    """Have an assessment in review published at a time to come.

    Raises NotAllowed where the time is past, or where the person could not publish it now.
    """
    if at <= timezone.now():
        raise NotAllowed("The time has passed already; expected one to come.")
    _allow(assessment, person, knowing_remarks)
    _move(assessment, Status.IN_REVIEW, Status.IN_REVIEW, publish_at=at)


@retried
def cancel_schedule(assessment: Assessment) -> None:
    """Leave an assessment in review, to be published by nobody but a person."""
    _move(assessment, Status.IN_REVIEW, Status.IN_REVIEW, publish_at=None)


@retried
def publish_due(assessment: Assessment) -> Assessment:
    """Publish what was planned, as its time has come; raises NotAllowed if it was called off."""
    planned = locked(assessment).publish_at
    if planned is None or planned > timezone.now():
        raise NotAllowed(f"{assessment} is not due.")
    return publish(assessment)


@retried
def roll_back(
    older: Assessment, person: User | None = None, *, knowing_remarks: bool = False
) -> Assessment:
    """Publish an older version again, as a new version with the same content.

    Those who contributed to the older version contributed to the new one. Raises NotAllowed if
    the person could not publish the older one, or the role has an open draft, which would be lost.
    """
    if older.status != Status.SUPERSEDED:
        raise NotAllowed(f"{older} was not published before, or is published now.")
    _allow(older, person, knowing_remarks)
    draft = new_draft(older, person)
    draft.contributors.add(*older.contributors.all())
    return publish(draft)


@retried
def new_draft(
    source: Assessment, person: User | None = None, method_version: str = ""
) -> Assessment:
    """An open draft with the content of a version, scored by its method or by another.

    Raises NotAllowed if the role has an open draft already.
    """
    role = source.role
    lock_roles(roles_around(role))
    if draft := role.assessments.open().first():
        raise NotAllowed(f"{role} has an open draft already: version {draft.version}.")
    document = document_of(source)
    if method_version:
        # What the source states are figures of its own version.
        document = replace(document, method_version=method_version, claims=())
    with recalculated_once():
        draft = store_version(role, document, version=role.next_version(), author=person)
    draft.refresh_from_db()
    return draft


@retried
def delete(assessment: Assessment) -> None:
    """Take an assessment out of sight; it can be restored."""
    assessment = locked(assessment)
    if assessment.status == Status.DELETED:
        raise NotAllowed(f"{assessment} is deleted already.")
    _set(assessment, status=Status.DELETED, deleted_at=timezone.now(), publish_at=None)
    refresh_listing(roles_around(assessment.role))


@retried
def restore(assessment: Assessment) -> Assessment:
    """Bring a deleted assessment back as what it was.

    Raises NotAllowed if another draft or published version has taken its place.
    """
    assessment = locked(assessment)
    if assessment.status != Status.DELETED:
        raise NotAllowed(f"{assessment} is not deleted.")
    others = Assessment.objects.filter(role=assessment.role_id)
    if assessment.published_at is None:
        status, taken = Status.DRAFT, others.open().exists()
    elif assessment.superseded_at is not None:
        status, taken = Status.SUPERSEDED, False
    else:
        status, taken = Status.PUBLISHED, others.published().exists()
    if taken:
        raise NotAllowed(f"Another version of {assessment.role} has taken its place.")
    _set(assessment, status=status, deleted_at=None)
    refresh_listing(roles_around(assessment.role))
    assessment.refresh_from_db()
    return assessment


def _move(assessment: Assessment, start: Status, end: Status, **more: object) -> None:
    assessment = locked(assessment)
    if assessment.status != start:
        raise NotAllowed(f"{assessment} is not {start.label.lower()}.")
    _set(assessment, status=end, **more)


def _set(assessment: Assessment, **values: object) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(**values)

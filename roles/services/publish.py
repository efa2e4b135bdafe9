"""Publishes an assessment in the place of the one before."""

from django.utils import timezone

from roles.documents.digest import digest
from roles.documents.publication import lacking
from roles.models import Assessment
from roles.services.export_document import document_of
from roles.services.listing import refresh_listing, roles_around
from roles.services.transactions import lock_roles, retried
from roles.vocabulary import Status


class NotAllowed(ValueError):
    """The assessment is not in a state in which this step makes sense, or the person may not."""


class NotPublishable(Exception):
    """An assessment is not complete enough to be published; ``missing`` says what it lacks."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__("; ".join(missing))


def locked(assessment: Assessment) -> Assessment:
    """The assessment as it is stored now, locked until the transaction ends.

    The roles whose listing it can change are locked before it, in the order of their keys.
    Raises NotAllowed where it has gone meanwhile.
    """
    lock_roles(roles_around(assessment.role))
    stored: Assessment | None = (
        Assessment.objects.filter(pk=assessment.pk).select_for_update().first()
    )
    if stored is None:
        raise NotAllowed(f"{assessment} was replaced by another draft meanwhile.")
    return stored


@retried
def publish(assessment: Assessment) -> Assessment:
    """Publish an open assessment and supersede the published one of its role, if any.

    Raises NotPublishable, naming everything that is missing, or NotAllowed if the
    assessment is not open.
    """
    assessment = locked(assessment)
    if not assessment.is_open:
        raise NotAllowed(f"{assessment} is not open.")
    document = document_of(Assessment.objects.with_document().get(pk=assessment.pk))
    if missing := lacking(document):
        raise NotPublishable(missing)
    now = timezone.now()
    # The base manager's update is the plain one: no input changes.
    versions = Assessment._base_manager.filter(role=assessment.role_id)
    versions.filter(status=Status.PUBLISHED).update(status=Status.SUPERSEDED, superseded_at=now)
    versions.filter(pk=assessment.pk).update(
        status=Status.PUBLISHED,
        published_at=now,
        publish_at=None,
        content_digest=digest(document),
    )
    assessment.refresh_from_db()
    refresh_listing(roles_around(assessment.role))
    return assessment

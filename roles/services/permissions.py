"""Who may change, publish and restore an assessment."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet

from roles.models import Assessment

BACKEND = "django.contrib.auth.backends.ModelBackend"


def reviewers() -> QuerySet[User]:
    """Those who may review, by name."""
    return User.objects.with_perm("roles.review_assessment", backend=BACKEND).order_by("username")


def may_change(person: User, assessment: Assessment | None) -> bool:
    """Whether an assessment is open, and the person's own or one that they review."""
    if assessment is None:
        return True
    own = assessment.author_id == person.pk
    return assessment.is_open and (own or person.has_perm("roles.review_assessment"))


def may_publish(person: User, assessment: Assessment) -> bool:
    """Whether this person may publish this assessment, at once or at a time to come.

    Whoever wrote or changed something in it leaves that to somebody who did not. Where everyone
    who can publish has contributed, it takes two of them: the last to save is not the one who
    publishes. Who alone can publish may. ``SECOND_PERSON_PUBLISHES=0`` switches all this off.
    """
    if not person.has_perm("roles.publish_assessment"):
        return False
    contributors = {assessment.author_id, *assessment.contributors.values_list("pk", flat=True)}
    if not settings.SECOND_PERSON_PUBLISHES or person.pk not in contributors:
        return True
    able = User.objects.with_perm("roles.publish_assessment", backend=BACKEND)
    others = set(able.exclude(pk=person.pk).values_list("pk", flat=True))
    if others - contributors:
        return False
    return not others or assessment.edited_by_id != person.pk


def may_restore(person: User, assessment: Assessment) -> bool:
    """Whether this person may bring a deleted assessment back.

    What was published comes back to readers, so it is for those who may publish it.
    """
    if assessment.published_at is not None:
        return may_publish(person, assessment)
    publishes = person.has_perm("roles.publish_assessment")
    return publishes or assessment.author_id == person.pk

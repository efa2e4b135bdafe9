"""Remarks of reviewers: made, answered, settled and opened again."""

from django.contrib.auth.models import User
from django.utils import timezone

from roles.models import Assessment, ReviewComment
from roles.services.publish import NotAllowed
from roles.services.transactions import retried


@retried
def remark(assessment: Assessment, author: User, section: str, text: str) -> ReviewComment:
    """Say something of a section; a planned publication is off until somebody plans it again."""
    made = ReviewComment.objects.create(
        assessment=assessment, author=author, section=section, text=text
    )
    _call_off(assessment)
    return made


@retried
def answer(to: ReviewComment, author: User, text: str) -> ReviewComment:
    """Answer a remark. Raises NotAllowed where it is an answer itself."""
    if to.answers_to_id:
        raise NotAllowed("An answer cannot be answered; answer the remark.")
    return ReviewComment.objects.create(
        assessment=to.assessment, author=author, section=to.section, text=text, answers_to=to
    )


@retried
def settle(comment: ReviewComment, person: User) -> None:
    """Mark a remark as dealt with, and by whom. Raises NotAllowed for an answer."""
    if comment.answers_to_id:
        raise NotAllowed("An answer is settled with its remark.")
    comment.resolved_at, comment.resolved_by = timezone.now(), person
    comment.save()


@retried
def reopen(comment: ReviewComment) -> None:
    """Have a settled remark count again; a planned publication is off."""
    comment.resolved_at = comment.resolved_by = None
    comment.save()
    _call_off(comment.assessment)


def _call_off(assessment: Assessment) -> None:
    """Whoever planned the publication did not know of this remark."""
    Assessment.objects.filter(pk=assessment.pk, publish_at__isnull=False).update(publish_at=None)

"""Who is written to about a step, and what."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse

from roles.editing.requests import person_of
from roles.models import Assessment
from roles.services import notices


def told(request: HttpRequest, person: User | None) -> bool:
    """Whether somebody else is written to of what the one who asks does."""
    return person is not None and person != request.user and notices.reaches(person)


def tell(request: HttpRequest, person: User | None, assessment: Assessment, what: str) -> None:
    """Write to somebody that an assessment waits for review, is published ...; say that we do."""
    if person is None or not told(request, person):
        return
    page = reverse("admin:roles_assessment_review", args=[assessment.pk])
    said = f"{assessment.role}, version {assessment.version}: {what}, by {person_of(request)}."
    notices.tell(
        person,
        f"{assessment.role}: {what}",
        f"{said}\n\n{request.build_absolute_uri(page)}\n",
        failed=lambda: messages.warning(
            request, f"The mail server took no message, so {person} was not told."
        ),
    )
    messages.info(request, f"{person} is told by e-mail.")

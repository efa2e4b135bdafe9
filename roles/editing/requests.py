"""What the screens of the admin ask of a request."""

from typing import cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from roles.models import Assessment, Autosave
from roles.querysets import AssessmentQuerySet
from roles.services.publish import NotAllowed, locked


class FormRequest(HttpRequest):
    """A request for the form of an assessment."""

    slot: Autosave
    """The slot of the form that is saved."""
    reopened: Autosave
    """The text with which the form is opened; unset where it is opened as it is stored."""


def person_of(request: HttpRequest) -> User:
    """Who is signed in; raises PermissionDenied where nobody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def visible_assessments(request: HttpRequest) -> AssessmentQuerySet:
    """The assessments that the person sees in the admin."""
    visible = admin.site.get_model_admin(Assessment).get_queryset(request)
    return cast(AssessmentQuerySet, visible)


def one_visible(request: HttpRequest, pk: int) -> Assessment:
    """An assessment with its document, where the person sees it; 403 or 404 where not."""
    if not request.user.has_perm("roles.view_assessment"):
        raise PermissionDenied
    found: Assessment = get_object_or_404(visible_assessments(request).with_document(), pk=pk)
    return found


def changed_meanwhile(request: HttpRequest, assessment: Assessment) -> bool:
    """Whether what the person has looked at is not what is stored now, which is told them.

    Holds the assessment under lock until the transaction ends.
    """
    try:
        changed = request.POST.get("edition") != str(locked(assessment).edition)
    except NotAllowed:
        changed = True
    if changed:
        messages.error(
            request,
            f"{assessment.edited_by or 'Somebody'} has saved this assessment since you opened the "
            "page. Nothing was done: look at what is new and decide again.",
        )
    return changed

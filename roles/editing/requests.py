"""What the screens of the admin ask of a request."""

from typing import cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from roles.models import Assessment, Autosave
from roles.querysets import AssessmentQuerySet


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

"""What the screens of the admin ask of a request."""

from typing import cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict

from roles.models import Assessment
from roles.querysets import AssessmentQuerySet


class FormRequest(HttpRequest):
    """A request for the form of an assessment."""

    saving: bool
    """Whether the form is posted to be saved."""
    held: str
    """Why the save is held back until a person has looked; unset if it is not."""
    # The stubs take posted data for unchangeable, but another QueryDict may stand in its place.
    POST: QueryDict  # type: ignore[assignment]


def person_of(request: HttpRequest) -> User:
    """Who is signed in; raises PermissionDenied where nobody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def visible_assessments(request: HttpRequest) -> AssessmentQuerySet:
    """The assessments that the person sees in the admin."""
    visible = admin.site.get_model_admin(Assessment).get_queryset(request)
    return cast(AssessmentQuerySet, visible)

"""A form that could not be taken: its text comes back, to be kept and opened again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure as without_text

from roles.editing import autosave

OTHER_SITE = ("Origin checking failed", "Referer checking failed")
"""How Django begins to say that a form came from another site."""


def not_taken(request: HttpRequest, why: str) -> HttpResponse:
    """The page that says why a form was not saved, and has its text (status 403)."""
    context = {
        "why": why,
        "key": autosave.key_of(request.POST),
        "opened": request.POST.get("opened", ""),
        "typed": autosave.typed(request.POST),
    }
    return render(request, "admin/roles/assessment/not_taken.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """The page of a form whose token is not good any more, such as after signing in elsewhere."""
    if "slot" in request.POST and not reason.startswith(OTHER_SITE):
        return not_taken(request, "You have signed in again since the page was opened.")
    return without_text(request, reason)

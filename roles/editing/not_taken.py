"""A form that could not be taken: its text comes back, to be opened or sent again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.csrf import csrf_failure as without_text

from roles.editing import autosave

OTHER_SITE = ("Origin checking failed", "Referer checking failed")
"""How Django begins to say that a form came from another site."""


def has_text(request: HttpRequest) -> bool:
    """Whether it is a form of a role or an assessment; those of people have passwords in them."""
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    return request.method == "POST" and name.startswith("roles_")


def not_taken(request: HttpRequest, why: str) -> HttpResponse:
    """The page that says why a form was not taken, and has its text (status 403).

    The form of an assessment opens again with it, any other is sent again as it was.
    """
    opens = "slot" in request.POST
    fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    if opens:
        fields = [
            ("slot", str(autosave.key_of(request.POST))),
            ("opened", request.POST.get("opened", "")),
            ("data", autosave.typed(request.POST)),
        ]
    context = {
        "why": why,
        "opens": opens,
        "address": reverse("admin:roles_assessment_take") if opens else request.get_full_path(),
        "fields": [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"],
    }
    return render(request, "admin/roles/assessment/not_taken.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    """The page of a form whose token is not good any more, such as after signing in elsewhere.

    What might come from another site is not offered to be sent: only a browser that names the
    site a form is from is believed.
    """
    is_own = "slot" in request.POST or "Origin" in request.headers
    if has_text(request) and is_own and not reason.startswith(OTHER_SITE):
        return not_taken(request, "You have signed in again since the page was opened.")
    return without_text(request, reason)

"""The pages about the site itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from roles.vocabulary import LICENCE

PAGES = ("about", "corrections", "licence", "privacy", "accessibility")
"""Their addresses, each with a template of its name."""


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One of them; where readers write to is for the operator to say."""
    context = {"contact": settings.CONTACT, "licence": LICENCE}
    return render(request, f"pages/{name}.html", context)

"""Roles side by side."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from roles.comparing.address import Address
from roles.comparing.comparison import MOST_ROLES
from roles.comparing.comparison import compare as compare_roles
from roles.models import Role

MOST_CHOICES = 8
"""Roles that are offered where a name fits several."""


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four roles that the URL names; says so where it names fewer, more or unknown ones.

    A role that is added or swapped by its name is looked up, and leads to the URL with it.
    """
    address = Address.of(request.GET)
    choices = _called(address.name)
    if len(choices) == 1:
        return redirect(address.adding(choices[0].slug).url)
    roles = _roles(address.slugs)
    slugs = [role.slug for role in roles]
    compared = roles[:MOST_ROLES]
    pair = address.pair([role.slug for role in compared])
    own = Address(tuple(slugs[:MOST_ROLES]))
    context = {
        "comparison": compare_roles(compared, pair) if len(roles) >= 2 else None,
        "compared": [(role, address.without(role.slug).url) for role in compared],
        "slugs": slugs[:MOST_ROLES],
        "room": len(roles) < MOST_ROLES,
        "left_out": roles[MOST_ROLES:],
        "unknown": [slug[:60] for slug in address.slugs if slug not in slugs],
        "name": address.name,
        "choices": [(role, address.adding(role.slug).url) for role in choices],
        "canonical": request.build_absolute_uri(own.url),
        "picture": own.picture,
        "neighbours": Role.objects.public().neighbours_of(roles[0]) if len(roles) == 1 else [],
    }
    response = render(request, "pages/compare.html", context)
    if address.name:
        # What can be typed has no end, and is not kept.
        response["Cache-Control"] = "no-cache"
    return response


def _called(name: str) -> list[Role]:
    """The roles that a name may be of: one, where it is that one's title."""
    return list(Role.objects.public().called(name)[:MOST_CHOICES]) if name else []


def _roles(slugs: Sequence[str]) -> list[Role]:
    """The public roles of these slugs, in their order. Asks the database only if there are any."""
    if not slugs:
        return []
    found = {role.slug: role for role in Role.objects.public().filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]

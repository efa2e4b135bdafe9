"""Roles side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from roles.comparing.comparison import MOST_ROLES
from roles.comparing.comparison import compare as compare_roles
from roles.models import Role


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four roles that the URL names; says so where it names fewer, more or unknown ones."""
    slugs = list(dict.fromkeys(request.GET.getlist("role")))
    roles = _roles(slugs)
    known = {role.slug for role in roles}
    context = {
        "comparison": compare_roles(roles[:MOST_ROLES]) if len(roles) >= 2 else None,
        "left_out": roles[MOST_ROLES:],
        "roles": roles,
        "unknown": [slug[:60] for slug in slugs if slug not in known],
        "neighbours": Role.objects.public().neighbours_of(roles[0]) if len(roles) == 1 else [],
    }
    return render(request, "pages/compare.html", context)


def _roles(slugs: list[str]) -> list[Role]:
    """The public roles of these slugs, in their order. Asks the database only if there are any."""
    sane = [slug for slug in slugs if "\x00" not in slug]
    if not sane:
        return []
    found = {role.slug: role for role in Role.objects.public().filter(slug__in=sane)}
    return [found[slug] for slug in sane if slug in found]

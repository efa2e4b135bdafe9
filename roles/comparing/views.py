"""Roles side by side, and the tray in which they are collected."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from roles import tray as trays
from roles.comparing.comparison import MOST_ROLES
from roles.comparing.comparison import compare as compare_roles
from roles.models import Role


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four roles that the URL names; says so where it names fewer, more or unknown ones."""
    slugs = list(dict.fromkeys(request.GET.getlist("role")))
    roles = trays.roles_in(_sane(slugs))
    known = {role.slug for role in roles}
    unknown = [slug[:60] for slug in slugs if slug not in known]
    context = {
        "comparison": compare_roles(roles[:MOST_ROLES]) if len(roles) >= 2 else None,
        "left_out": roles[MOST_ROLES:],
        "roles": roles,
        "unknown": unknown,
    }
    return render(request, "pages/compare.html", context)


@require_POST
def tray(request: HttpRequest) -> HttpResponse:
    """Put a role into the tray, take one out, or empty it; then back to where the reader was."""
    slugs = trays.collected(request)
    if slug := request.POST.get("role"):
        if Role.objects.public().filter(slug__in=_sane([slug])).exists():
            slugs = [*(other for other in slugs if other != slug), slug][-MOST_ROLES:]
    elif slug := request.POST.get("remove"):
        slugs = [other for other in slugs if other != slug]
    else:
        slugs = []
    if request.htmx:
        response = render(request, "partials/tray.html", {"collected": trays.roles_in(slugs)})
    else:
        target = request.POST.get("next", "/")
        safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
        response = redirect(target if safe else "/")
    trays.keep(response, slugs)
    return response


def _sane(slugs: list[str]) -> list[str]:
    return [slug for slug in slugs if "\x00" not in slug][:50]

"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from roles.models import Role
from scoring.method import Zone


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The roles by zone."""
    roles = Role.objects.public().with_standing()
    zones = [
        (zone, sorted((r for r in roles if r.zone == zone), key=lambda r: -r.standing_score))
        for zone in Zone
    ]
    return render(request, "pages/home.html", {"zones": zones, "roles": roles})

"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from roles.counts import counts_of
from roles.finder import Finder
from roles.models import Role
from scoring.method import Zone

SHOWN = 6
"""Roles of each zone, and newest assessments, that the home page names."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The roles by zone, how they lie on the line, and what was assessed last."""
    counts = counts_of(Finder(), None)
    in_zones = counts.facets["zone"]
    context = {
        "zones": [
            (zone, in_zones.get(zone, 0), Role.objects.public().highest_in(zone)[:SHOWN])
            for zone in Zone
        ],
        "distribution": counts.distribution,
        "count": sum(counts.everyone),
        "newest": Role.objects.assessed().newest()[:SHOWN],
    }
    return render(request, "pages/home.html", context)

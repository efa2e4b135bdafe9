"""The home page."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from roles.models import FacetCount, Role
from scoring.method import Zone

SHOWN = 6
"""Roles of each zone that the home page names."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The roles by zone."""
    counts = dict(FacetCount.objects.values_list("zone").annotate(Sum("count")))
    zones = [
        (zone, counts.get(zone, 0), Role.objects.public().highest_in(zone)[:SHOWN]) for zone in Zone
    ]
    return render(request, "pages/home.html", {"zones": zones})

"""The home page, and browsing and searching, whose URL carries the whole state."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from roles.finding import index as catalogue
from roles.finding.search import find
from roles.finding.state import Finder
from roles.models import MissedSearch, Role
from roles.vocabulary import Standing
from scoring.method import CURRENT
from scoring.zones import Zone

SHOWN = 6
"""Roles of each zone, and newest assessments, that the home page names."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The roles by zone, how they lie on the line, and what was assessed last."""
    index = catalogue.current()
    counts = index.sets.counts({}, index.sets.everyone)
    in_zones = counts.facets["zone"]
    context = {
        "zones": [
            (zone, in_zones.get(zone, 0), Role.objects.public().highest_in(zone)[:SHOWN])
            for zone in Zone
        ],
        "distribution": counts.distribution,
        "count": counts.total,
        "samples": counts.facets["standing"].get(Standing.SAMPLE, 0),
        "method": CURRENT,
        "newest": Role.objects.assessed().newest()[:SHOWN],
    }
    return render(request, "pages/home.html", context)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The jobs that words and facets ask for."""
    return _answer(request, Finder.of(request.GET))


@require_safe
def zone(request: HttpRequest, name: str) -> HttpResponse:
    """The roles of one zone, narrowed by the other facets."""
    if name.capitalize() not in list(Zone):
        raise Http404(f"no zone {name}")
    return _answer(request, Finder.of(request.GET, Zone(name.capitalize())))


def _answer(request: HttpRequest, finder: Finder) -> HttpResponse:
    """The page, at its one canonical URL; a form asks under others, and is sent on to that.

    What is not understood is answered where it was asked for, since the page says so.
    """
    if not finder.ignored and finder.url != request.get_full_path():
        return redirect(finder.url)
    found = find(finder)
    canonical = found.finder.url if found.finder.url != request.get_full_path() else ""
    context = {
        "found": found,
        "finder": found.finder,
        "method": CURRENT,
        "canonical": canonical and request.build_absolute_uri(canonical),
    }
    response = render(request, "pages/roles.html", context)
    if found.missed:
        _count_missed(request, found.finder.query)
        # A page that is kept would be counted once only.
        response["Cache-Control"] = "no-cache"
    return response


def _count_missed(request: HttpRequest, query: str) -> None:
    """Count what nobody is called here, unless it is still being typed."""
    if "HX-Request" not in request.headers and request.method == "GET":
        MissedSearch.objects.count_one(query)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """How to suggest a role that is missing."""
    return render(request, "pages/suggest.html", {"contact": settings.CONTACT})

"""The home page, and browsing and searching, whose URL carries the whole state."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from roles.finding import index as catalogue
from roles.finding.overview import MOST_MARKS
from roles.finding.overview import overview as overview_of
from roles.finding.search import begun, find
from roles.finding.state import Finder
from roles.models import MissedSearch, Role
from roles.occupation_figures import MEASURES
from roles.vocabulary import Standing
from scoring.method import CURRENT, METHODS
from scoring.zones import Zone

SHOWN = 6
"""Newest assessments that the home page names."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A box to look a job up, the zones, how roles lie on the line, what was assessed last."""
    index = catalogue.current()
    counts = index.sets.counts({}, index.sets.everyone)
    in_zones = counts.facets["zone"]
    assessed = index.sets.having({"standing": (Standing.PUBLISHED, Standing.SAMPLE)})
    newest = index.page(assessed, index.orders["recent"], 0, SHOWN)
    context = {
        "zones": [(zone, in_zones.get(zone, 0)) for zone in Zone],
        "distribution": counts.distribution,
        "count": counts.total,
        "samples": counts.facets["standing"].get(Standing.SAMPLE, 0),
        "method": CURRENT,
        "newest": Role.objects.in_order(newest),
    }
    return render(request, "pages/home.html", context)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The jobs that words and facets ask for."""
    return _answer(request, Finder.of(request.GET))


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every public role on the line, by sector, and beside a published measure of exposure."""
    context = {
        "overview": overview_of(request.GET.get("measure", "")),
        "measures": MEASURES,
        "most": MOST_MARKS,
        "method": CURRENT,
    }
    return render(request, "pages/overview.html", context)


@require_safe
def titles(request: HttpRequest) -> HttpResponse:
    """The first few jobs that what is being typed may become, for a box that completes it."""
    rows = begun(Finder.of(request.GET).query, roles_only="roles" in request.GET)
    return JsonResponse({"titles": [row.suggestion for row in rows]})


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
    context = {
        "found": found,
        "finder": found.finder,
        "method": CURRENT,
        "methods": METHODS.values(),
        "canonical": request.build_absolute_uri(found.finder.url),
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

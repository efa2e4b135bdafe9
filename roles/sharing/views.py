"""Cards, badges, embedded boxes and feeds: what other sites show of the roles here."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.csp import CSP
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from roles.drawing.tokens import light
from roles.models import Assessment, Role
from roles.querysets import AssessmentQuerySet
from roles.services.addresses import moved_to
from roles.sharing import cards
from roles.sharing.badge import Badge
from roles.sharing.feeds import feed_of
from roles.sharing.verdict import Verdict
from scoring.zones import Zone

type View = Callable[..., HttpResponse]
MOST_ROLES = 4
"""Roles on the card of a comparison."""
EMBED_SIZE = (480, 200)
"""Width and height of an embedded box in pixels, where whoever asks gives it the room."""
IN_FRAMES: dict[str, Any] = settings.SECURE_CSP | {
    "frame-ancestors": ["*"],
    "form-action": [CSP.NONE],
}
"""The policy of the one page that others may put into theirs."""


def for_others(view: View) -> View:
    """An answer that pages of other sites may show."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


def of_role(view: View) -> View:
    """A view of a public role; where it is withdrawn 410, and where it has moved, from there."""

    @wraps(view)
    def answer(request: HttpRequest, slug: str) -> HttpResponse:
        role = Role.objects.public().filter(slug=slug).first()
        if role:
            return view(request, role)
        if Assessment.objects.ever_published().filter(role__slug=slug).exists():
            return HttpResponse("Withdrawn.\n", status=410, content_type="text/plain")
        if path := moved_to(request.path, slug):
            return HttpResponsePermanentRedirect(path)
        raise Http404(f"no public role {slug}")

    return answer


@for_others
def site_card(_: HttpRequest) -> HttpResponse:
    """The picture of every page that has none of its own."""
    return _png(cards.of_site())


@for_others
@of_role
def role_card(_: HttpRequest, role: Role) -> HttpResponse:
    """The picture of a role."""
    return _png(cards.of_role(role))


@for_others
def zone_card(_: HttpRequest, name: str) -> HttpResponse:
    """The picture of a zone."""
    zone = _zone(name)
    return _png(cards.of_zone(zone, Role.objects.public().filter(zone=zone).count()))


@for_others
def compare_card(request: HttpRequest) -> HttpResponse:
    """The picture of a comparison, whose roles the address names as that of the page does."""
    slugs = [slug for slug in request.GET.getlist("role") if "\x00" not in slug]
    found = {role.slug: role for role in Role.objects.public().filter(slug__in=slugs[:20])}
    roles = [found[slug] for slug in dict.fromkeys(slugs) if slug in found]
    if len(roles) < 2:
        raise Http404("fewer than two roles")
    return _png(cards.of_comparison(roles[:MOST_ROLES]))


@for_others
@of_role
def badge(request: HttpRequest, role: Role) -> HttpResponse:
    """A role's score as a small SVG."""
    drawn = Badge.of(Verdict.of(role))
    zone = drawn.zone.lower()
    context = {
        "badge": drawn,
        "title": role.title,
        "ink": light(f"{zone}-ink") if zone else light("ink-muted"),
        "tint": light(f"{zone}-tint") if zone else light("panel"),
        "page": light("page"),
        "text": light("ink"),
    }
    return render(request, "sharing/badge.svg", context, content_type="image/svg+xml")


@for_others
@xframe_options_exempt
@csp_override(IN_FRAMES)
@of_role
def embed(request: HttpRequest, role: Role) -> HttpResponse:
    """A box with a role's score, for a frame in a page of somebody else."""
    context = {
        "role": role,
        "verdict": Verdict.of(role),
        "url": request.build_absolute_uri(role.get_absolute_url()),
    }
    response = render(request, "sharing/embed.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@for_others
@cache_control(no_cache=True)
def oembed(request: HttpRequest) -> HttpResponse:
    """How to show a role of which somebody has pasted the address (oembed.com).

    Only JSON is spoken, and only of public roles. Another format is a 400: by a 501, which
    oEmbed has for it, any reader could raise an alarm. Not kept: what can be asked has no end.
    """
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": "format: only json is given"}, status=400)
    role = _role_of(request.GET.get("url", ""), request.get_host())
    if role is None:
        return JsonResponse({"error": "url: no public role of this site"}, status=404)
    width, height = (
        _at_most(request.GET.get(name, ""), most)
        for name, most in zip(("maxwidth", "maxheight"), EMBED_SIZE, strict=True)
    )
    source = request.build_absolute_uri(reverse("embed", args=[role.slug]))
    frame = {"source": source, "width": width, "height": height, "title": role.title}
    return JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "title": role.title,
            "provider_name": "JobZone",
            "provider_url": request.build_absolute_uri(reverse("home")),
            "width": width,
            "height": height,
            "html": render(request, "sharing/frame.html", frame).content.decode().strip(),
        },
        headers={"Access-Control-Allow-Origin": "*"},
    )


@for_others
def changes_feed(request: HttpRequest) -> HttpResponse:
    """What was published and changed, whatever it is of."""
    return feed_of(request, "new and changed assessments", reverse("changes"), _versions())


@for_others
def zone_feed(request: HttpRequest, name: str) -> HttpResponse:
    """What was published with a score in one zone."""
    zone = _zone(name)
    link = reverse("zone", args=[name])
    return feed_of(request, f"assessments in the {zone} zone", link, _versions().filter(zone=zone))


@for_others
@of_role
def role_feed(request: HttpRequest, role: Role) -> HttpResponse:
    """The versions of a role; none yet where its score is only cited."""
    versions = Assessment.objects.readable().filter(role=role)
    return feed_of(request, role.title, role.get_absolute_url(), versions)


def _versions() -> AssessmentQuerySet:
    return Assessment.objects.readable().filter(role__synthetic=False)


def _zone(name: str) -> Zone:
    """The zone of an address. Raises Http404 for any other name."""
    if name not in [zone.lower() for zone in Zone]:
        raise Http404(f"no zone {name}")
    return Zone(name.capitalize())


def _png(picture: bytes) -> HttpResponse:
    return HttpResponse(picture, content_type="image/png")


def _role_of(url: str, host: str) -> Role | None:
    """The public role whose page an address of this site is."""
    try:
        parts = urlsplit(url)
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    if parts.scheme not in ("http", "https") or parts.netloc != host or found.url_name != "role":
        return None
    return Role.objects.public().filter(slug=found.kwargs["slug"]).first()


def _at_most(asked: str, most: int) -> int:
    """What was asked for, if it is a number of pixels and less than what would be given."""
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else most
    return min(wanted, most) or most

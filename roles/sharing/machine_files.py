"""The small files that browsers, search engines and others look for at known addresses."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from roles.drawing.tokens import light

NOT_CRAWLED = (
    # Where the admin is by default; another path is nobody's business.
    "/admin/",
    "/previews/",
    "/titles/",
    "/oembed",
    # What readers work out for themselves, and searches, have addresses without end.
    "/score/?",
    "/roles/*/my-mix/?",
    "/roles/?*q=",
    "/compare/?*add=",
)
"""What search engines are asked to leave alone."""
CONTACT_HOLDS = timedelta(days=180)
"""For how long the contact for weaknesses is given at a time; RFC 9116 wants less than a year."""
ICONS = (
    ("icons/icon-192.png", "192x192", "any"),
    ("icons/icon-512.png", "512x512", "any"),
    ("icons/maskable-512.png", "512x512", "maskable"),
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read (RFC 9309), and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_CRAWLED), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return _text(lines)


@require_safe
@cache_control(no_cache=True)
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116); 404 where the operator has named nobody.

    It says until when it holds, so it is written anew each time and not kept.
    """
    contact = settings.CONTACT
    if not contact:
        raise Http404("no contact is set")
    expires = (datetime.now(UTC) + CONTACT_HOLDS).replace(hour=0, minute=0, second=0, microsecond=0)
    return _text(
        [
            f"Contact: {f'mailto:{contact}' if '@' in contact else contact}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: en",
            f"Canonical: {request.build_absolute_uri(reverse('security'))}",
        ]
    )


@require_safe
def manifest(_: HttpRequest) -> HttpResponse:
    """What a telephone shows of the site where it is kept on its first screen."""
    said = {
        "name": "JobZone: how well does a job resist AI?",
        "short_name": "JobZone",
        "lang": settings.LANGUAGE_CODE,
        "start_url": reverse("home"),
        "scope": reverse("home"),
        "display": "minimal-ui",
        "background_color": light("page"),
        "theme_color": light("page"),
        "icons": [
            {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for path, sizes, purpose in ICONS
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser searches here from its address bar (OpenSearch 1.1)."""
    home = request.build_absolute_uri(reverse("home"))
    return render(
        request,
        "sharing/opensearch.xml",
        {"site": home.rstrip("/")},
        content_type="application/opensearchdescription+xml",
    )


def _text(lines: list[str]) -> HttpResponse:
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")

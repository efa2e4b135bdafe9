"""What happens around every request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from jobzone.health import health, unhealthy
from jobzone.page_cache import AWAY, KEEP
from jobzone.refusals import is_away, without_database

type Handler = Callable[[HttpRequest], HttpResponse]


POLICIES = {
    # What the site never asks a browser for.
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "browsing-topics",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "microphone",
            "payment",
            "usb",
        )
    ),
    # No other site puts anything of this one into its pages.
    "Cross-Origin-Resource-Policy": "same-origin",
}
HEALTH = "/health/"


class AnswersHealth:
    """Answers health checks under any name: they come from the machine itself."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave everything else alone."""
        if request.path_info != HEALTH:
            return self.get_response(request)
        return unhealthy() if request.META.get(AWAY) else health(request)


class SaysPolicies:
    """Adds what browsers have to know beside Django's own headers, static files included."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave what an answer says itself."""
        response = self.get_response(request)
        for name, value in POLICIES.items():
            response.headers.setdefault(name, value)
        return response


class IsKnownByOneName:
    """Has pages give the address of SITE_URL as their own, whichever they were asked under.

    Whether that is a name of the site is checked first. A form is held against the name that it
    was sent to, so those are left alone.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the scheme and host in the place of those that were asked for."""
        if settings.SITE_URL and request.method in ("GET", "HEAD"):
            request.get_host()
            scheme, _, host = settings.SITE_URL.partition("://")
            request.META |= {"HTTP_HOST": host, "HTTP_X_FORWARDED_PROTO": scheme}
        return self.get_response(request)


class SaysWithoutDatabase:
    """Answers 503 where the database is away, and does not wait for one that is known to be."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave what works alone."""
        return without_database() if request.META.get(AWAY) else self.get_response(request)

    def process_exception(self, _: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to an error of a view; None if it is not of this kind."""
        return without_database() if is_away(error) else None


class CompressUnkept(GZipMiddleware):
    """Compresses what the page cache does not: it compresses a page once, for all readers.

    The admin's pages hold secrets. Against guessing them by the length of an answer (BREACH)
    Django adds random bytes to each, masks form tokens anew each time, and sends the session
    to no request that another site makes in the background.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leave the pages to the cache that are to be kept."""
        return response if KEEP in request.META else super().process_response(request, response)

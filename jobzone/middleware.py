"""What happens around every request."""

import re
import secrets
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.template.response import TemplateResponse

from jobzone import health, logs, refusals
from jobzone.admission import BUSY, TOO_LARGE
from jobzone.page_cache import AWAY, KEEP
from roles.open_data.problems import MEDIA_TYPE, problem

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
FOR_PROGRAMS = re.compile(r"/api/|/(?:roles|zones|compare|changes|occupations|data)/.*\.[a-z]+\Z")
"""The addresses of the API, and of files of data."""
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Any page of any site may read what programs are answered: it is the same for everybody."""
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
"""What a browser is told that asks whether a page may send something."""
DETAILS = {
    400: "The request cannot be read.",
    404: "There is nothing at this address.",
    410: "What was here is withdrawn, and no longer published.",
    405: "This address does not take the method; Allow says which it does.",
    413: "The body is larger than anything here takes.",
    500: "Something failed here. It has been logged under X-Request-ID.",
    503: "The site cannot answer now. Ask again after the seconds of Retry-After.",
}
"""What a program is told where whoever refused knew of none that asks."""
CHECKS = {"/livez/": health.live, "/readyz/": health.ready, "/health/": health.ready}


class HasNumber:
    """Gives each request a number, which the log has, and an answer where something failed."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers that are kept are for many requests, and have none."""
        number = secrets.token_hex(8)
        # It stays until the next request, since Django logs the answer when this has ended.
        logs.request_id.set(number)
        response = self.get_response(request)
        if response.status_code >= 500:
            response.headers["X-Request-ID"] = number
        return response


class AnswersHealth:
    """Answers health checks under any name: they come from the machine itself."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave everything else alone."""
        return CHECKS.get(request.path_info, self.get_response)(request)


class SaysPolicies:
    """Adds what browsers have to know beside Django's own headers, static files included."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave what an answer says itself."""
        response = self.get_response(request)
        if settings.CSP_REPORT_URL:
            response.headers["Reporting-Endpoints"] = f'csp="{settings.CSP_REPORT_URL}"'
        for name, value in POLICIES.items():
            response.headers.setdefault(name, value)
        return response


class AnswersPrograms:
    """Has data open to pages of other sites, and refusals of them in a form that programs read."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave everything else alone."""
        if not FOR_PROGRAMS.match(request.path_info):
            return self.get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=SHARED | PREFLIGHT)
        response = self.get_response(request)
        if response.status_code >= 400 and response.headers["Content-Type"] != MEDIA_TYPE:
            response = _as_problem(response)
        for name, value in SHARED.items():
            response.headers[name] = value
        return response


def _as_problem(page: HttpResponse) -> HttpResponse:
    """A refusal that was made for people, with what its headers say."""
    status = HTTPStatus(page.status_code)
    detail = DETAILS.get(status, status.description)
    if isinstance(page, TemplateResponse) and page.context_data:
        # What was withdrawn says when.
        detail = page.context_data.get("what", detail)
    response = problem(status, detail)
    for name in ("Allow", "Retry-After", "Cache-Control"):
        if name in page.headers:
            response.headers[name] = page.headers[name]
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


class RefusesAtOnce:
    """Answers where nothing can be worked out, and does not wait for a database that is away."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave what works alone."""
        if request.META.get(TOO_LARGE):
            return refusals.too_large(request)
        if request.META.get(AWAY):
            return refusals.without_database()
        return refusals.busy() if request.META.get(BUSY) else self.get_response(request)

    def process_exception(self, _: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to an error of a view; None if it is not of this kind."""
        return refusals.without_database() if refusals.is_away(error) else None


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

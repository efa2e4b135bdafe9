"""Answers in words to requests that are refused before a page of the site sees them."""

import logging
import sys
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

REASONS: dict[type[Exception], str] = {
    TooManyFieldsSent: f"More than {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} fields were sent.",
    TooManyFilesSent: f"At most {settings.DATA_UPLOAD_MAX_NUMBER_FILES - 1} files are taken in "
    "at once. Send them in several steps, or in one archive.",
    RequestDataTooBig: f"More than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20} MiB were sent.",
    DisallowedHost: "The site is not served under this name.",
}
OTHERWISE = "Something in it is not as a browser sends it from this site."


def bad_request(_: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a 400; it reads nothing of the request, which may not be readable."""
    reason = REASONS.get(type(exception), OTHERWISE)
    return HttpResponse(render_to_string("400.html", {"reason": reason}), status=400)


RETRY_AFTER = 5
"""Seconds after which a reader, or a proxy, may ask again."""


def is_away(error: BaseException | None) -> bool:
    """Whether an error is that of a database that is away, overloaded or too slow."""
    return isinstance(error, OperationalError | InterfaceError)


def without_database() -> HttpResponse:
    """The 503 that says so: it asks nothing of the database and is kept by nobody."""
    return _later("The site cannot reach its data.")


def busy() -> HttpResponse:
    """The 503 where too many ask at once."""
    logger.warning("Too many ask at once; some are answered by 503.")
    return _later("Too many people ask at once.")


def _later(why: str) -> HttpResponse:
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    page = render_to_string("503.html", {"why": why})
    return HttpResponse(page, status=503, headers=headers)


def too_large(_: HttpRequest) -> HttpResponse:
    """The page of a 413: nothing of the body has been read, so the connection ends."""
    reason = f"More than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20} MiB were sent, or more than "
    reason += "one MB without being signed in."
    page = render_to_string("400.html", {"reason": reason})
    return HttpResponse(page, status=413)


def server_error(_: HttpRequest) -> HttpResponse:
    """The page of a 500; of a 503 where the database went away outside of any view."""
    if is_away(sys.exc_info()[1]):
        return without_database()
    return HttpResponse(render_to_string("500.html"), status=500)


def locked_out(_: HttpRequest, *__: Any, **___: Any) -> HttpResponse:
    """The page of somebody who has given wrong passwords too often."""
    headers = {"Retry-After": str(int(settings.AXES_COOLOFF_TIME.total_seconds()))}
    return HttpResponse(render_to_string("429.html"), status=429, headers=headers)


def address_of(request: HttpRequest) -> str | None:
    """Who asks: the address that the outermost of our own proxies has seen, or the connection's."""
    own = request.META.get("REMOTE_ADDR")
    seen = [*request.headers.get("X-Forwarded-For", "").split(","), own or ""]
    address = seen[max(0, len(seen) - 1 - settings.PROXY_COUNT)].strip()
    try:
        return str(ip_address(address))
    except ValueError:
        return own

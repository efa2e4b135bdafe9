"""What happens around every request."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from jobzone.page_cache import KEEP

type Handler = Callable[[HttpRequest], HttpResponse]


class SaysWithoutDatabase:
    """Answers 503 in a word, and logs a line, where the connection to the database is lost."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave what works alone."""
        return self.get_response(request)

    def process_exception(self, _: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to an error of a view; None if it is not of this kind."""
        lost = connection.connection is None or connection.connection.closed
        if not (lost and isinstance(error, OperationalError | InterfaceError)):
            return None
        text = "JobZone cannot reach its database just now. Try again in a moment."
        headers = {"Retry-After": "5"}
        return HttpResponse(text, status=503, content_type="text/plain", headers=headers)


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

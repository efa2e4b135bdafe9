"""What happens around every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from jobzone.page_cache import AWAY, KEEP
from jobzone.refusals import is_away, without_database

type Handler = Callable[[HttpRequest], HttpResponse]


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

"""What happens around every request."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from jobzone.page_cache import KEEP


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

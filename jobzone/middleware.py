"""What happens around every request."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

type Handler = Callable[[HttpRequest], HttpResponse]


def head_without_body(get_response: Handler) -> Handler:
    """Answer HEAD with the headers of GET alone; the server warns of every body that it drops."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return answer


class SaysWithoutDatabase:
    """Answers 503 in a word, and logs a line, where the connection to the database is lost."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave what works alone."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to an error of a view; None if it is not of this kind."""
        lost = connection.connection is None or connection.connection.closed
        if not (lost and isinstance(error, OperationalError | InterfaceError)):
            return None
        text = "JobZone cannot reach its database just now. Try again in a moment."
        headers = {"Retry-After": "5"}
        return HttpResponse(text, status=503, content_type="text/plain", headers=headers)

"""Answers in words to requests that are refused before a page of the site sees them."""

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

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

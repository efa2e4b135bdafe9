"""Refusals that programs read: problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse

MEDIA_TYPE = "application/problem+json"


def problem(status: HTTPStatus, detail: str, **more: Any) -> HttpResponse:
    """An answer that says what is wrong in words, with what else a program can use of it."""
    says = {"title": status.phrase, "status": status.value, "detail": detail, **more}
    return JsonResponse(says, status=status.value, content_type=MEDIA_TYPE)

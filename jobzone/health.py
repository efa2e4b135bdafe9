"""Tells a load balancer or container engine whether this process can serve."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def health(_: HttpRequest) -> HttpResponse:
    """200 if the database answers, else 503; the text says who answers, for a second start."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return unhealthy()
    return HttpResponse("JobZone: ok", content_type="text/plain")


def unhealthy() -> HttpResponse:
    """The answer while the database is away."""
    return HttpResponse("JobZone: no database", status=503, content_type="text/plain")

"""Tells a load balancer or container engine whether this process can serve.

``/livez/`` says that the process lives (``wsgi.py``), ``/readyz/`` that it can serve, which takes
the database; ``/health/`` is its older name.
"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobzone.page_cache import AWAY


@require_safe
@never_cache
def live(_: HttpRequest) -> HttpResponse:
    """200 as long as there is an answer at all."""
    return HttpResponse("JobZone: alive", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 if the database answers, else 503; the text says who answers, for a second start."""
    if AWAY not in request.META:
        # The page cache, which asks at every request, is not in front of this.
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError:
            request.META[AWAY] = True
    if request.META.get(AWAY):
        return HttpResponse("JobZone: no database", status=503, content_type="text/plain")
    return HttpResponse("JobZone: ok", content_type="text/plain")

"""The WSGI application that gunicorn serves."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobzone.settings")
LIVE = "/livez/"


def _application() -> WSGIApplication:
    from jobzone.errors import report_to

    report_to(settings.SENTRY_DSN)
    django = get_wsgi_application()
    # Whoever changes a template wants to see it.
    if settings.DEBUG:
        return django
    from jobzone.admission import Admission
    from jobzone.page_cache import PageCache

    most, session = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.SESSION_COOKIE_NAME
    cached = PageCache(
        Admission(django, most, session), settings.PAGE_CACHE_BYTES, settings.CDN_MAX_AGE
    )
    if not settings.METRICS_PORT:
        return cached
    from jobzone.metrics import Measured

    return Measured(cached)


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The site; that the process lives is answered without it, and without the database."""
    if environ["PATH_INFO"] != LIVE:
        return _site(environ, start_response)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
    return [b"JobZone: alive"] if environ["REQUEST_METHOD"] == "GET" else []


_site = _application()

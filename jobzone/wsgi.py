"""The WSGI application that gunicorn serves."""

import os
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobzone.settings")


def _application() -> WSGIApplication:
    django = get_wsgi_application()
    # Whoever changes a template wants to see it.
    if settings.DEBUG:
        return django
    from jobzone.page_cache import PageCache

    return PageCache(django, settings.PAGE_CACHE_BYTES, settings.CDN_MAX_AGE)


application = _application()

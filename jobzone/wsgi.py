"""The WSGI application that gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobzone.settings")

application = get_wsgi_application()
# Whoever changes a template wants to see it.
if not settings.DEBUG:
    from jobzone.page_cache import PageCache

    application = PageCache(application, settings.PAGE_CACHE_BYTES, settings.CDN_MAX_AGE)

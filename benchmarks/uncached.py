"""The site without its page cache, in which every page is worked out."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

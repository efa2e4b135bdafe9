"""The public pages."""

from roles.views.home import home
from roles.views.method import method
from roles.views.role import document, role, version

__all__ = ["document", "home", "method", "role", "version"]

"""The public pages."""

from roles.views.browse import roles, zone
from roles.views.compare import compare, tray
from roles.views.home import home
from roles.views.method import method, provenance
from roles.views.role import document, role, version

__all__ = [
    "compare",
    "document",
    "home",
    "method",
    "provenance",
    "role",
    "roles",
    "tray",
    "version",
    "zone",
]

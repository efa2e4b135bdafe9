"""The public pages."""

from roles.views.browse import roles, zone
from roles.views.compare import compare, tray
from roles.views.history import changes, history, preview
from roles.views.home import home
from roles.views.method import method, provenance
from roles.views.role import document, role, version

__all__ = [
    "changes",
    "compare",
    "document",
    "history",
    "home",
    "method",
    "preview",
    "provenance",
    "role",
    "roles",
    "tray",
    "version",
    "zone",
]

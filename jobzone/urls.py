"""Every address of the site."""

from django.contrib import admin
from django.urls import path

from jobzone.health import health
from roles.comparing import views as comparing
from roles.finding import views as finding
from roles.reading import views as reading

urlpatterns = [
    path("", finding.home, name="home"),
    path("roles/", finding.roles, name="roles"),
    path("zones/<slug:name>/", finding.zone, name="zone"),
    path("compare/", comparing.compare, name="compare"),
    path("roles/<slug:slug>/", reading.role, name="role"),
    path("roles/<slug:slug>/versions/<int:number>/", reading.version, name="version"),
    path("roles/<slug:slug>/versions/<int:number>/document.md", reading.document, name="document"),
    path("roles/<slug:slug>/history/", reading.history, name="history"),
    path("changes/", reading.changes, name="changes"),
    path("previews/<str:key>/", reading.preview, name="preview"),
    path("method/", reading.method, name="method"),
    path("provenance/", reading.provenance, name="provenance"),
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
]

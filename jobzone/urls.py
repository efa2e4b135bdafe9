"""Every address of the site."""

from django.contrib import admin
from django.urls import path

from jobzone.health import health
from roles import views

urlpatterns = [
    path("", views.home, name="home"),
    path("roles/", views.roles, name="roles"),
    path("zones/<slug:name>/", views.zone, name="zone"),
    path("compare/", views.compare, name="compare"),
    path("compare/tray/", views.tray, name="tray"),
    path("roles/<slug:slug>/", views.role, name="role"),
    path("roles/<slug:slug>/versions/<int:number>/", views.version, name="version"),
    path("roles/<slug:slug>/versions/<int:number>/document.md", views.document, name="document"),
    path("provenance/", views.provenance, name="provenance"),
    path("roles/<slug:slug>/history/", views.history, name="history"),
    path("changes/", views.changes, name="changes"),
    path("previews/<str:key>/", views.preview, name="preview"),
    path("method/", views.method, name="method"),
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
]

"""Every address of the site."""

from django.contrib import admin
from django.urls import path

from jobzone.health import health
from roles import views

urlpatterns = [
    path("", views.home, name="home"),
    path("roles/<slug:slug>/", views.role, name="role"),
    path("roles/<slug:slug>/versions/<int:number>/", views.version, name="version"),
    path("roles/<slug:slug>/versions/<int:number>/document.md", views.document, name="document"),
    path("method/", views.method, name="method"),
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
]

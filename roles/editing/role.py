"""The editor's screen of a role."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from roles.editing.typed_django import RoleModelAdmin, TabularInline
from roles.models import AlsoKnownAs, OccupationCode, Role
from roles.services.listing import refresh_listing


class AlsoKnownAsInline(TabularInline):
    """Other titles."""

    model = AlsoKnownAs
    extra = 0


class OccupationCodeInline(TabularInline):
    """Codes in classifications of occupations."""

    model = OccupationCode
    extra = 0


@admin.register(Role)
class RoleAdmin(RoleModelAdmin):
    """Identity: what is the same for every version."""

    list_display = ["title", "sector", "country", "seniority"]
    list_filter = ["sector", "country"]
    search_fields = ["title", "aliases__title", "codes__code"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [AlsoKnownAsInline, OccupationCodeInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows and make the role found by them."""
        super().save_related(request, form, formsets, change)
        refresh_listing([form.instance.pk])

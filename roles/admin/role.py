"""The editor's screen of a role."""

from django.contrib import admin

from roles.models import AlsoKnownAs, OccupationCode, Role


class AlsoKnownAsInline(admin.TabularInline):
    """Other titles."""

    model = AlsoKnownAs
    extra = 0


class OccupationCodeInline(admin.TabularInline):
    """Codes in classifications of occupations."""

    model = OccupationCode
    extra = 0


@admin.register(Role)
class RoleAdmin(admin.ModelAdmin):
    """Identity: what is the same for every version."""

    list_display = ["title", "sector", "country", "seniority"]
    list_filter = ["sector", "country"]
    search_fields = ["title", "aliases__title", "codes__code"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [AlsoKnownAsInline, OccupationCodeInline]

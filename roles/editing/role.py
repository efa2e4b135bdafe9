"""The editor's screen of a role."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from roles.editing.listing import RoleList
from roles.editing.typed_django import ModelForm, TabularInline
from roles.models import AlsoKnownAs, OccupationCode, OldAddress, Role
from roles.services.listing import refresh_listing


class AlsoKnownAsInline(TabularInline):
    """Other titles."""

    model = AlsoKnownAs
    extra = 0


class OccupationCodeInline(TabularInline):
    """Codes in classifications of occupations."""

    model = OccupationCode
    extra = 0


class RoleForm(ModelForm):
    """A role, at an address that leads to no other."""

    def clean_slug(self) -> str:
        """The slug, unless another role has had it: its old address leads there for ever."""
        slug: str = self.cleaned_data["slug"]
        old = OldAddress.objects.exclude(role=self.instance.pk).filter(slug=slug).first()
        if old:
            raise ValidationError(f"This is an old address of {old.role}; expected another.")
        return slug


@admin.register(Role)
class RoleAdmin(RoleList):
    """Identity: what is the same for every version."""

    form = RoleForm
    prepopulated_fields = {"slug": ["title"]}
    inlines = [AlsoKnownAsInline, OccupationCodeInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows and make the role found by them."""
        super().save_related(request, form, formsets, change)
        refresh_listing([form.instance.pk])

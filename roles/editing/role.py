"""The editor's screen of a role."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

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


SUGGESTED = ("sector", "country", "pay_currency")
"""Fields in which one word is to be spelled in one way: what other roles have is offered."""


class RoleForm(ModelForm):
    """A role, at an address that leads to no other."""

    class Meta:
        widgets = {
            name: AdminTextInputWidget(attrs={"list": f"{name}-values"}) for name in SUGGESTED
        }
        labels = {"slug": "Address"}
        help_texts = {"slug": "The end of the page's address, made from the title."}

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
    fields = [
        "title",
        "seniority",
        "sector",
        "country",
        ("pay_currency", "pay_low", "pay_high", "pay_year"),
        "slug",
    ]
    inlines = [AlsoKnownAsInline, OccupationCodeInline]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form, with what other roles have in fields that take few words."""
        used = {name: Role.objects.used(name) for name in SUGGESTED}
        context = {**(extra_context or {}), "suggested": used}
        return super().changeform_view(request, object_id, form_url, context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows and make the role found by them."""
        super().save_related(request, form, formsets, change)
        refresh_listing([form.instance.pk])

"""The role: who an assessment is about. Identity is not versioned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from roles.documents.document import (
    MAX_CODE,
    MAX_COUNTRY,
    MAX_SECTOR,
    MAX_SENIORITY,
    MAX_SYSTEM,
    MAX_TITLE,
    MAX_YEAR,
)
from roles.models.fields import PlainChar, not_empty
from roles.querysets import RoleQuerySet

if TYPE_CHECKING:
    from roles.models.assessment import Assessment


class Role(models.Model):
    """A job that is assessed, or that an assessment names."""

    slug = models.SlugField(max_length=MAX_TITLE, unique=True)
    title = PlainChar()
    seniority = PlainChar(blank=True, default="", max_length=MAX_SENIORITY)
    sector = PlainChar(blank=True, default="", max_length=MAX_SECTOR)
    country = PlainChar(blank=True, default="", max_length=MAX_COUNTRY)
    pay_currency = PlainChar(
        "currency", blank=True, default="", max_length=3, help_text="ISO 4217, such as GBP"
    )
    pay_low = models.PositiveIntegerField("lowest yearly pay", null=True, blank=True)
    pay_high = models.PositiveIntegerField("highest yearly pay", null=True, blank=True)
    pay_year = PlainChar(
        "year or pay scale",
        blank=True,
        default="",
        max_length=MAX_YEAR,
        help_text="such as 2025/26",
    )

    objects = RoleQuerySet.as_manager()

    if TYPE_CHECKING:
        # Fetched by ``AssessmentQuerySet.with_card`` for a neighbour: one at the most.
        published_versions: list[Assessment]

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            not_empty("title", "role_title_not_empty"),
            not_empty("slug", "role_slug_not_empty"),
            models.CheckConstraint(
                condition=Q(pay_low__isnull=True, pay_high__isnull=True)
                | Q(pay_low__lte=F("pay_high"), pay_currency__regex="^[A-Z]{3}$"),
                name="role_pay_range",
                violation_error_message=(
                    "Pay: expected a lowest and a highest figure and a currency, or none of them."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The role's public page."""
        return reverse("role", args=[self.slug])


class AlsoKnownAs(models.Model):
    """Another title of a role."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="aliases")
    title = PlainChar()

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "also known as"
        constraints = [
            not_empty("title", "alias_title_not_empty"),
            models.UniqueConstraint(fields=["role", "title"], name="alias_once_per_role"),
        ]

    def __str__(self) -> str:
        return self.title


class OccupationCode(models.Model):
    """A role's code in a classification of occupations."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="codes")
    system = PlainChar(max_length=MAX_SYSTEM, help_text="such as SOC 2018")
    code = PlainChar(max_length=MAX_CODE, help_text="such as 29-2072")

    class Meta:
        ordering = ["pk"]
        constraints = [
            not_empty("system", "code_system_not_empty"),
            models.CheckConstraint(condition=Q(code__regex=r"^\S+$"), name="code_without_space"),
            models.UniqueConstraint(fields=["role", "system", "code"], name="code_once_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"

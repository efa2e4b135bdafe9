"""The role: who an assessment is about. Identity is not versioned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse

from roles.documents.fields import (
    MAX_CODE,
    MAX_COUNTRY,
    MAX_SECTOR,
    MAX_SENIORITY,
    MAX_SYSTEM,
    MAX_TITLE,
    MAX_YEAR,
)
from roles.documents.places import COUNTRIES, CURRENCIES, country_of, currency_of
from roles.models.field_types import (
    PlainChar,
    choices,
    in_range,
    matches,
    not_empty,
    one_of,
    validate_listed,
)
from roles.querysets import RoleQuerySet, bare_title
from roles.vocabulary import Standing
from scoring import dimensions
from scoring.method import CURRENT, METHODS, Method
from scoring.zones import SubLabel, Zone

if TYPE_CHECKING:
    from roles.models import Assessment, RoleRelation

CLOSEST = " (closest)"
"""The remark beside the system of a code that is not quite the role's own."""


class Role(models.Model):
    """A job that is assessed, or that an assessment names."""

    if TYPE_CHECKING:
        # What some queries fetch with it.
        citations: list[RoleRelation]
        published: list[Assessment]

    slug = models.SlugField(max_length=MAX_TITLE, unique=True)
    title = PlainChar(
        validators=[RegexValidator("[A-Za-z0-9]", "Expected a title with a Latin letter or digit.")]
    )
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

    synthetic = models.BooleanField(
        default=False, editable=False, help_text="Generated for load and tests, not content."
    )
    # What the role stands at, for lists and search: written by ``services.listing`` only.
    standing = models.CharField(
        max_length=20, blank=True, default="", editable=False, choices=choices(Standing)
    )
    score = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True, editable=False
    )
    range_low = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True, editable=False
    )
    range_high = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True, editable=False
    )
    zone = models.CharField(
        max_length=20, blank=True, default="", editable=False, choices=choices(Zone)
    )
    sub_label = models.CharField(
        max_length=20, blank=True, default="", editable=False, choices=choices(SubLabel)
    )
    share_3_plus = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True, editable=False
    )
    method_version = models.CharField(
        max_length=10,
        blank=True,
        default="",
        editable=False,
        help_text="That of the assessment that gave the score, or that cites it.",
    )
    boundary_distance = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        editable=False,
        help_text="Points to the nearest zone boundary of the method that gave the score.",
    )
    last_assessed = models.DateTimeField(null=True, blank=True, editable=False)
    summary = models.TextField(blank=True, default="", editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            not_empty("title", "role_title_not_empty"),
            not_empty("slug", "role_slug_not_empty"),
            one_of("standing", Standing, "role_standing", blank=True),
            one_of("zone", Zone, "role_zone", blank=True),
            one_of("sub_label", SubLabel, "role_sub_label", blank=True),
            in_range("score", dimensions.PUBLISHED_SCORE, "role_score"),
            one_of("country", COUNTRIES, "role_country", blank=True),
            models.CheckConstraint(
                condition=Q(standing="", score__isnull=True, zone="")
                | ~Q(standing="") & Q(score__isnull=False) & ~Q(zone=""),
                name="role_standing_with_score",
            ),
            models.CheckConstraint(
                condition=Q(pay_low__isnull=True, pay_high__isnull=True)
                | Q(
                    pay_low__lte=F("pay_high"),
                    pay_currency__in=CURRENCIES,
                    pay_year__regex=r"^[^()]*[^()\s][^()]*$",
                ),
                name="role_pay_range",
                violation_error_message=(
                    "Pay: expected a lowest and a highest figure, a currency, and a year or pay "
                    "scale without parentheses, or none of them."
                ),
            ),
        ]

        indexes = [
            models.Index(bare_title(), name="role_bare_title"),
            models.Index(fields=["sector", "score"], name="role_sector_score"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The role's public page."""
        return reverse("role", args=[self.slug])

    def clean(self) -> None:
        """Country and currency in their one spelling; a level where readers see a score."""
        wrong = {}
        for name, spelt in (("country", country_of), ("pay_currency", currency_of)):
            if written := getattr(self, name):
                try:
                    setattr(self, name, spelt(written))
                except ValueError as error:
                    wrong[name] = f"This {error}."
        if self.standing not in ("", Standing.CITED) and not self.seniority.strip():
            wrong["seniority"] = "This is missing; an assessment of the role is published."
        if wrong:
            raise ValidationError(wrong)

    @property
    def seniority_level(self) -> str:
        """The level without the years of experience: "Mid-Level" of "Mid-Level (2-5 years)"."""
        return self.seniority.partition("(")[0].strip()

    @property
    def method(self) -> Method:
        """The version of the method by which its score and zone are to be read."""
        return METHODS.get(self.method_version, CURRENT)

    def next_version(self) -> int:
        """The number of the version that comes after all that there are.

        Holds the role until the transaction ends, so that nobody else gets the same number.
        """
        Role.objects.select_for_update(no_key=True).get(pk=self.pk)
        last: int | None = self.assessments.aggregate(last=Max("version"))["last"]
        return (last or 0) + 1


class AlsoKnownAs(models.Model):
    """Another title of a role."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="aliases")
    title = PlainChar(validators=[validate_listed])

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
    system = PlainChar(
        max_length=MAX_SYSTEM, validators=[validate_listed], help_text="such as SOC 2018"
    )
    code = PlainChar(max_length=MAX_CODE, validators=[validate_listed], help_text="such as 29-2072")

    class Meta:
        ordering = ["pk"]
        constraints = [
            not_empty("system", "code_system_not_empty"),
            matches("code", r"^\S+\Z", "code_without_space"),
            models.UniqueConstraint(fields=["role", "system", "code"], name="code_once_per_role"),
        ]
        indexes = [
            models.Index(
                fields=["system", "code"],
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                name="code_by_family",
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"

    @property
    def is_closest(self) -> bool:
        """Whether it is not the role's own code, only the closest there is."""
        return self.system.endswith(CLOSEST)

    @property
    def classification(self) -> str:
        """The system without the remark that the code is only the closest there is."""
        return self.system.removesuffix(CLOSEST)

    @property
    def family(self) -> str:
        """The digits that kindred occupations share: 29-2 of 29-2072, 325 of 3252."""
        return self.code[:4] if "-" in self.code else self.code[:3]


class RoleText(models.Model):
    """The words of what is published about a role, for full-text search."""

    role = models.OneToOneField(
        Role, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    text = models.TextField()
    vector = models.GeneratedField(
        expression=SearchVector("text", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="role_text_vector")]

    def __str__(self) -> str:
        return self.text[:80]


class CatalogueVersion(models.Model):
    """The version of everything that public pages read: one row, raised at commit by guards."""

    number = models.BigIntegerField(default=1)
    raised_by = models.BigIntegerField(
        null=True, help_text="The transaction that raised it last, which raises it once."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_catalogue_version"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """The number of the version that is committed; 0 while nothing was ever published."""
        return cls.objects.values_list("number", flat=True).first() or 0

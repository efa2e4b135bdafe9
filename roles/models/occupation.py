"""An occupation of O*NET-SOC 2019 with what others have published about it: never a score."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.text import slugify

from roles.documents.fields import MAX_TITLE
from roles.models.columns import Column, abstract
from roles.models.field_types import PlainChar, choices, in_range, matches, not_empty, one_of
from roles.occupation_figures import FAMILIES, FIGURES, PublishedFigure
from roles.querysets import OccupationQuerySet
from roles.vocabulary import TitleSource

CODE = r"[0-9]{2}-[0-9]{4}\.[0-9]{2}"
"""An O*NET-SOC code; its first seven characters are the SOC 2018 code."""


def _column(figure: PublishedFigure) -> Column:
    if figure.word:
        return PlainChar(figure.label, blank=True, default="")
    if not figure.decimals:
        return models.IntegerField(figure.label, null=True, blank=True)
    # Percents have three digits before the point; everything else has one.
    before = 3 if figure.within and figure.within.high > 9 else 1
    return models.DecimalField(
        figure.label,
        max_digits=before + figure.decimals,
        decimal_places=figure.decimals,
        null=True,
        blank=True,
    )


PublishedColumns: Any = abstract(
    "PublishedColumns", {name: _column(figure) for name, figure in FIGURES.items()}
)


class Occupation(PublishedColumns, models.Model):  # type: ignore[misc]
    """What is published about one occupation."""

    code = PlainChar("O*NET-SOC code", max_length=10, unique=True)
    title = PlainChar(max_length=MAX_TITLE)

    objects = OccupationQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            matches("code", rf"^{CODE}\Z", "occupation_code"),
            not_empty("title", "occupation_title_not_empty"),
            *(
                in_range(figure.name, figure.within, f"occupation_{figure.name}")
                for figure in FIGURES.values()
                if figure.within
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its profile."""
        return reverse("occupation", args=[self.address])

    @property
    def address(self) -> str:
        """Code and title as they stand in its URL."""
        return f"{self.code}-{slugify(self.title.replace('/', ' '))}"

    @property
    def soc_code(self) -> str:
        """The SOC 2018 code, which several occupations can share: 15-1299."""
        return self.code[:7]

    @property
    def is_residual(self) -> bool:
        """Whether its SOC code is that of what no other code covers ("all other")."""
        return self.soc_code.endswith("9")

    @property
    def minor_group(self) -> str:
        """What codes of kindred occupations begin with: 29-2."""
        return self.code[:4]

    @property
    def family(self) -> str:
        """The major group of SOC 2018, by name."""
        return FAMILIES.get(self.code[:2], "Other")


class OccupationName(models.Model):
    """Another title of an occupation."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="names")
    title = PlainChar(max_length=MAX_TITLE)
    source = models.CharField(max_length=20, choices=choices(TitleSource))

    class Meta:
        ordering = ["pk"]
        constraints = [
            not_empty("title", "occupation_name_not_empty"),
            one_of("source", TitleSource, "occupation_name_source"),
            models.UniqueConstraint(
                fields=["occupation", "title"], name="name_once_per_occupation"
            ),
        ]

    def __str__(self) -> str:
        return self.title

"""The addresses that search engines are to know, each with the day it last changed."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from roles.models import Occupation, Role
from roles.occupations import index as occupations
from roles.sharing.pages import PAGES as ABOUT_THE_SITE
from scoring.zones import Zone

PAGES = (
    "home",
    "roles",
    "overview",
    "compare",
    "occupations",
    "changes",
    "data",
    "api",
    "method",
    "provenance",
    "suggest",
    *ABOUT_THE_SITE,
)
"""The pages of the site by the names of their addresses; what a reader works out is none."""
MOST = 10_000
"""Addresses in one file; the protocol allows 50,000."""


class Pages(Sitemap):  # type: ignore[type-arg]
    """The pages of the site, and one for each zone."""

    def items(self) -> list[str]:
        """Their paths."""
        zones = [reverse("zone", args=[zone.lower()]) for zone in Zone]
        return [*(reverse(name) for name in PAGES), *zones]

    def location(self, item: str) -> str:
        """The path is what is listed."""
        return item


class Roles(Sitemap):  # type: ignore[type-arg]
    """Every public role, but for those that were generated for tests."""

    limit = MOST

    def items(self) -> QuerySet[Role]:
        """In an order that does not change when one is published."""
        public = Role.objects.public().filter(synthetic=False)
        return public.only("slug", "last_assessed").order_by("pk")

    def lastmod(self, item: Role) -> datetime | None:
        """When its score was published, or first cited."""
        return item.last_assessed


class Occupations(Sitemap):  # type: ignore[type-arg]
    """The profile of every occupation; its figures carry years, not days."""

    limit = MOST

    def items(self) -> list[Occupation]:
        """By code."""
        return list(occupations.current().occupations)


SITEMAPS = {"pages": Pages, "roles": Roles, "occupations": Occupations}

"""What the address of a comparison says: the roles, and the two that a narrow screen shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

LONGEST_NAME = 200
"""Characters of a name that are looked for."""


@dataclass(frozen=True, slots=True)
class Address:
    """The state of a comparison."""

    slugs: tuple[str, ...]
    shown: tuple[str, ...] = ()
    """The two that a narrow screen shows; none where the first two are."""
    name: str = ""
    """Of a role that is to be added, as somebody typed it."""
    instead_of: str = ""
    """The role in whose place it is to be put; empty where it comes last."""

    @classmethod
    def of(cls, asked: QueryDict) -> Self:
        """Read a query string; each role counts once, and what no address can have is left out."""
        slugs = [slug for slug in dict.fromkeys(asked.getlist("role")) if "\x00" not in slug]
        shown = [slug for slug in dict.fromkeys(asked.getlist("show")) if slug in slugs]
        name = " ".join(asked.get("add", "").replace("\x00", " ").split())[:LONGEST_NAME]
        return cls(tuple(slugs), tuple(shown), name, asked.get("swap", ""))

    @property
    def url(self) -> str:
        """Where the comparison of these roles stands."""
        names = [("role", slug) for slug in self.slugs] + [("show", slug) for slug in self.shown]
        return f"{reverse('compare')}?{urlencode(names)}" if names else reverse("compare")

    @property
    def picture(self) -> str:
        """Where the picture of this comparison is."""
        return f"{reverse('compare_card')}?{urlencode([('role', slug) for slug in self.slugs])}"

    def pair(self, slugs: Sequence[str]) -> tuple[str, ...]:
        """The two of these roles that a narrow screen shows."""
        shown = [slug for slug in self.shown if slug in slugs]
        return tuple(dict.fromkeys([*shown, *slugs]))[:2]

    def adding(self, slug: str) -> Self:
        """The comparison with one more role, or with it in the place of the one to be swapped."""
        if slug in self.slugs:
            slugs = self.slugs
        elif self.instead_of in self.slugs:
            slugs = tuple(slug if one == self.instead_of else one for one in self.slugs)
        else:
            slugs = (*self.slugs, slug)
        return replace(self, slugs=slugs, name="", instead_of="")

    def without(self, slug: str) -> Self:
        """The comparison without one of its roles."""
        slugs = tuple(one for one in self.slugs if one != slug)
        return replace(self, slugs=slugs, shown=(), name="", instead_of="")

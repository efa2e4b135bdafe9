"""What roles are filtered and sorted by: these are the only lists of it.

Adding a facet is one line here. Its values are taken from the role when the index is built.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from roles.models import Role
from roles.vocabulary import Standing
from scoring.zones import SubLabel, Zone

SHARE_BANDS = {
    "0": "under 20 %",
    "1": "20 to 39 %",
    "2": "40 to 59 %",
    "3": "60 to 79 %",
    "4": "80 % and more",
    "-1": "not known",
}


def _share_band(role: Role) -> str:
    if role.share_3_plus is None:
        return "-1"
    return str(min(int(role.share_3_plus // 20), 4))


@dataclass(frozen=True, slots=True)
class Facet:
    """Something that roles are filtered by."""

    name: str
    """As the URL calls it."""
    title: str
    of: Callable[[Role], str]
    """The value of a role."""
    values: tuple[str, ...] | None = None
    """Those there are, in their order; None where the roles themselves say, by their number."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What values are called, where that is not the value itself."""

    @property
    def in_a_sentence(self) -> str:
        """Its title within a sentence."""
        return self.title[:1].lower() + self.title[1:]

    def label(self, value: str) -> str:
        """What a value is called."""
        return self.labels.get(value) or value or "not stated"


FACETS = (
    Facet("zone", "Zone", lambda role: role.zone, tuple(Zone)),
    Facet("label", "Sub-label", lambda role: role.sub_label, tuple(SubLabel)),
    Facet("sector", "Sector", lambda role: role.sector),
    Facet("country", "Country", lambda role: role.country),
    Facet("seniority", "Seniority", lambda role: role.seniority_level),
    Facet("share", "Work that AI can do much of", _share_band, tuple(SHARE_BANDS), SHARE_BANDS),
    Facet("standing", "Provenance", lambda role: role.standing, tuple(Standing)),
)


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of roles: its name in words, and what a role is sorted by before its title."""

    label: str
    key: Callable[[Role], Any]


def _day(moment: datetime | None) -> int:
    return localdate(moment).toordinal() if moment else 0


SORTS = {
    "-score": Sort("highest score", lambda role: -(role.score or 0)),
    "score": Sort("lowest score", lambda role: role.score),
    "title": Sort("title", lambda _: 0),
    "recent": Sort("last assessed", lambda role: -_day(role.last_assessed)),
    "boundary": Sort("closest to a zone boundary", lambda role: role.boundary_distance),
}

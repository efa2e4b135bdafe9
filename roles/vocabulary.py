"""The words that every room speaks: what an assessment is on its way, and what a score rests on."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Status(StrEnum):
    """Where an assessment is on its way to the reader."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    DELETED = "deleted"

    @property
    def label(self) -> str:
        """The status as people read it: "In review"."""
        return self.value.replace("_", " ").capitalize()


OPEN = (Status.DRAFT, Status.IN_REVIEW)
"""Those in which an assessment can be changed."""


READABLE = (Status.PUBLISHED, Status.SUPERSEDED)
"""Those that readers can open."""
OVERDUE = timedelta(minutes=5)
"""So long after its planned time a version is overdue: what is due is published each minute."""
REVIEWED_WITHIN = timedelta(days=365)
"""After its publication a version is to be looked at again: readers are told, editors reminded."""


class Provenance(StrEnum):
    """Where an assessment comes from: a document from outside, or one written here."""

    PUBLISHED = "Published"
    SAMPLE = "Sample"


class Standing(StrEnum):
    """What a role's score rests on, for the reader."""

    PUBLISHED = "Published"
    SAMPLE = "Sample"
    CITED = "Cited"


class RelationKind(StrEnum):
    """How one role relates to another."""

    ADJACENT = "Adjacent"
    DISTINCT_FROM = "Distinct from"
    CAREER_MOVE = "Career move"


class TitleSource(StrEnum):
    """Where another title of an occupation comes from."""

    WRITTEN = "Written here"
    RELEASE = "O*NET"


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms something may be used."""

    name: str
    """As SPDX has it, for programs."""
    title: str
    """As people write it."""
    url: str


LICENCE = Licence("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
"""That of the assessments; the figures of an occupation have that of who published them."""

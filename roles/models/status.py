"""Where an assessment is on its way to the reader."""

from enum import StrEnum

from django.db import models


class Status(models.TextChoices):
    """The states of an assessment."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    DELETED = "deleted", "Deleted"


OPEN = (Status.DRAFT, Status.IN_REVIEW)
"""Those in which an assessment can be changed."""


READABLE = (Status.PUBLISHED, Status.SUPERSEDED)
"""Those that readers can open."""


class Standing(StrEnum):
    """What a role's score rests on, for the reader."""

    PUBLISHED = "Published"
    SAMPLE = "Sample"
    CITED = "Cited"

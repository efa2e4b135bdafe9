"""Where an assessment is on its way to the reader."""

from django.db import models


class Status(models.TextChoices):
    """The states of an assessment."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"


OPEN = (Status.DRAFT, Status.IN_REVIEW)
"""Those in which an assessment can be changed."""

"""The source: where the evidence of an assessment can be read."""

from django.core.validators import URLValidator
from django.db import models

from roles.documents.fields import MAX_YEAR
from roles.models.assessment import Assessment
from roles.models.field_types import PlainChar, PlainText, choices, matches, not_empty, one_of
from roles.models.tracking import tracked
from scoring.dimensions import EvidenceDimension


@tracked()
class Source(models.Model):
    """A publication that supports the evidence of one dimension."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="sources")
    dimension = models.CharField(max_length=40, choices=choices(EvidenceDimension))
    title = PlainText()
    publisher = PlainText()
    url = PlainText("URL", validators=[URLValidator(schemes=["http", "https"])])
    seen = PlainChar(
        max_length=MAX_YEAR, blank=True, default="", help_text="Year, or the date seen"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            not_empty("title", "source_title_not_empty"),
            one_of("dimension", EvidenceDimension, "source_dimension"),
            matches("url", r"^(https?://\S+)?\Z", "source_url"),
        ]

    def __str__(self) -> str:
        return self.title

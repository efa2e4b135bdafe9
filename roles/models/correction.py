"""The correction: what an assessor puts right of a document outside its arithmetic."""

from django.db import models

from roles.models.assessment import Assessment
from roles.models.field_types import PlainText, not_empty
from roles.models.tracking import tracked


@tracked()
class Correction(models.Model):
    """A claim that is known to be wrong, as a pay scale of another year, with what is right."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="corrections")
    claim = PlainText(blank=False, help_text="What the document says, in its words.")
    correction = PlainText(blank=False, help_text="What is right.")
    source = PlainText(
        blank=False, help_text="Where that can be read, such as [NHS Employers](https://…)."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            not_empty(name, f"correction_{name}_not_empty")
            for name in ("claim", "correction", "source")
        ]

    def __str__(self) -> str:
        return self.claim

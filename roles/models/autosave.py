"""What people have typed into the form of an assessment and not saved, and what it was before."""

from django.conf import settings
from django.db import models

from roles.models.assessment import Assessment
from roles.models.role import Role


class FormSnapshot(models.Model):
    """The form of an assessment as one edition of it was opened for change.

    What somebody types is held against it: so it is known which of two people changed what. One
    row for each edition that was opened, whoever opened it; it outlives an assessment that an
    import replaces, for what was typed into it.
    """

    assessment = models.ForeignKey(
        Assessment, on_delete=models.SET_NULL, null=True, related_name="snapshots"
    )
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    edition = models.PositiveIntegerField()
    data = models.TextField(help_text="The form as a browser would post it, URL-encoded.")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "edition"], name="one_snapshot_each")
        ]

    def __str__(self) -> str:
        return f"{self.role}, edition {self.edition}"

    def is_of(self, assessment: Assessment) -> bool:
        """Whether the assessment is still what was opened."""
        return (self.assessment, self.edition) == (assessment, assessment.edition)


class Autosave(models.Model):
    """What somebody has typed into one opened form and not saved yet: a slot.

    Every form that is opened has a slot of its own, so two tabs have two. It is no version and
    changes nothing of the assessment. Saving the form spends it: it is emptied, and stays for a
    while, so that what was still on its way is not kept as something new.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(help_text="Of the opened form.")
    opened = models.ForeignKey(
        FormSnapshot,
        on_delete=models.SET_NULL,
        null=True,
        related_name="slots",
        help_text="The form before anything was typed; none for a new assessment.",
    )
    data = models.TextField(help_text="The form as it was posted, URL-encoded.")
    saved_at = models.DateTimeField(auto_now=True)
    spent_at = models.DateTimeField(null=True)
    became = models.ForeignKey(
        Assessment,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="What the form was saved as.",
    )

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_slot_each")]

    def __str__(self) -> str:
        return f"{self.user}, {self.saved_at:%H:%M}"

    @property
    def assessment(self) -> Assessment | None:
        """What the form was of; None for a new one, and where it has gone."""
        return self.opened.assessment if self.opened else None

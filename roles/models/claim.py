"""The claim: what the source document states about a figure."""

from django.db import models

from roles.models.assessment import Assessment
from roles.models.fields import PlainText, choices_of, not_empty, one_of
from roles.sql import triggers
from scoring.claims import Claim as StatedClaim
from scoring.claims import Figure


class Claim(models.Model):
    """A figure as the document states it. It is shown beside the computed one, never instead."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="claims")
    figure = models.CharField(max_length=30, choices=choices_of(Figure))
    claimed = models.CharField(max_length=40)
    place = PlainText(help_text="Where in the document it stands.")
    subject = PlainText(help_text="The task's number, the mode or the neighbour it is about.")
    quoted = models.BooleanField(
        default=False, help_text="Read from the prose, not from a table or formula line."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["quoted", "position", "pk"]
        constraints = [
            one_of("figure", Figure, "claim_figure"),
            not_empty("claimed", "claim_not_empty"),
        ]
        triggers = [triggers.protect_published_rows()]

    def __str__(self) -> str:
        return f"{self.figure}: {self.claimed}"

    def stated(self) -> StatedClaim:
        """The claim as scoring holds it against the figures."""
        return StatedClaim(Figure(self.figure), self.claimed, self.place, self.subject)

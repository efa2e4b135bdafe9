"""The claim: what the source document states about a figure."""

from django.db import models

from roles.models.assessment import Assessment
from roles.models.field_types import PlainText, not_empty, one_of
from scoring.claims import CLAIMABLE, StatedClaim


def figure_choices() -> list[tuple[str, str]]:
    """The figures that a document can state."""
    return [(name, figure.label) for name, figure in CLAIMABLE.items()]


class Claim(models.Model):
    """A figure as the document states it. It is shown beside the computed one, never instead."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="claims")
    figure = models.CharField(max_length=30, choices=figure_choices)
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
            one_of("figure", CLAIMABLE, "claim_figure"),
            not_empty("claimed", "claim_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.figure}: {self.claimed}"

    def stated(self) -> StatedClaim:
        """The claim as scoring holds it against the figures."""
        return StatedClaim(CLAIMABLE[self.figure], self.claimed, self.place, self.subject)

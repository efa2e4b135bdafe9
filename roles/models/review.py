"""What people say about an assessment while it is under way."""

from django.conf import settings
from django.db import models

from roles.documents.layout import Section
from roles.models.assessment import Assessment
from roles.models.field_types import PlainText, choices, not_empty, one_of


class ReviewComment(models.Model):
    """A reviewer's remark on one section of an assessment."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(max_length=60, choices=choices(Section))
    text = PlainText(blank=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            not_empty("text", "comment_not_empty"),
            one_of("section", Section, "comment_section"),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.text[:60]}"

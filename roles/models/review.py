"""What people say about an assessment while it is under way."""

from typing import Self

from django.conf import settings
from django.db import models

from roles.documents.layout import Section
from roles.models.assessment import Assessment
from roles.models.field_types import PlainText, choices, not_empty, one_of


class RemarkQuerySet(models.QuerySet["ReviewComment"]):
    """Queries over remarks."""

    def threads(self) -> Self:
        """The remarks that are no answers, each with its answers and who wrote them."""
        answers = ReviewComment.objects.select_related("author")
        return (
            self.filter(answers_to=None)
            .select_related("author", "resolved_by")
            .prefetch_related(models.Prefetch("answers", answers))
        )

    def unsettled(self) -> Self:
        """Remarks that nobody has settled; answers are not settled by themselves."""
        return self.filter(answers_to=None, resolved_at=None)


class ReviewComment(models.Model):
    """A reviewer's remark on one section of an assessment, or an answer to one.

    Answers have the section of the remark, and no answers of their own; a remark is settled with
    all its answers.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(max_length=60, choices=choices(Section))
    text = PlainText(blank=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answers_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="answers"
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            not_empty("text", "comment_not_empty"),
            one_of("section", Section, "comment_section"),
            models.CheckConstraint(
                condition=models.Q(answers_to=None) | models.Q(resolved_at=None),
                name="comment_answer_is_not_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.text[:60]}"

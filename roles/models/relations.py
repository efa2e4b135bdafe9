"""What an assessment says of other roles and of other levels of its own.

Relations that the text "What this role is not" names, and the bands of the seniority note,
are read from those texts (``services.quotes``) and never edited apart from them.
"""

from django.db import models
from django.db.models import F, Q

from roles.models.assessment import Assessment
from roles.models.field_types import PlainText, choices, in_range, not_empty, one_of
from roles.models.role import Role
from roles.querysets import RelationQuerySet
from roles.vocabulary import RelationKind
from scoring import dimensions
from scoring.zones import SubLabel, Zone


class RoleRelation(models.Model):
    """How an assessment relates its role to another, and the score it quotes for that one."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="relations")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="named_by")
    kind = models.CharField(max_length=20, choices=choices(RelationKind))
    note = PlainText()
    cited_score = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    cited_zone = models.CharField(max_length=20, blank=True, default="", choices=choices(Zone))
    cited_sub_label = models.CharField(
        max_length=20, blank=True, default="", choices=choices(SubLabel)
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            one_of("kind", RelationKind, "relation_kind"),
            in_range("cited_score", dimensions.PUBLISHED_SCORE, "relation_cited_score"),
            one_of("cited_zone", Zone, "relation_cited_zone", blank=True),
            one_of("cited_sub_label", SubLabel, "relation_cited_sub_label", blank=True),
            models.CheckConstraint(
                condition=Q(cited_score__isnull=True, cited_zone="", cited_sub_label="")
                | Q(cited_score__isnull=False) & ~Q(cited_zone=""),
                name="relation_score_with_zone",
            ),
            models.UniqueConstraint(
                fields=["assessment", "role", "kind"], name="relation_once_per_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.role}"


class SeniorityVariant(models.Model):
    """Another level of seniority, the band of scores it is put in, and why."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="seniority")
    label = PlainText()
    low = models.DecimalField(max_digits=4, decimal_places=1)
    high = models.DecimalField(max_digits=4, decimal_places=1)
    zone = models.CharField(max_length=20, choices=choices(Zone))
    reason = PlainText()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            not_empty("label", "seniority_label_not_empty"),
            in_range("low", dimensions.PUBLISHED_SCORE, "seniority_low"),
            in_range("high", dimensions.PUBLISHED_SCORE, "seniority_high"),
            models.CheckConstraint(condition=Q(low__lte=F("high")), name="seniority_low_to_high"),
            one_of("zone", Zone, "seniority_zone"),
        ]

    def __str__(self) -> str:
        return self.label

"""The queries that have a name."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from roles.models.status import OPEN, Status

if TYPE_CHECKING:
    pass

SCORED_ROWS = ("tasks", "evidence", "barriers", "principles")


class RoleQuerySet(models.QuerySet["Role"]):
    """Queries over roles."""

    def public(self) -> Self:
        """Roles with a page: a published assessment, or a score that one cites for them."""
        from roles.models import Assessment, RoleRelation

        published = Assessment.objects.filter(role=OuterRef("pk")).published()
        cited = RoleRelation.objects.filter(
            role=OuterRef("pk"), cited_score__isnull=False, assessment__status=Status.PUBLISHED
        )
        return self.filter(Exists(published) | Exists(cited))

    def with_standing(self) -> Self:
        """Public roles with the score they stand at: their published one, else one cited.

        Annotates ``standing_score``, ``zone``, ``sub_label`` and ``is_cited``.
        """
        from roles.models import Assessment, RoleRelation

        published = Assessment.objects.filter(role=OuterRef("pk")).published()
        cited = RoleRelation.objects.filter(
            role=OuterRef("pk"), cited_score__isnull=False, assessment__status=Status.PUBLISHED
        ).order_by("-assessment__published_at", "pk")

        def standing(figure: str, citation: str) -> Coalesce:
            return Coalesce(
                Subquery(published.values(figure)[:1]), Subquery(cited.values(citation)[:1])
            )

        return self.annotate(
            standing_score=standing("published_score", "cited_score"),
            zone=standing("zone", "cited_zone"),
            sub_label=standing("sub_label", "cited_sub_label"),
            is_cited=~Exists(published),
        )

    def with_citations(self) -> Self:
        """Roles with the scores that published assessments cite for them, newest first."""
        from roles.models import RoleRelation

        citations = (
            RoleRelation.objects.filter(
                cited_score__isnull=False, assessment__status=Status.PUBLISHED
            )
            .select_related("assessment__role")
            .order_by("-assessment__published_at", "pk")
        )
        return self.prefetch_related(Prefetch("named_by", citations, to_attr="citations"))


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Queries over assessments."""

    def published(self) -> Self:
        """The one version of each role that readers see first."""
        return self.filter(status=Status.PUBLISHED)

    def open(self) -> Self:
        """The versions that can still be changed."""
        return self.filter(status__in=OPEN)

    def with_scored_rows(self) -> Self:
        """With everything that the score follows from."""
        return self.prefetch_related(*SCORED_ROWS)

    def with_card(self) -> Self:
        """With everything that a role page shows."""
        from roles.models import Assessment, RoleRelation

        neighbours = RoleRelation.objects.select_related("role").prefetch_related(
            Prefetch(
                "role__assessments", Assessment.objects.published(), to_attr="published_versions"
            )
        )
        return (
            self.select_related("role")
            .with_scored_rows()
            .prefetch_related(
                "sources",
                "seniority",
                "claims",
                "role__aliases",
                "role__codes",
                Prefetch("relations", neighbours),
            )
        )

    def recalculate(self, assessment_ids: Iterable[int]) -> None:
        """Write the figures of those assessments whose score is stale.

        The one place that writes a computed column.
        """
        with transaction.atomic():
            stale = self.filter(pk__in=assessment_ids, score_is_stale=True)
            for assessment in stale.select_for_update().with_scored_rows():
                figures = assessment.expected_figures()
                super(AssessmentQuerySet, self.filter(pk=assessment.pk)).update(
                    **figures, score_is_stale=False
                )

    def update(self, **kwargs) -> int:
        """Update assessments and recalculate those that it leaves stale."""
        with transaction.atomic():
            changed = list(self.order_by().values_list("pk", flat=True))
            count = super().update(**kwargs)
            self._recalculate_changed(changed)
        return count

    def bulk_create(self, objs: Iterable[Any], *args, **kwargs) -> list[Any]:
        """Insert assessments and recalculate them."""
        with transaction.atomic():
            created = super().bulk_create(objs, *args, **kwargs)
            self._recalculate_changed([assessment.pk for assessment in created])
        return created

    def _recalculate_changed(self, assessment_ids: list[int]) -> None:
        from roles.models.assessment import recalculate

        recalculate(assessment_ids)

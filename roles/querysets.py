"""The queries that have a name."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.expressions import RawSQL

from roles.vocabulary import OPEN, READABLE, Standing, Status
from roles.whole import WholeAssessments, rows_as_json

SCORED_ROWS = ("tasks", "evidence", "barriers", "principles")


class RoleQuerySet(models.QuerySet["Role"]):
    """Queries over roles."""

    def public(self) -> Self:
        """Roles with a page: a published assessment, or a score that one cites for them."""
        return self.exclude(standing="")

    def assessed(self) -> Self:
        """Roles with a published assessment of their own."""
        return self.public().exclude(standing=Standing.CITED)

    def newest(self) -> Self:
        """The last published first."""
        return self.order_by("-last_assessed", "title", "pk").listed()

    def listed(self) -> Self:
        """With what a list tells of each role, and no more."""
        from roles.finding.listed import ListedRole

        return self.only("last_assessed", *ListedRole._fields)

    def out_of_step(self) -> Self:
        """Roles whose score in lists is not that of their published assessment."""
        return (
            self.filter(assessments__status=Status.PUBLISHED)
            .annotate(
                published=F("assessments__published_score"), published_zone=F("assessments__zone")
            )
            .filter(~Q(score=F("published")) | ~Q(zone=F("published_zone")))
        )

    def highest_in(self, zone: str) -> Self:
        """The roles of a zone, the highest score first."""
        return self.filter(zone=zone).order_by("-score", "title", "pk").listed()

    def neighbours_of(self, role: Any) -> Self:
        """Roles that a published assessment relates to this one, whichever of the two it is of."""
        from roles.models import RoleRelation

        relations = RoleRelation.objects.filter(assessment__status=Status.PUBLISHED)
        named = relations.filter(assessment__role=role).values("role")
        naming = relations.filter(role=role).values("assessment__role")
        return self.filter(Q(pk__in=named) | Q(pk__in=naming))

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

    def readable(self) -> Self:
        """The versions that readers can open, the last published first.

        Without a published version the role is withdrawn, and its earlier versions with it.
        """
        published = self.model.objects.published().filter(role=OuterRef("role"))
        return (
            self.filter(Exists(published), status__in=READABLE)
            .select_related("role")
            .order_by("-published_at", "-pk")
        )

    def ever_published(self) -> Self:
        """The versions that readers have ever been able to open, the last published first."""
        return (
            self.filter(published_at__isnull=False)
            .select_related("role")
            .order_by("-published_at", "-pk")
        )

    def with_withdrawal(self) -> Self:
        """With ``withdrawn_at``, when readers lost a version; None while they can open it.

        A version is withdrawn when it is deleted, or when the published one of its role is.
        """
        versions = self.model.objects.filter(role=OuterRef("role"))
        last = versions.filter(status=Status.DELETED, published_at__isnull=False)
        last = last.filter(superseded_at=None).order_by("-deleted_at")
        return self.annotate(
            withdrawn_at=Case(
                When(status=Status.DELETED, then=F("deleted_at")),
                When(Exists(versions.published()), then=None),
                default=Subquery(last.values("deleted_at")[:1]),
                output_field=models.DateTimeField(),
            )
        )

    def with_previous_score(self) -> Self:
        """With score and zone of the version that each replaced; None where it is the first."""
        before = (
            self.model.objects.filter(role=OuterRef("role"), version__lt=OuterRef("version"))
            .filter(status__in=READABLE)
            .order_by("-version")
        )
        return self.annotate(
            previous_score=Subquery(before.values("published_score")[:1]),
            previous_zone=Subquery(before.values("zone")[:1]),
        )

    def open(self) -> Self:
        """The versions that can still be changed."""
        return self.filter(status__in=OPEN)

    def with_scored_rows(self) -> Self:
        """With everything that the score follows from."""
        return self.prefetch_related(*SCORED_ROWS)

    def with_card(self) -> Self:
        """With everything that a role page shows, in one statement."""
        whole = self.select_related("role").annotate(rows=RawSQL(rows_as_json(self.model), ()))
        whole._iterable_class = WholeAssessments
        return whole

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

"""The queries that have a name."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from roles.vocabulary import OPEN, OVERDUE, READABLE, Status
from scoring.dimensions import DIMENSION_GROUPS
from scoring.zones import Zone

SCORED_ROWS = ("tasks", *(group.name for group in DIMENSION_GROUPS))
OTHER_ROWS = ("sources", "seniority", "claims", "corrections")
LIST_COLUMNS = (
    "slug",
    "title",
    "score",
    "range_low",
    "range_high",
    "zone",
    "sub_label",
    "standing",
    "seniority",
    "sector",
    "country",
    "share_3_plus",
    "method_version",
    "summary",
    "last_assessed",
)
"""The columns of a role that a list shows."""

if TYPE_CHECKING:
    # The classes below name their models in strings, which ruff does not read.
    from roles.models import Assessment, Occupation, Role, RoleRelation  # noqa: F401 - named in quotes below


def bare_title() -> Func:
    """A title in small letters, without a remark in parentheses."""
    parts = (Lower("title"), Value(" ("), Value(1))
    return Func(*parts, function="split_part", output_field=models.TextField())


def waiting_since() -> Subquery:
    """When the review was asked for that an assessment waits for, from its history."""
    events = apps.get_model("roles", "AssessmentEvent").objects
    before = events.filter(pgh_obj=OuterRef("pgh_obj")).exclude(status=Status.IN_REVIEW)
    last = Coalesce(Subquery(before.order_by("-pgh_id").values("pgh_id")[:1]), 0)
    since = events.filter(pgh_obj=OuterRef("pk"), status=Status.IN_REVIEW, pgh_id__gt=last)
    return Subquery(since.order_by("pgh_id").values("pgh_created_at")[:1])


class RoleQuerySet(models.QuerySet["Role"]):
    """Queries over roles."""

    def public(self) -> Self:
        """Roles with a page: a published assessment, or a score that one cites for them."""
        return self.exclude(standing="")

    def used(self, field: str) -> list[str]:
        """What the roles have in a field of words, each once, in the order of the alphabet."""
        filled = self.exclude(**{field: ""}).order_by(field)
        return list(filled.values_list(field, flat=True).distinct())

    def with_list_columns(self) -> Self:
        """With the columns that a list shows of each role, and no others."""
        return self.only(*LIST_COLUMNS)

    def for_index(self) -> Self:
        """With what roles are filtered and sorted by, and no prose."""
        return self.defer("summary")

    def in_order(self, keys: Sequence[int]) -> list[Role]:
        """The roles of these keys, in this order, with the columns that a list shows."""
        found = self.with_list_columns().in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def better_than(self, zone: Zone) -> Self:
        """Roles whose zone is a better one; the zones are declared from the best down."""
        zones = list(Zone)
        return self.filter(zone__in=zones[: zones.index(zone)])

    def nearest_in_score(self, score: Decimal, most: int) -> Self:
        """So many roles whose score is nearest to this one."""
        distance = Func(F("score") - Value(score), function="ABS")
        return self.alias(distance=distance).order_by("distance", "pk")[:most]

    def by_score(self) -> Self:
        """The lowest score first."""
        return self.order_by("score", "title", "pk").with_list_columns()

    def called(self, words: str) -> Self:
        """Roles of this slug or title; where there are none, those with the words in a name."""
        exactly = self.filter(Q(slug=words) | Q(title__iexact=words)).with_list_columns()
        named = Q(title__icontains=words) | Q(aliases__title__icontains=words)
        return exactly if exactly.exists() else self.filter(named).distinct().with_list_columns()

    def neighbours_of(self, role: Role) -> Self:
        """Roles that a published assessment relates to this one, whichever of the two it is of."""
        relations = apps.get_model("roles", "RoleRelation").objects.filter(
            assessment__status=Status.PUBLISHED
        )
        named = relations.filter(assessment__role=role).values("role")
        naming = relations.filter(role=role).values("assessment__role")
        return self.filter(Q(pk__in=named) | Q(pk__in=naming))

    def with_published(self, assessments: AssessmentQuerySet) -> Self:
        """With names and codes, and ``published``: its one published assessment, or none."""
        published = Prefetch("assessments", assessments.published(), to_attr="published")
        return self.prefetch_related("aliases", "codes", published)

    def with_citations(self) -> Self:
        """Roles with the scores that published assessments cite for them, newest first."""
        relations = apps.get_model("roles", "RoleRelation").objects
        citations = relations.citing().select_related("assessment__role")
        return self.prefetch_related(Prefetch("named_by", citations, to_attr="citations"))


class RelationQuerySet(models.QuerySet["RoleRelation"]):
    """Queries over what assessments say of other roles."""

    def citing(self) -> Self:
        """Those with a score that a published assessment cites, the newest first."""
        return self.filter(cited_score__isnull=False, assessment__status=Status.PUBLISHED).order_by(
            "-assessment__published_at", "pk"
        )


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
        """With score, zone and provenance of what each version replaced; None for the first."""
        before = (
            self.model.objects.filter(role=OuterRef("role"), version__lt=OuterRef("version"))
            .filter(status__in=READABLE)
            .order_by("-version")
        )
        return self.annotate(
            previous_score=Subquery(before.values("published_score")[:1]),
            previous_zone=Subquery(before.values("zone")[:1]),
            previous_provenance=Subquery(before.values("provenance")[:1]),
        )

    def open(self) -> Self:
        """The versions that can still be changed."""
        return self.filter(status__in=OPEN)

    def due(self) -> Self:
        """What is to be published by itself and whose time has come, the earliest first."""
        scheduled = self.filter(publish_at__lte=timezone.now(), status=Status.IN_REVIEW)
        return scheduled.select_related("role").order_by("publish_at", "pk")

    def overdue(self) -> Self:
        """What is due for so long that whatever publishes it does not run, or is refused."""
        return self.due().filter(publish_at__lt=timezone.now() - OVERDUE)

    def in_review(self) -> Self:
        """Those that wait for a review, with ``waiting_since``."""
        return self.filter(status=Status.IN_REVIEW).annotate(waiting_since=waiting_since())

    def with_scored_rows(self) -> Self:
        """With everything that the score follows from."""
        return self.prefetch_related(*SCORED_ROWS)

    def with_document(self) -> Self:
        """With everything that stands in the document of an assessment."""
        identity = ("role__aliases", "role__codes")
        relations = apps.get_model("roles", "RoleRelation").objects.select_related("role")
        return self.select_related("role").prefetch_related(
            *SCORED_ROWS, *OTHER_ROWS, *identity, Prefetch("relations", relations)
        )


class OccupationQuerySet(models.QuerySet["Occupation"]):
    """Queries over occupations."""

    def coded(self, code: str) -> Occupation | None:
        """That of an O*NET-SOC code, or the one that a SOC code alone stands for."""
        return self.filter(code=code if "." in code else f"{code}.00").first()

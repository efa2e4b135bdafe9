"""The worklist: what needs doing, on the first page of the admin."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from roles.finding import index as catalogue
from roles.models import Assessment, Claim, MissedSearch, Role
from roles.querysets import AssessmentQuerySet
from roles.reading.card import checked_claims, neighbours_of
from roles.vocabulary import REVIEWED_WITHIN, Provenance, Standing, Status
from scoring.figures import score
from scoring.warnings import Warned, warnings

STALLED = timedelta(days=14)
MOST = 10
WARNED = {
    Warned.LARGE_ADJUSTMENT: "Large adjustment of the task resistance",
    Warned.LARGE_OVERRIDE: "Large override of the score",
    Warned.OVERRIDE_CHANGES_ZONE: "Override that changes the zone",
}
"""The warnings that have a group of their own."""


@dataclass(frozen=True, slots=True)
class WorklistGroup:
    """Assessments that need the same thing done."""

    title: str
    assessments: list[Assessment]


def groups(person: User) -> list[WorklistGroup]:
    """What this person can do something about; empty groups are left out."""
    seen = Assessment.objects.select_related("role").order_by("updated_at", "pk")
    if not person.has_perm("roles.review_assessment"):
        seen = seen.filter(author=person)
    now = timezone.now()
    published = seen.filter(status=Status.PUBLISHED, role__synthetic=False)
    found = [
        WorklistGroup("In review", _first(seen.filter(status=Status.IN_REVIEW))),
        WorklistGroup(
            "Drafts that nobody has touched for two weeks",
            _first(seen.filter(status=Status.DRAFT, updated_at__lt=now - STALLED)),
        ),
        WorklistGroup(
            "Open remarks of reviewers",
            _first(seen.open().filter(comments__resolved_at=None, comments__pk__gt=0).distinct()),
        ),
        WorklistGroup(
            "Published more than a year ago",
            _first(published.filter(published_at__lt=now - REVIEWED_WITHIN)),
        ),
        *_warned(published),
    ]
    return [group for group in found if group.assessments]


def cited_only() -> list[Role]:
    """Roles with only a cited score, those that most others link to first."""
    cited = Role.objects.filter(standing=Standing.CITED, synthetic=False)
    return list(cited.annotate(links=Count("named_by")).order_by("-links", "title")[:MOST])


def not_found() -> list[MissedSearch]:
    """What readers looked for most and no job is called, without what is found by now."""
    titles = catalogue.current().titles
    wanted = MissedSearch.objects.most_wanted()[: MOST * MOST]
    return [missed for missed in wanted if not titles.find(missed.words).hits][:MOST]


def unreproduced() -> list[tuple[Assessment, int]]:
    """Published assessments whose source states figures that its inputs do not give."""
    stating = Claim.objects.filter(
        assessment__status=Status.PUBLISHED, assessment__provenance=Provenance.PUBLISHED
    )
    found = Assessment.objects.filter(pk__in=stating.values("assessment")).with_document()[:MOST]
    counted = [(assessment, _unreproduced_in(assessment)) for assessment in found]
    return [(assessment, many) for assessment, many in counted if many]


def _unreproduced_in(assessment: Assessment) -> int:
    scored = score(assessment.inputs(), assessment.method)
    claims = checked_claims(assessment, scored, neighbours_of(assessment, scored))
    return sum(not checked.reproduces for checked in claims)


def _warned(published: AssessmentQuerySet) -> list[WorklistGroup]:
    """Published assessments that an assessor has steered so far that the method warns of it."""
    steered = Q(adjusted_task_resistance__isnull=False) | Q(override__isnull=False)
    found = [
        (assessment, {warning.about for warning in warnings(scored)})
        for assessment in published.filter(steered).with_scored_rows()
        if (scored := assessment.score())
    ]
    return [
        WorklistGroup(title, [assessment for assessment, about in found if kind in about][:MOST])
        for kind, title in WARNED.items()
    ]


def _first(assessments: QuerySet[Assessment]) -> list[Assessment]:
    return list(assessments[:MOST])

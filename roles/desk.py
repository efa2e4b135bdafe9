"""What needs doing: the lists on the desk of those who keep the assessments."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from roles.models import Assessment, Claim, Role
from roles.models.status import Standing, Status
from scoring.method import GREEN_FROM, LARGE_ADJUSTMENT, LARGE_OVERRIDE, YELLOW_FROM, Zone

STALLED = timedelta(days=14)
OLD = timedelta(days=365)
MOST = 10


@dataclass(frozen=True, slots=True)
class Pile:
    """Things of one kind that wait for somebody."""

    title: str
    assessments: list[Assessment]


def piles(person) -> list[Pile]:
    """What this person can do something about; empty piles are left out."""
    seen = Assessment.objects.select_related("role").order_by("updated_at", "pk")
    if not person.has_perm("roles.review_assessment"):
        seen = seen.filter(author=person)
    now = timezone.now()
    published = seen.filter(status=Status.PUBLISHED, role__synthetic=False)
    found = [
        Pile("In review", _first(seen.filter(status=Status.IN_REVIEW))),
        Pile(
            "Drafts that nobody has touched for two weeks",
            _first(seen.filter(status=Status.DRAFT, updated_at__lt=now - STALLED)),
        ),
        Pile(
            "Open remarks of reviewers",
            _first(seen.open().filter(comments__resolved_at=None, comments__pk__gt=0).distinct()),
        ),
        Pile(
            "Published more than a year ago",
            _first(published.filter(published_at__lt=now - OLD)),
        ),
        Pile(
            "Large adjustment of the task resistance",
            _first(
                published.filter(adjusted_task_resistance__isnull=False).filter(
                    Q(task_resistance_raw__gt=F("adjusted_task_resistance") + LARGE_ADJUSTMENT)
                    | Q(task_resistance_raw__lt=F("adjusted_task_resistance") - LARGE_ADJUSTMENT)
                )
            ),
        ),
        Pile(
            "Large override of the score",
            _first(
                published.filter(override__isnull=False).filter(
                    Q(published_score__gt=F("formula_score") + LARGE_OVERRIDE)
                    | Q(published_score__lt=F("formula_score") - LARGE_OVERRIDE)
                )
            ),
        ),
        Pile("Override that changes the zone", _first(published.exclude(_zone_of_formula()))),
    ]
    return [pile for pile in found if pile.assessments]


def cited_only() -> list[Role]:
    """Roles with only a cited score, those that most others link to first."""
    cited = Role.objects.filter(standing=Standing.CITED, synthetic=False)
    return list(cited.annotate(links=Count("named_by")).order_by("-links", "title")[:MOST])


def unreproduced() -> list[tuple[Assessment, int]]:
    """Published assessments whose source states figures that its inputs do not give."""
    from roles.card import card_of

    stating = Claim.objects.filter(
        assessment__status=Status.PUBLISHED, assessment__provenance="Published"
    )
    found = Assessment.objects.filter(pk__in=stating.values("assessment")).with_card()[:MOST]
    counted = [(assessment, len(card_of(assessment).unreproduced)) for assessment in found]
    return [(assessment, many) for assessment, many in counted if many]


def _zone_of_formula() -> Q:
    """Published in the zone in which the formula score lies."""
    return (
        Q(zone=Zone.GREEN, formula_score__gte=GREEN_FROM)
        | Q(zone=Zone.YELLOW, formula_score__gte=YELLOW_FROM, formula_score__lt=GREEN_FROM)
        | Q(zone=Zone.RED, formula_score__lt=YELLOW_FROM)
    )


def _first(assessments) -> list[Assessment]:
    return list(assessments[:MOST])

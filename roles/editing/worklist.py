"""The worklist: what needs doing, on the first page of the admin and as a filter of its list."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, Count, Exists, OuterRef, Q, TextField, Value, When
from django.db.models.expressions import OrderBy
from django.utils import timezone

from roles.finding import index as catalogue
from roles.models import Assessment, LinkCheck, MissedSearch, ReviewComment, Role, Source
from roles.querysets import AssessmentQuerySet, RoleQuerySet, waiting_since
from roles.reading.card import checked_claims, neighbours_of
from roles.vocabulary import OPEN, OVERDUE, REVIEWED_WITHIN, Provenance, Standing, Status
from scoring.figures import score
from scoring.warnings import Warned, warnings

STALLED = timedelta(days=14)
MOST = 10
"""Entries of a group on the first page; the list has them all."""
WARNED = (Warned.LARGE_ADJUSTMENT, Warned.LARGE_OVERRIDE, Warned.OVERRIDE_CHANGES_ZONE)
"""The warnings of the method that somebody should look into again."""


@dataclass(frozen=True, slots=True)
class Need:
    """Something that needs doing, and the assessments that need it."""

    name: str
    """As the address of the list has it."""
    title: str
    find: Callable[[AssessmentQuerySet, User], AssessmentQuerySet]
    """Those of a queryset; what is to be said of each is its ``note``, where there is one."""
    order: tuple[str | OrderBy, ...] = ("updated_at", "pk")


@dataclass(frozen=True, slots=True)
class Entry:
    """An assessment in a group of the worklist."""

    assessment: Assessment
    note: str
    is_late: bool
    """Whether it should have been published by itself by now."""


@dataclass(frozen=True, slots=True)
class Group:
    """The first assessments with one need, and how many have it."""

    need: Need
    entries: list[Entry]
    count: int


def groups(seen: AssessmentQuerySet, person: User) -> list[Group]:
    """What this person can do something about, of what they see; empty groups are left out."""
    found = [_group(need, seen, person) for need in NEEDS]
    return [group for group in found if group.entries]


def need_called(name: str | None) -> Need | None:
    """The need of this name, if there is one."""
    return next((need for need in NEEDS if need.name == name), None)


def cited_only() -> RoleQuerySet:
    """Roles with only a cited score, those that most others link to first."""
    cited = Role.objects.filter(standing=Standing.CITED, synthetic=False)
    return cited.annotate(links=Count("named_by")).order_by("-links", "title")


def not_found() -> list[MissedSearch]:
    """What readers looked for most and no job is called, without what is found by now."""
    titles = catalogue.current().titles
    wanted = MissedSearch.objects.most_wanted()[: MOST * MOST]
    return [missed for missed in wanted if not titles.find(missed.words).hits][:MOST]


def last_day(seen: str) -> date | None:
    """The last day that the date of a source can mean: the day it names, or the end of its year."""
    for form in ("%Y-%m-%d", "%d %B %Y"):
        with suppress(ValueError):
            return datetime.strptime(seen.strip(), form).date()
    years = re.findall(r"\b(?:19|20)\d\d\b", seen)
    return date(int(years[-1]), 12, 31) if years else None


def _group(need: Need, seen: AssessmentQuerySet, person: User) -> Group:
    found = (
        need.find(seen, person).select_related("role", "author", "reviewer").order_by(*need.order)
    )
    first = list(found[: MOST + 1])
    return Group(
        need=need,
        entries=[Entry(one, getattr(one, "note", ""), _is_late(one)) for one in first[:MOST]],
        count=len(first) if len(first) <= MOST else found.count(),
    )


def _is_late(assessment: Assessment) -> bool:
    planned = assessment.publish_at
    return planned is not None and planned < timezone.now() - OVERDUE


def _content(found: AssessmentQuerySet) -> AssessmentQuerySet:
    """What readers see, without what was made for tests."""
    return found.published().filter(role__synthetic=False)


def _unreproduced(found: AssessmentQuerySet, _: User) -> AssessmentQuerySet:
    stating = _content(found).filter(provenance=Provenance.PUBLISHED, claims__pk__gt=0)
    counted = {
        assessment.pk: _unreproduced_in(assessment)
        for assessment in Assessment.objects.filter(pk__in=_keys(stating)).with_document()
    }
    return _noted(found, {pk: _counted(many, "claim") for pk, many in counted.items() if many})


def _unreproduced_in(assessment: Assessment) -> int:
    scored = score(assessment.inputs(), assessment.method)
    claims = checked_claims(assessment, scored, neighbours_of(assessment, scored))
    return sum(not checked.reproduces for checked in claims)


def _warned(found: AssessmentQuerySet, _: User) -> AssessmentQuerySet:
    """Those that an assessor has steered so far that the method warns of it."""
    steered = Q(adjusted_task_resistance__isnull=False) | Q(override__isnull=False)
    notes = {
        assessment.pk: "; ".join(one.about for one in warnings(scored) if one.about in WARNED)
        for assessment in _content(found).filter(steered).order_by().with_scored_rows()
        if (scored := assessment.score())
    }
    return _noted(found, {pk: about for pk, about in notes.items() if about})


def _old_evidence(found: AssessmentQuerySet, _: User) -> AssessmentQuerySet:
    sources = Source.objects.filter(assessment__in=_keys(_content(found)))
    limit = timezone.now().date() - REVIEWED_WITHIN
    old: dict[int, int] = {}
    for pk, seen in sources.exclude(seen="").values_list("assessment", "seen"):
        if (day := last_day(seen)) and day < limit:
            old[pk] = old.get(pk, 0) + 1
    return _noted(found, {pk: _counted(many, "source") for pk, many in old.items()})


def _dead_sources(found: AssessmentQuerySet, _: User) -> AssessmentQuerySet:
    dead = {checked.url: str(checked) for checked in LinkCheck.objects.dead()}
    sources = Source.objects.filter(url__in=list(dead), assessment__in=_keys(_in_use(found)))
    notes: dict[int, dict[str, None]] = {}
    for pk, url in sources.values_list("assessment", "url"):
        notes.setdefault(pk, {})[dead[url]] = None
    return _noted(found, {pk: "; ".join(answers) for pk, answers in notes.items()})


def _unopened_sources(found: AssessmentQuerySet, _: User) -> AssessmentQuerySet:
    opened = LinkCheck.objects.values("url")
    sources = Source.objects.filter(assessment=OuterRef("pk")).exclude(url="")
    return _in_use(found).filter(Exists(sources.exclude(url__in=opened)))


def _with_open_remarks(found: AssessmentQuerySet, _: User) -> AssessmentQuerySet:
    remarks = ReviewComment.objects.unsettled().filter(assessment=OuterRef("pk"))
    return found.open().filter(Exists(remarks))


def _in_use(found: AssessmentQuerySet) -> AssessmentQuerySet:
    """What readers see and what may come to them."""
    return found.filter(status__in=(*OPEN, Status.PUBLISHED), role__synthetic=False)


def _keys(found: AssessmentQuerySet) -> Any:
    """Their keys, for another query."""
    return found.order_by().values("pk")


def _noted(found: AssessmentQuerySet, notes: Mapping[int, str]) -> AssessmentQuerySet:
    """The assessments of these keys, each with its note."""
    cases = [When(pk=pk, then=Value(note)) for pk, note in notes.items()]
    chosen = found.filter(pk__in=list(notes))
    return chosen.annotate(note=Case(*cases, default=Value(""), output_field=TextField()))


def _counted(many: int, thing: str) -> str:
    return f"{many} {thing}{'' if many == 1 else 's'}"


NEEDS = (
    Need("yours", "Your drafts", lambda found, person: found.open().filter(author=person)),
    Need(
        "yours-to-review",
        "Waiting for your review",
        lambda found, person: found.in_review().filter(reviewer=person),
        (waiting_since().asc(), "pk"),
    ),
    Need(
        "review",
        "To review, the longest waiting first",
        lambda found, _: found.in_review(),
        (waiting_since().asc(), "pk"),
    ),
    Need("overdue", "Planned, and not published in time", lambda found, _: found.overdue()),
    Need("remarks", "Open remarks of reviewers", _with_open_remarks),
    Need(
        "stalled",
        "Drafts that nobody has touched for two weeks",
        lambda found, _: found.filter(status=Status.DRAFT, updated_at__lt=timezone.now() - STALLED),
    ),
    Need("claims", "Claims that do not reproduce", _unreproduced),
    Need("dead", "Sources where nothing is found any more", _dead_sources),
    Need("unopened", "Sources that were never opened", _unopened_sources),
    Need("evidence", "Evidence older than a year", _old_evidence),
    Need(
        "old",
        "Published more than a year ago",
        lambda found, _: _content(found).filter(published_at__lt=timezone.now() - REVIEWED_WITHIN),
        ("published_at", "pk"),
    ),
    Need("steered", "Adjusted or overridden further than the method expects", _warned),
)
"""What needs doing, the most urgent first."""

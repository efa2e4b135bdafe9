"""One role, its versions and its history; what changed; how the score works."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from roles.documents.diff import diff
from roles.documents.fields import AssessmentDocument
from roles.documents.second_ratings import agreement
from roles.drawing.history import Point
from roles.models import Assessment, Role
from roles.occupations import index as occupations
from roles.occupations.careers import services_of
from roles.occupations.correlation import correlations
from roles.occupations.facts import facts_of
from roles.reading.card import card_of
from roles.reading.gone import gone, on, withdrawn
from roles.reading.nearby import NEAR_IN_SCORE
from roles.services.export_document import document_of
from roles.services.preview_link import previewed
from roles.vocabulary import Provenance, Status
from scoring import rubric
from scoring.dimensions import DIMENSION_GROUPS, TASK_SCORE
from scoring.method import CURRENT
from scoring.uncertainty import CLEARLY_HIGHER

PAGE_SIZE = 50
EXAMPLE = "clinical-coder-nhs"
"""The role of section 8, whose figures the page of the method works out."""


@require_safe
def role(request: HttpRequest, slug: str) -> HttpResponse:
    """The role page; for a role with only a cited score, what is known of it."""
    assessment = Assessment.objects.published().filter(role__slug=slug).with_document().first()
    if assessment:
        return _role_page(request, assessment)
    cited = Role.objects.public().with_citations().filter(slug=slug).first()
    if cited:
        return render(
            request, "pages/cited_role.html", {"role": cited, "careers": services_of(cited.country)}
        )
    return withdrawn(request, slug)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version of a role's assessment, the published one or one that it superseded."""
    assessment = _readable_version(slug, number)
    if assessment is None:
        return withdrawn(request, slug, number)
    return _role_page(request, assessment)


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every published version of a role, the score over versions, and any two compared."""
    versions = list(Assessment.objects.readable().filter(role__slug=slug).order_by("version"))
    if not versions:
        return withdrawn(request, slug)
    role = versions[0].role
    numbers = [version.version for version in versions]
    after = _chosen(request, "to", numbers, numbers[-1])
    before = _chosen(request, "from", numbers, numbers[max(numbers.index(after) - 1, 0)])
    context = {
        "role": role,
        "versions": versions,
        "points": Point.of(versions),
        "method": versions[-1].method,
        "before": before,
        "after": after,
        "diff": diff(_document(role, before), _document(role, after)) if before != after else None,
    }
    return render(request, "pages/history.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Everything that was published, newest first, with what it replaced or when it went."""
    log = Assessment.objects.ever_published().filter(role__synthetic=False)
    page = Paginator(log.with_previous_score().with_withdrawal(), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    path = request.path if page.number == 1 else f"{request.path}?page={page.number}"
    context = {"page": page, "canonical": request.build_absolute_uri(path)}
    return render(request, "pages/changes.html", context)


@require_safe
@never_cache
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """A version that is not published yet, for whoever has the link."""
    assessment = previewed(key)
    if assessment is None:
        raise Http404("no such preview, or it has expired")
    if assessment.status == Status.DELETED:
        what = f"This version was deleted{on(assessment.deleted_at)}; the link opens it no more."
        return gone(request, "Preview: deleted", what)
    if not assessment.is_open:
        return redirect("version", assessment.role.slug, assessment.version)
    if assessment.score() is None:
        raise Http404("the draft is not complete")
    response = _role_page(request, assessment, preview=True)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """The method in words, with its constants from the library that applies them."""
    context = {
        "method": CURRENT,
        "rubric": rubric,
        "task_score": TASK_SCORE,
        "groups": {group.name: group for group in DIMENSION_GROUPS},
        "choices": {
            group.name: {dimension: rubric.CHOICES[dimension] for dimension in group.dimensions}
            for group in DIMENSION_GROUPS
        },
        "clearly_higher": CLEARLY_HIGHER,
        "example": _example(),
        "agreement": agreement(),
        "correlations": correlations(occupations.current()),
    }
    return render(request, "pages/method.html", context)


@require_safe
def provenance(request: HttpRequest) -> HttpResponse:
    """The four standings of a score; which assessments are published, and where samples are of."""
    assessments = Assessment.objects.published().filter(role__synthetic=False)
    samples = assessments.filter(provenance=Provenance.SAMPLE)
    countries = samples.values_list("role__country").annotate(number=Count("pk"))
    context = {
        "published": assessments.filter(provenance=Provenance.PUBLISHED).select_related("role"),
        "samples": samples.count(),
        "countries": countries.order_by("-number", "role__country"),
        "rated_twice": len(agreement().roles),
    }
    return render(request, "pages/provenance.html", context)


def _example() -> Assessment | None:
    """The assessment whose figures the page of the method works out, where it is published."""
    return Assessment.objects.published().filter(role__slug=EXAMPLE).with_document().first()


def _role_page(
    request: HttpRequest, assessment: Assessment, *, preview: bool = False
) -> HttpResponse:
    """The page of an assessment that can be scored."""
    index = occupations.current()
    card = card_of(assessment, index)
    role = assessment.role
    permalink = reverse("version", args=[role.slug, assessment.version])
    context = {
        "card": card,
        "facts": facts_of(role, card.score.published_score, index),
        "near_in_score": NEAR_IN_SCORE,
        "preview": preview,
        "canonical": request.build_absolute_uri(role.get_absolute_url()),
        "contact": settings.CONTACT,
        "permalink": request.build_absolute_uri(permalink),
    }
    return render(request, "pages/role.html", context)


def _readable_version(slug: str, number: int) -> Assessment | None:
    versions = Assessment.objects.readable().filter(role__slug=slug, version=number)
    return versions.with_document().first()


def _chosen(request: HttpRequest, name: str, numbers: list[int], otherwise: int) -> int:
    asked = request.GET.get(name, "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 7 and int(asked) in numbers
    return int(asked) if known else otherwise


def _document(role: Role, number: int) -> AssessmentDocument:
    return document_of(Assessment.objects.with_document().get(role=role, version=number))

"""How assessments have changed, as far as readers have seen them."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from roles.card import card_of
from roles.diff import diff
from roles.models import Assessment, Role
from roles.services.export_document import document_of
from roles.services.preview_link import previewed

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Point:
    """One version in the chart of scores; places in percent of the drawing."""

    version: Assessment
    x: Decimal
    y: Decimal

    @classmethod
    def of(cls, versions: list[Assessment]) -> list["Point"]:
        """The versions from left to right, in equal steps."""
        step = Decimal(90) / max(len(versions) - 1, 1)
        return [
            cls(version, 5 + step * number, 100 - (version.published_score or Decimal(0)))
            for number, version in enumerate(versions)
        ]


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every published version of a role, the score over versions, and any two compared."""
    role = get_object_or_404(Role.objects.public(), slug=slug)
    versions = list(Assessment.objects.readable().filter(role=role).order_by("version"))
    if not versions:
        raise Http404(f"{slug} has no published version")
    numbers = [version.version for version in versions]
    after = _chosen(request, "to", numbers, numbers[-1])
    before = _chosen(request, "from", numbers, numbers[max(numbers.index(after) - 1, 0)])
    context = {
        "role": role,
        "versions": versions,
        "points": Point.of(versions),
        "before": before,
        "after": after,
        "diff": diff(_document(role, before), _document(role, after)) if before != after else None,
    }
    return render(request, "pages/history.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Everything that was published, newest first, with what it replaced."""
    log = Assessment.objects.readable().filter(role__synthetic=False).with_previous_score()
    page = Paginator(log, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "pages/changes.html", {"page": page})


@require_safe
@never_cache
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """A version that is not published yet, for whoever has the link."""
    assessment = previewed(key)
    if assessment is None or assessment.score() is None:
        raise Http404("no such preview, or it has expired, or the draft is not complete")
    context = {"card": card_of(assessment), "preview": True}
    response = render(request, "pages/role.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _chosen(request: HttpRequest, name: str, numbers: list[int], otherwise: int) -> int:
    asked = request.GET.get(name, "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 7 and int(asked) in numbers
    return int(asked) if known else otherwise


def _document(role: Role, number: int):
    return document_of(Assessment.objects.with_card().get(role=role, version=number))

"""One role: its published assessment, an earlier version, or the score cited for it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from roles.card import card_of
from roles.documents.render import render as render_document
from roles.models import Assessment, Role
from roles.models.status import READABLE
from roles.services.export_document import document_of


@require_safe
def role(request: HttpRequest, slug: str) -> HttpResponse:
    """The role page; for a role with only a cited score, what is known of it."""
    assessment = Assessment.objects.published().filter(role__slug=slug).with_card().first()
    if assessment:
        return render(request, "pages/role.html", {"card": card_of(assessment), "preview": False})
    cited = get_object_or_404(Role.objects.public().with_citations(), slug=slug)
    return render(request, "pages/cited_role.html", {"role": cited})


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version of a role's assessment, the published one or one that it superseded."""
    assessment = _readable_version(slug, number)
    return render(request, "pages/role.html", {"card": card_of(assessment), "preview": False})


@require_safe
def document(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The assessment document of a version, as Markdown."""
    text = render_document(document_of(_readable_version(slug, number)))
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


def _readable_version(slug: str, number: int) -> Assessment:
    readable = Assessment.objects.filter(status__in=READABLE)
    assessment = readable.filter(role__slug=slug, version=number).with_card().first()
    if assessment is None:
        raise Http404(f"no readable version {number} of {slug}")
    return assessment

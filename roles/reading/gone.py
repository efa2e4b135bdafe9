"""What readers could open once and cannot any more: a page that says what happened and when."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.utils.dateformat import format as format_date

from roles.models import Assessment
from roles.services.addresses import moved_to


def gone(request: HttpRequest, title: str, what: str) -> HttpResponse:
    """A page with status 410: ``title`` names what is gone, ``what`` says what happened."""
    context = {"title": title, "what": what}
    return TemplateResponse(request, "pages/gone.html", context, status=410)


def withdrawn(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The page in the place of a withdrawn role, or of one version of it, or where it has moved.

    Raises Http404 if readers have never been able to open it.
    """
    version = once_public(slug, number)
    if version is None and (path := moved_to(request.path, slug)):
        return HttpResponsePermanentRedirect(path)
    if version is None:
        raise Http404(f"{slug} has no published version {number or ''}")
    title, when = version.role.title, on(version.withdrawn_at)
    if number is None:
        what = (
            f"The assessment of this role was withdrawn{when}. It is no longer published here, "
            "and neither are its earlier versions."
        )
    else:
        title = f"{title}, version {number}"
        what = f"This version was withdrawn{when}. It is no longer published here."
    return gone(request, f"{title}: withdrawn", what)


def once_public(slug: str, number: int | None = None) -> Assessment | None:
    """The version of a role that readers could open once, or the last of all; with when it went."""
    versions = Assessment.objects.ever_published().with_withdrawal().filter(role__slug=slug)
    return (versions if number is None else versions.filter(version=number)).first()


def on(moment: datetime | None) -> str:
    """ " on 3 November 2026", or nothing where it is not known."""
    return f" on {format_date(moment, 'j F Y')}" if moment else ""

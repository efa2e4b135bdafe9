"""What the head of a page says to search engines, and to sites and chats that show it."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template import Library
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from roles.models import Assessment, Occupation, Role
from roles.sharing import structured
from roles.sharing.canvas import HEIGHT, WIDTH

register = Library()

type Context = dict[str, Any]


@register.simple_block_tag
def page_title(content: str) -> SafeString:
    """The title of a page, for its window and for cards."""
    said = _on_one_line(content)
    return format_html('<title>{0}</title><meta property="og:title" content="{0}">', said)


@register.simple_block_tag
def page_description(content: str) -> SafeString:
    """What a page is about, for search engines and for cards."""
    return format_html(
        '<meta name="description" content="{0}"><meta property="og:description" content="{0}">',
        _on_one_line(content),
    )


@register.simple_block_tag(takes_context=True)
def page_picture(context: Context, content: str) -> SafeString:
    """The picture at a path as that of a card."""
    request: HttpRequest = context["request"]
    return format_html(
        '<meta property="og:image" content="{}">'
        '<meta property="og:image:width" content="{}">'
        '<meta property="og:image:height" content="{}">',
        # Its address comes as HTML, where "&" is written out.
        mark_safe(request.build_absolute_uri(content.strip())),  # noqa: S308
        WIDTH,
        HEIGHT,
    )


@register.simple_tag(takes_context=True)
def page_address(context: Context) -> SafeString:
    """The one address of a page: what its view calls canonical, or its path."""
    request: HttpRequest = context["request"]
    address = context.get("canonical") or request.build_absolute_uri(request.path)
    return format_html(
        '<link rel="canonical" href="{0}"><meta property="og:url" content="{0}">', address
    )


@register.simple_tag(takes_context=True)
def whole_url(context: Context, name: str, *args: Any) -> str:
    """The address of a page with scheme and host."""
    return _whole(context, reverse(name, args=args))


@register.simple_tag(takes_context=True)
def role_as_data(context: Context, role: Role, assessment: Assessment | None = None) -> SafeString:
    """A role for programs, with the way to it."""
    url = _whole(context, role.get_absolute_url())
    way = [("Roles", _whole(context, reverse("roles")))]
    if role.zone:
        path = reverse("zone", args=[role.zone.lower()])
        way.append((f"{role.zone} zone", _whole(context, path)))
    return structured.script(
        structured.role(role, url, assessment), structured.breadcrumbs([*way, (role.title, url)])
    )


@register.simple_tag(takes_context=True)
def occupation_as_data(context: Context, occupation: Occupation) -> SafeString:
    """An occupation for programs, with the way to it."""
    url = _whole(context, occupation.get_absolute_url())
    way = [("Occupations", _whole(context, reverse("occupations"))), (occupation.title, url)]
    return structured.script(structured.occupation(occupation, url), structured.breadcrumbs(way))


@register.simple_tag(takes_context=True)
def dataset_as_data(
    context: Context, name: str, says: str, modified: date | None, **files: str
) -> SafeString:
    """All assessments for programs: the last day of change, and each file's path by kind."""
    kinds = {"csv": "text/csv", "jsonl": "application/jsonl", "sqlite": "application/vnd.sqlite3"}
    given = [(kinds[kind], _whole(context, path)) for kind, path in files.items()]
    request: HttpRequest = context["request"]
    url = _whole(context, request.path)
    return structured.script(structured.dataset(url, name, says, modified, given))


def _whole(context: Context, path: str) -> str:
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(path)


def _on_one_line(content: str) -> SafeString:
    """What a block has rendered, and so escaped."""
    return mark_safe(" ".join(content.split()))  # noqa: S308

"""The roles that a reader collects for a comparison, in a signed cookie of their own."""

from django.http import HttpRequest, HttpResponse

from roles.comparing.comparison import MOST_ROLES
from roles.models import Role

COOKIE = "tray"
DAY = 86_400


def collected(request: HttpRequest) -> list[str]:
    """The slugs in the reader's tray, in the order in which they were put in."""
    slugs = request.get_signed_cookie(COOKIE, default="", max_age=DAY) or ""
    return [slug for slug in slugs.split("|") if slug][:MOST_ROLES]


def keep(response: HttpResponse, slugs: list[str]) -> None:
    """Put these slugs into the reader's tray in the place of what was there."""
    if slugs:
        response.set_signed_cookie(
            COOKIE, "|".join(slugs), max_age=DAY, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")


def tray(request: HttpRequest) -> dict[str, list[Role]]:
    """Context processor: the roles in the tray."""
    return {"tray": roles_in(collected(request))}


def roles_in(slugs: list[str]) -> list[Role]:
    """The public roles of these slugs, in their order. Asks the database only if there are any."""
    if not slugs:
        return []
    found = {role.slug: role for role in Role.objects.public().filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]

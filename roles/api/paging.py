"""Long lists by the page: a cursor says after which entry the next page begins.

It is signed together with the question that it belongs to, so a made-up one, or one of another
list, order or filter, is refused. Without a time in it the same page has the same cursor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from roles.api.problems import Problem

MOST = 200
"""Entries of a page at most."""
USUAL = 50
"""Entries of a page where nobody says how many."""
OF_THE_PAGE = ("limit", "cursor")
"""Parameters that say which page is asked for, and not of what."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a long list."""

    keys: Sequence[Any]
    """What stands for each entry."""
    next_url: str | None
    """Where the next page is."""


def page(request: HttpRequest, keys: Sequence[Any], limit: int, cursor: str) -> Page:
    """The page that begins after the entry of the cursor, or the first one.

    Raises Problem where the cursor is not one of this list, or its entry has left the list.
    """
    signer = Signer(salt=_question(request))
    start = _after(signer, keys, cursor) if cursor else 0
    shown, rest = keys[start : start + limit], len(keys) - start - limit
    if rest <= 0:
        return Page(shown, None)
    asked = request.GET.copy()
    asked["cursor"] = signer.sign_object(shown[-1])
    return Page(shown, request.build_absolute_uri(f"{request.path}?{asked.urlencode()}"))


def _after(signer: Signer, keys: Sequence[Any], cursor: str) -> int:
    try:
        return keys.index(signer.unsign_object(cursor)) + 1
    except BadSignature:
        raise Problem.of_parameter("cursor", "is none of this list") from None
    except ValueError:
        again = "its entry has left the list since; begin again without it"
        raise Problem.of_parameter("cursor", again) from None


def _question(request: HttpRequest) -> str:
    """What a list is of: the address without what says which page."""
    asked = {name: request.GET.getlist(name) for name in sorted(request.GET)}
    return f"{request.path} { {n: v for n, v in asked.items() if n not in OF_THE_PAGE} }"

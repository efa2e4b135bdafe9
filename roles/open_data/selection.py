"""Which roles a download is asked for: by the words, facets and order of browsing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from django.http import QueryDict

from roles.finding.facets import FACETS
from roles.finding.search import everything
from roles.finding.state import Finder
from roles.occupations import index as occupations
from roles.open_data.tables import Part
from roles.querysets import RoleQuerySet

CHUNK = 200
"""Roles that are in memory at once."""
PARAMETERS = {"q", "sort", *(facet.name for facet in FACETS)}


class NotUnderstood(ValueError):
    """What an address asks for and there is not, in words."""


def is_text(given: Iterable[str]) -> bool:
    """Whether values came in UTF-8: of what did not, signs stand in the place."""
    return not any("\x00" in value or "\ufffd" in value for value in given)


def selected(asked: QueryDict) -> list[int]:
    """The keys of the roles that a query string asks for, in its order; all, if it asks nothing.

    Raises NotUnderstood: a file with other roles than were asked for would be taken for an answer.
    """
    unknown = [f"the parameter “{name[:40]}”" for name in asked if name not in PARAMETERS]
    unreadable = [f"the text of “{name}”" for name, given in asked.lists() if not is_text(given)]
    finder, keys = everything(Finder.of(asked))
    if not_understood := [*unknown, *(unreadable or finder.ignored)]:
        raise NotUnderstood(", ".join(not_understood))
    return keys


def parts(keys: Sequence[int], roles: RoleQuerySet) -> Iterator[Part]:
    """Those of some roles, fetched ``with_published``, that have these keys, in their order.

    Few of them are in memory at once.
    """
    matched = occupations.current().matched
    for some in batched(keys, CHUNK):
        found = roles.in_bulk(some)
        for key in some:
            # A role can have been withdrawn since the index was built.
            if role := found.get(key):
                yield Part(role, next(iter(role.published), None), matched.get(key))

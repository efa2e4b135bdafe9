"""What may be asked of the API, from the lists of facets, orders and families."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model

from roles.api.paging import MOST, USUAL
from roles.comparing.comparison import MOST_ROLES
from roles.documents.fields import MAX_TITLE
from roles.finding.facets import FACETS, SORTS, Facet
from roles.finding.state import LONGEST_QUERY, RELEVANCE
from roles.occupation_figures import FAMILIES
from roles.occupations.listing import LOWEST_FIRST
from roles.occupations.listing import SORTS as OCCUPATION_SORTS


class OfAList(BaseModel):
    """Which page of a long list."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many entries at most.")
    cursor: str = Field(
        "", max_length=500, description="Where the page begins: next of the page before has it."
    )


def _facet(facet: Facet) -> tuple[Any, Any]:
    """A filter: any of the values that are given."""
    known: Any = str if facet.values is None else Literal[tuple(map(str, facet.values))]
    meanings = ", ".join(f"{value} is {label}" for value, label in facet.labels.items())
    says = f"{facet.title}; repeat it for several values. {meanings}".strip()
    return list[known], Field([], description=says)


def _order() -> tuple[Any, Any]:
    orders = ", ".join(f"{name} is {sort.label}" for name, sort in SORTS.items())
    says = f"{orders}. Without it -score, or relevance where q is given."
    return Literal[(RELEVANCE, *SORTS)], Field(None, description=says)


_OF_ROLES: dict[str, Any] = {
    "q": (str, Field("", max_length=LONGEST_QUERY, description="Words of a title, or a code.")),
    **{facet.name: _facet(facet) for facet in FACETS},
    "sort": _order(),
}
RolesAsked: Any = create_model("RolesAsked", __base__=OfAList, **_OF_ROLES)
"""Filters and order of roles, by the names that they have in the site's own addresses."""

_OF_OCCUPATIONS: dict[str, Any] = {
    "family": (
        Literal[tuple(FAMILIES)],
        Field(None, description="What codes begin with: a major group of SOC 2018."),
    ),
    "sort": (
        Literal[tuple(name for name in OCCUPATION_SORTS if name)],
        Field(None, description="title, or one of the figures; without it, by code."),
    ),
    "order": (
        Literal["highest", LOWEST_FIRST],
        Field("highest", description="Which end of a figure comes first."),
    ),
}
OccupationsAsked: Any = create_model("OccupationsAsked", __base__=OfAList, **_OF_OCCUPATIONS)
"""Family and order of occupations."""


class ComparisonAsked(BaseModel):
    """The roles to compare."""

    role: list[Annotated[str, Field(max_length=MAX_TITLE, pattern="^[-a-zA-Z0-9_]+$")]] = Field(
        min_length=2,
        max_length=MOST_ROLES,
        description=f"The slug of a role; repeat it for each of two to {MOST_ROLES} roles.",
    )

"""What is published about the occupation of a role, beside its assessment."""

from dataclasses import dataclass
from decimal import Decimal

from roles.models import Occupation, Role
from roles.occupation_figures import BESIDE_A_MOVE, LABOUR, MEASURES
from roles.occupations.careers import CareersService, services_of
from roles.occupations.correlation import Disagreement, disagreements
from roles.occupations.index import Index, Placed

COUNTRY_OF_FIGURES = "United States"
"""Figures of jobs and pay are of this country, and stand beside no role of another."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands beside an assessment."""

    careers: tuple[CareersService, ...]
    occupation: Occupation | None = None
    exact: bool = False
    """Whether the occupation is of the role's own code; else it is only the closest."""
    labour: tuple[Placed, ...] = ()
    exposure: tuple[Placed, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


def beside_a_move(role: Role, index: Index) -> tuple[Placed, ...]:
    """Pay and usual education of an assessed role, where country and code are its own."""
    match = index.matched.get(role.pk)
    if match is None or not match.exact or role.country != COUNTRY_OF_FIGURES:
        return ()
    return tuple(index.all_placed(match.occupation, BESIDE_A_MOVE))


def facts_of(role: Role, score: Decimal, index: Index) -> Facts:
    """The facts beside an assessment of a role, whose codes are fetched, with this score."""
    careers = services_of(role.country)
    match = index.match(role)
    if match is None:
        return Facts(careers)
    own = match.exact and role.country == COUNTRY_OF_FIGURES
    # The ranking is by what each role stands at; an older version is not held against it.
    ranked = role.score == score
    return Facts(
        careers=careers,
        occupation=match.occupation,
        exact=match.exact,
        labour=tuple(index.all_placed(match.occupation, LABOUR)) if own else (),
        exposure=tuple(index.all_placed(match.occupation, MEASURES)),
        disagreements=tuple(disagreements(index, role)) if ranked else (),
    )

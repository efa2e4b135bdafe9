"""The assessed roles that are closest to an occupation, with why."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from roles.models import Occupation, Role
from roles.occupation_figures import RATED
from roles.occupations.index import Index, Match

MOST = 6
MOST_ALIKE = 2
"""How many roles are named because their tasks were rated most alike."""


@dataclass(frozen=True, slots=True)
class Close:
    """An assessed role and why it is close."""

    role: Role
    reasons: list[str]


def closest(occupation: Occupation, index: Index) -> list[Close]:
    """At most six roles: those of kindred codes, and those with the most similar ratings.

    A role that is an assessment of the occupation is not close but the thing itself.
    """
    own = {role.pk for role in index.assessed_as(occupation)}
    by_distance = sorted(
        (match for match in index.matches if match.role.pk not in own),
        key=lambda match: (distance(occupation, match.occupation), match.role.title),
    )
    others = [match for match in by_distance if match.occupation.code != occupation.code]
    reasons: dict[int, list[str]] = {}
    for match in by_distance:
        reasons[match.role.pk] = list(_shared(occupation, match))
    for match in others[:MOST_ALIKE]:
        reasons[match.role.pk].append("its tasks were rated for automation most alike")

    def order(match: Match) -> int:
        return -_closeness(occupation, match.occupation)

    close = [match for match in sorted(by_distance, key=order) if reasons[match.role.pk]]
    alike = [match for match in others[:MOST_ALIKE] if match in close[MOST:]]
    chosen = [match for match in close if match not in alike][: MOST - len(alike)] + alike
    return [Close(match.role, reasons[match.role.pk]) for match in chosen]


def distance(one: Occupation, other: Occupation) -> Decimal:
    """How far apart the ratings of two occupations lie: 0 for the same, up to 400.

    What would have to be moved, in percent of the tasks, times the steps that it is moved.
    """
    moved = total = Decimal(0)
    for figure in RATED:
        moved += (getattr(one, figure.name) or 0) - (getattr(other, figure.name) or 0)
        total += abs(moved)
    return total


def _closeness(one: Occupation, other: Occupation) -> int:
    """What the codes of two occupations share: 4 all, 3 SOC code, 2 minor group, 1 family."""
    if one.code == other.code:
        return 4
    if one.soc_code == other.soc_code:
        return 3
    return 2 if one.minor_group == other.minor_group else int(one.family == other.family)


def _shared(occupation: Occupation, match: Match) -> Iterator[str]:
    match _closeness(occupation, match.occupation):
        case 4:
            yield "this is its closest code, though not its own"
        case 3:
            yield f"same SOC group, {occupation.soc_code}"
        case 2:
            yield f"neighbouring code, {match.occupation.soc_code} {match.occupation.title}"
        case 1:
            yield f"same occupational family: {occupation.family}"

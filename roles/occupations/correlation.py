"""How the scores of roles rank beside published measures of exposure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh

from roles.models import Role
from roles.occupation_figures import MEASURES, PublishedFigure
from roles.occupations.index import Index, Match

LEAST_ROLES = 5
"""With fewer roles there is neither an interval nor a ranking worth the name."""
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Correlation:
    """The rank correlation of our scores with one measure."""

    figure: PublishedFigure
    roles: int
    exact: int
    """So many of them by a code of their own; the others by the closest there is."""
    rho: float | None
    """Spearman's, -1 to +1; None where there are too few roles or all are equal."""
    low: float | None
    high: float | None
    """The 95 % interval of it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A measure that ranks a role far from where its score does."""

    figure: PublishedFigure
    by_measure: int
    """Its place among the roles, the most exposed first."""
    by_score: int
    """Its place among the same roles, the lowest score first."""
    among: int

    @property
    def more_exposed(self) -> bool:
        """Whether the measure sees it as more exposed than our score does."""
        return self.by_measure < self.by_score


def correlations(index: Index) -> list[Correlation]:
    """Our scores beside each measure, over all roles that can be matched."""
    return [correlation(index, figure) for figure in MEASURES]


def correlation(index: Index, figure: PublishedFigure) -> Correlation:
    """Our scores beside one measure, over all roles that it says something of."""
    matches = measured(index, figure)
    rho = low = high = None
    if len(matches) >= LEAST_ROLES:
        rho = spearman(*_values(figure, matches))
    if rho is not None:
        low, high = interval(rho, len(matches))
    return Correlation(figure, len(matches), sum(m.exact for m in matches), rho, low, high)


def disagreements(index: Index, role: Role) -> list[Disagreement]:
    """The measures that place a role more than a third of the ranking away from its score."""
    return [
        found
        for figure in MEASURES
        if (found := _place(figure, measured(index, figure), role))
        and abs(found.by_measure - found.by_score) * 3 > found.among
    ]


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the measures place a role from its score, all of them together."""

    role: Role
    mean: float
    """Of its places by measure and by score, as parts of the ranking: -1 to +1. Above 0 where
    the measures see it as more exposed than its score does."""
    by_measure: dict[str, float]
    """The same for each measure that says something of it."""


def furthest(index: Index) -> list[Distance]:
    """Every matched role, the largest mean distance first."""
    found: dict[Role, dict[str, float]] = {}
    for figure in MEASURES:
        matches = measured(index, figure)
        scores, measures = _values(figure, matches)
        ranks = zip(matches, _ranks(scores), _ranks([-value for value in measures]), strict=True)
        for match, by_score, by_measure in ranks:
            apart = (by_score - by_measure) / len(matches)
            found.setdefault(match.role, {})[figure.name] = apart
    means = [Distance(role, sum(d.values()) / len(d), d) for role, d in found.items()]
    return sorted(means, key=lambda one: -abs(one.mean))


def spearman(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """The correlation of two rankings, ties shared; None where one of them is all ties."""
    ranks = [_ranks(xs), _ranks(ys)]
    mean = (len(xs) + 1) / 2
    (xs, ys) = ([rank - mean for rank in ranked] for ranked in ranks)
    spread = sqrt(sum(x * x for x in xs) * sum(y * y for y in ys))
    return sum(x * y for x, y in zip(xs, ys, strict=True)) / spread if spread else None


def interval(rho: float, roles: int) -> tuple[float, float]:
    """The 95 % interval by Fisher's transformation, with Bonett and Wright's standard error."""
    error = sqrt((1 + rho * rho / 2) / (roles - 3))
    middle = atanh(max(-0.999999, min(0.999999, rho)))
    return tanh(middle - NORMAL_95 * error), tanh(middle + NORMAL_95 * error)


def measured(index: Index, figure: PublishedFigure) -> list[Match]:
    """The assessed roles of which a measure says something."""
    return [m for m in index.matches if getattr(m.occupation, figure.name) is not None]


def _values(figure: PublishedFigure, matches: list[Match]) -> tuple[list[float], list[float]]:
    scores = [float(match.role.score or 0) for match in matches]
    return scores, [float(getattr(match.occupation, figure.name)) for match in matches]


def _place(figure: PublishedFigure, matches: list[Match], role: Role) -> Disagreement | None:
    """The places of a role by measure and score; of places that it shares, those nearest."""
    at = next((n for n, match in enumerate(matches) if match.role.pk == role.pk), None)
    if at is None or len(matches) < LEAST_ROLES:
        return None
    scores, measures = _values(figure, matches)
    by_measure, by_score = _places([-value for value in measures], at), _places(scores, at)
    if by_measure[0] > by_score[1]:
        nearest = by_measure[0], by_score[1]
    elif by_score[0] > by_measure[1]:
        nearest = by_measure[1], by_score[0]
    else:
        return None
    return Disagreement(figure, *nearest, len(matches))


def _places(values: Sequence[float], at: int) -> tuple[int, int]:
    """The first and the last place that a value has, the lowest first; equal ones share them."""
    value = values[at]
    return sum(other < value for other in values) + 1, sum(other <= value for other in values)


def _ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value from 1, the lowest first; equal ones share their mean."""
    return [
        sum(other < value for other in values) + (sum(other == value for other in values) + 1) / 2
        for value in values
    ]

"""Every occupation in memory, ranked by each figure, with the roles that are assessed of it.

Built once for each version of the catalogue and worker, like the index of roles.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from roles.models import CatalogueVersion, Occupation, OccupationCode, Role
from roles.occupation_figures import RANKED, PublishedFigure
from roles.vocabulary import Standing
from scoring.formula import rounded


@dataclass(frozen=True, slots=True)
class Placed:
    """One figure of an occupation, and where it stands among all."""

    figure: PublishedFigure
    value: Decimal | int | str
    group: str
    """The SOC group that the figure is of; empty where it is of this occupation alone."""
    percentile: int | None
    """Percent of the others that have less, half of those that have as much; None if unranked."""
    among: int
    """The codes that have the figure and are ranked."""

    @property
    def source(self) -> str:
        """Who published it, and when."""
        return f"{self.figure.source.name}, {self.figure.source.year}"


@dataclass(frozen=True, slots=True)
class Match:
    """An assessed role with the occupation of its code."""

    role: Role
    occupation: Occupation
    exact: bool
    """Whether the code is the role's own, and not only the closest there is."""


@dataclass(frozen=True)
class Index:
    """The occupations of one version of the catalogue."""

    occupations: Sequence[Occupation]
    """In the order of their codes."""
    matches: Sequence[Match]
    """Each assessed role that has a code of these occupations, once: by its exact code first."""

    @cached_property
    def by_code(self) -> Mapping[str, Occupation]:
        """The occupations by O*NET-SOC code."""
        return {occupation.code: occupation for occupation in self.occupations}

    def at(self, address: str) -> Occupation | None:
        """The occupation whose code an address begins with; a SOC code alone will do."""
        code = re.match(r"[0-9]{2}-[0-9]{4}(\.[0-9]{2})?(?=-|$)", address)
        return self.by_code.get(code[0] if code[1] else f"{code[0]}.00") if code else None

    @cached_property
    def in_group(self) -> Mapping[str, int]:
        """How many occupations share each SOC code."""
        return Counter(occupation.soc_code for occupation in self.occupations)

    @cached_property
    def ranked(self) -> Mapping[str, list[Decimal | int]]:
        """The values of each figure in order: one for each code that it is of."""
        values = {}
        for figure in RANKED:
            of_codes = {
                occupation.soc_code if figure.by_group else occupation.code: value
                for occupation in self.occupations
                if is_ranked(occupation, figure)
                and (value := getattr(occupation, figure.name)) is not None
            }
            values[figure.name] = sorted(of_codes.values())
        return values

    def placed(self, occupation: Occupation, figure: PublishedFigure) -> Placed | None:
        """A figure of an occupation; None where its source has none."""
        value = getattr(occupation, figure.name)
        if value is None or value == "":
            return None
        percentile, among = None, 0
        if is_ranked(occupation, figure):
            ranked = self.ranked[figure.name]
            percentile, among = _percentile(ranked, value), len(ranked)
        return Placed(figure, value, self.group_of(occupation, figure), percentile, among)

    @cached_property
    def matched(self) -> Mapping[int, Match]:
        """The match of each assessed role, by the role's key."""
        return {match.role.pk: match for match in self.matches}

    def all_placed(
        self, occupation: Occupation, figures: Sequence[PublishedFigure]
    ) -> list[Placed]:
        """Those of some figures that there are of an occupation."""
        placed = (self.placed(occupation, figure) for figure in figures)
        return [one for one in placed if one]

    def group_of(self, occupation: Occupation, figure: PublishedFigure) -> str:
        """The SOC group that a figure is of, where that is more than this occupation."""
        several = occupation.is_residual or self.in_group[occupation.soc_code] > 1
        return occupation.soc_code if figure.by_group and several else ""

    def assessed_as(self, occupation: Occupation) -> list[Role]:
        """The roles whose own code is that of the occupation."""
        return [m.role for m in self.matches if m.exact and m.occupation.code == occupation.code]

    @cached_property
    def assessed_codes(self) -> frozenset[str]:
        """The codes of occupations that are assessed."""
        return frozenset(match.occupation.code for match in self.matches if match.exact)

    def match(self, role: Role) -> Match | None:
        """The occupation that a role is matched with."""
        return match_of(role, role.codes.all(), self.by_code)


def is_ranked(occupation: Occupation, figure: PublishedFigure) -> bool:
    """A residual group ("all other") is no occupation that could be ranked by its figure."""
    return figure.ranked and not (figure.by_group and occupation.is_residual)


def match_of(
    role: Role, codes: Iterable[OccupationCode], by_code: Mapping[str, Occupation]
) -> Match | None:
    """The occupation of a role's first exact code, or else of its first closest one."""
    for code in sorted(codes, key=lambda code: code.is_closest):
        if code.classification == "SOC 2018" or code.classification.startswith("O*NET"):
            # The SOC code alone stands for the occupation that O*NET numbers .00.
            whole = code.code if "." in code.code else f"{code.code}.00"
            if occupation := by_code.get(whole):
                return Match(role, occupation, not code.is_closest)
    return None


def current() -> Index:
    """The index of the current version of the catalogue."""
    return _of_version(CatalogueVersion.current())


@lru_cache(maxsize=1)
def _of_version(_: int) -> Index:
    return build()


def forget() -> None:
    """Build it anew when it is next asked for, for tests that begin with another database."""
    _of_version.cache_clear()


def build() -> Index:
    """Read every occupation, and every assessed role that is not synthetic."""
    occupations = list(Occupation.objects.all())
    by_code = {occupation.code: occupation for occupation in occupations}
    roles = (
        Role.objects.filter(standing__in=[Standing.PUBLISHED, Standing.SAMPLE], synthetic=False)
        .with_list_columns()
        .prefetch_related("codes")
    )
    matches = (match_of(role, role.codes.all(), by_code) for role in roles)
    return Index(occupations, [match for match in matches if match])


def _percentile(ranked: Sequence[Decimal | int], value: Decimal | int) -> int:
    low, high = bisect_left(ranked, value), bisect_right(ranked, value)
    return int(rounded(Decimal(100 * (low + high)) / (2 * len(ranked)), 0))

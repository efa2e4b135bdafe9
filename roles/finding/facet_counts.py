"""How many roles there are of each value of each facet: a bit for each role, and bits counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from roles.drawing.distribution import STEPS, Distribution
from scoring.zones import Zone

type Chosen = Mapping[str, tuple[str, ...]]
"""The values that are chosen of each facet, by its name."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many roles there are of each kind."""

    total: int
    facets: dict[str, dict[str, int]]
    """By facet and value, as if the facet itself had no value chosen."""
    distribution: Distribution


@dataclass(frozen=True, slots=True)
class FacetSets:
    """The roles by facet and along the score; a set of roles is one integer, a bit for each."""

    everyone: int
    """All roles."""
    facets: dict[str, dict[str, int]]
    """The roles of each value of each facet."""
    steps: dict[tuple[int, Zone], int]
    """The roles of each step of the score and each zone."""

    def having(self, chosen: Chosen, besides: str = "") -> int:
        """The roles that have one of the values chosen of each facet, but for one facet."""
        found = self.everyone
        for name, values in chosen.items():
            if name != besides and values:
                known = self.facets[name]
                found &= reduce(or_, (known.get(value, 0) for value in values))
        return found

    def counts(self, chosen: Chosen, among: int) -> Counts:
        """The counts of each facet and along the score, among some roles."""
        found = self.having(chosen) & among
        facets = {}
        for name, values in self.facets.items():
            others = self.having(chosen, besides=name) & among
            counted = ((value, (roles & others).bit_count()) for value, roles in values.items())
            facets[name] = {value: many for value, many in counted if many}
        return Counts(found.bit_count(), facets, self._distribution(found))

    def _distribution(self, found: int) -> Distribution:
        everyone = [0] * STEPS
        shown: dict[Zone, list[int]] = {zone: [0] * STEPS for zone in Zone}
        for (step, zone), roles in self.steps.items():
            everyone[step] += roles.bit_count()
            shown[zone][step] += (roles & found).bit_count()
        return Distribution.of(everyone, shown)

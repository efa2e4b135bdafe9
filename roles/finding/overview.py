"""Every public role at once: on the line, by sector, and beside published exposure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from roles.drawing.beeswarm import Place, Swarm, radius_of
from roles.drawing.distribution import Distribution
from roles.drawing.scatter import Scatter
from roles.finding import index as catalogue
from roles.finding.index import Index
from roles.finding.state import Finder
from roles.models import Role
from roles.occupation_figures import MEASURES, PublishedFigure
from roles.occupations import index as occupations
from roles.occupations.correlation import Correlation, correlation, measured
from roles.occupations.facts import COUNTRY_OF_FIGURES
from scoring.zones import Zone

MOST_MARKS = 400
"""With more roles than these, marks would be a wall: then bars are drawn, and counts by sector."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One role of the overview."""

    role: Role
    employed: int | None
    """People employed, where that is known: of US roles with a code of their own."""
    exposure: Decimal | int | None
    """What the chosen measure says of its occupation, by its own or the closest code."""
    place: Place


@dataclass(frozen=True, slots=True)
class SectorRow:
    """The roles of one sector, how many there are of each zone, and where those are listed."""

    name: str
    zones: list[tuple[Zone, int, str]]
    shown: list[Shown]
    height: int
    """Of its drawing, in pixels."""

    @property
    def count(self) -> int:
        """How many roles there are in all."""
        return sum(count for _, count, _ in self.zones)


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page of all roles shows."""

    count: int
    distribution: Distribution
    swarm: list[Shown]
    """Every role, the lowest score first; empty where there are too many."""
    height: int
    """Of the swarm, in pixels."""
    sectors: list[SectorRow]
    measure: PublishedFigure
    scatter: Scatter
    points: list[tuple[Shown, tuple[Decimal, int]]]
    """The roles that the measure says something of, each with its place in the scatter."""
    correlation: Correlation

    @property
    def employed(self) -> int:
        """Of how many roles the people employed are known."""
        return sum(one.employed is not None for one in self.swarm)


def overview(measure_name: str) -> Overview:
    """Everything at once, with one published measure; the first where the name is of none."""
    index, published = catalogue.current(), occupations.current()
    counts = index.sets.counts({}, index.sets.everyone)
    measure = next((m for m in MEASURES if m.name == measure_name), MEASURES[0])
    roles = list(Role.objects.public().by_score()) if counts.total <= MOST_MARKS else []
    employed = {role.pk: _employed(published, role) for role in roles}
    exposure = {
        m.role.pk: getattr(m.occupation, measure.name) for m in measured(published, measure)
    }

    most = max((number or 0 for number in employed.values()), default=0)

    def shown(of: Sequence[Role], *, by_area: bool) -> tuple[list[Shown], int]:
        sizes = [radius_of(employed[role.pk] if by_area else None, most) for role in of]
        swarm = Swarm.of([(_score(role), size) for role, size in zip(of, sizes, strict=True)])
        return [
            Shown(role, employed[role.pk], exposure.get(role.pk), place)
            for role, place in zip(of, swarm.places, strict=True)
        ], swarm.height

    swarm, height = shown(roles, by_area=False)
    by_sector: dict[str, list[Role]] = defaultdict(list)
    for role in roles:
        by_sector[role.sector].append(role)
    sectors = [
        SectorRow(name, zones, *shown(by_sector[name], by_area=True))
        for name, zones in _zones_by_sector(index)
    ]
    scatter = Scatter.of(
        [(_score(one.role), one.exposure) for one in swarm if one.exposure is not None],
        measure.within,
    )
    points = zip([o for o in swarm if o.exposure is not None], scatter.places, strict=True)
    return Overview(
        counts.total,
        counts.distribution,
        swarm,
        height,
        sectors,
        measure,
        scatter,
        list(points),
        correlation(published, measure),
    )


def _score(role: Role) -> Decimal:
    assert role.score is not None, f"{role} is public"
    return role.score


def _employed(published: occupations.Index, role: Role) -> int | None:
    """People employed in the occupation: US figures stand beside US roles of that very code."""
    match = published.matched.get(role.pk)
    if match is None or not match.exact or role.country != COUNTRY_OF_FIGURES:
        return None
    employed: int | None = match.occupation.employment
    return employed


def _zones_by_sector(index: Index) -> list[tuple[str, list[tuple[Zone, int, str]]]]:
    """How many roles of each sector are in each zone, the largest sector first."""
    sets = index.sets
    found = []
    for sector, roles in sets.facets["sector"].items():
        zones = []
        for zone in Zone:
            chosen = Finder(chosen={"zone": (zone,), "sector": (sector,)})
            count = (roles & sets.facets["zone"].get(zone, 0)).bit_count()
            zones.append((zone, count, chosen.url))
        found.append((roles.bit_count(), sector, zones))
    return [(sector, zones) for _, sector, zones in sorted(found, key=lambda f: (-f[0], f[1]))]

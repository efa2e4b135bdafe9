"""Every public role by title, facet, order and score, in memory: built once for each version."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from threading import Lock

from roles.drawing.distribution import step_of
from roles.finding.facet_counts import FacetSets
from roles.finding.facets import FACETS, SORTS
from roles.finding.titles import TitleEntry, Titles
from roles.models import (
    AlsoKnownAs,
    CatalogueVersion,
    Occupation,
    OccupationCode,
    OccupationName,
    Role,
)
from scoring.zones import Zone


@dataclass(frozen=True)
class Index:
    """The public roles of one version of the catalogue. Roles are known by their position."""

    version: int
    keys: list[int]
    """The primary key of the role at each position."""
    sets: FacetSets
    """The roles by facet and score."""
    orders: dict[str, list[int]]
    """All positions, by the name of a sort."""

    @cached_property
    def positions(self) -> dict[int, int]:
        """The position of each primary key."""
        return {key: position for position, key in enumerate(self.keys)}

    @cached_property
    def titles(self) -> Titles:
        """What roles and occupations are called; read when the first search asks for it."""
        return Titles([*_role_entries(), *occupation_entries()])

    def of_keys(self, keys: Iterable[int]) -> int:
        """The roles of these primary keys."""
        return _bits((self.positions[k] for k in keys if k in self.positions), len(self.keys))

    def page(self, found: int, order: Iterable[int], start: int, most: int) -> list[int]:
        """The keys of one page of the roles found, in an order of positions."""
        hits = self._among(found, order)
        return [self.keys[position] for position in islice(hits, start, start + most)]

    def keys_among(self, found: int, keys: Iterable[int]) -> list[int]:
        """Those of some primary keys that are of the roles found."""
        asked = (self.positions[key] for key in keys if key in self.positions)
        return [self.keys[position] for position in self._among(found, asked)]

    def _among(self, found: int, positions: Iterable[int]) -> Iterator[int]:
        held = found.to_bytes(len(self.keys) // 8 + 1, "little")
        return (position for position in positions if held[position >> 3] >> (position & 7) & 1)


def current() -> Index:
    """The index of the current version of the catalogue; built by one thread at a time."""
    version = CatalogueVersion.current()
    if _held.index is None or _held.index.version != version:
        with _held.lock:
            if _held.index is None or _held.index.version != version:
                _held.index = build(version)
    return _held.index


class _Held:
    """The index that this process built last; its version says whether it still holds."""

    def __init__(self) -> None:
        self.index: Index | None = None
        self.lock = Lock()


_held = _Held()


def build(version: int) -> Index:
    """Read every public role and sort it into sets."""
    roles = list(Role.objects.public().for_index())
    many = len(roles)
    facets: dict[str, dict[str, list[int]]] = {f.name: defaultdict(list) for f in FACETS}
    steps: dict[tuple[int, Zone], list[int]] = defaultdict(list)
    for position, role in enumerate(roles):
        for facet in FACETS:
            facets[facet.name][facet.of(role)].append(position)
        assert role.score is not None, f"{role} is public"
        steps[step_of(role.score), Zone(role.zone)].append(position)
    titles = [(role.title.casefold(), role.pk) for role in roles]

    def ordered(name: str) -> list[int]:
        key = SORTS[name].key
        return sorted(range(many), key=lambda position: (key(roles[position]), titles[position]))

    return Index(
        version=version,
        keys=[role.pk for role in roles],
        sets=FacetSets(
            everyone=(1 << many) - 1,
            facets={
                name: {value: _bits(positions, many) for value, positions in values.items()}
                for name, values in facets.items()
            },
            steps={step: _bits(positions, many) for step, positions in steps.items()},
        ),
        orders={name: ordered(name) for name in SORTS},
    )


def _role_entries() -> Iterable[TitleEntry]:
    """What every public role is called."""
    names: dict[int, list[str]] = defaultdict(list)
    codes: dict[int, list[str]] = defaultdict(list)
    aliases = AlsoKnownAs.objects.exclude(role__standing="")
    for key, title in aliases.values_list("role", "title"):
        names[key].append(title)
    coded = OccupationCode.objects.exclude(role__standing="")
    for key, system, code in coded.values_list("role", "system", "code"):
        codes[key].append(f"{system} {code}")
    for role in Role.objects.public().only("title", "slug"):
        yield TitleEntry(
            "role",
            role.pk,
            role.title,
            role.get_absolute_url(),
            tuple(names[role.pk]),
            tuple(codes[role.pk]),
        )


def occupation_entries() -> list[TitleEntry]:
    """What every occupation is called."""
    names: dict[int, list[str]] = defaultdict(list)
    for key, title in OccupationName.objects.values_list("occupation", "title"):
        names[key].append(title)
    return [
        TitleEntry(
            "occupation",
            occupation.pk,
            occupation.title,
            occupation.get_absolute_url(),
            tuple(names[occupation.pk]),
            (f"O*NET-SOC {occupation.code}", f"SOC 2018 {occupation.soc_code}"),
            occupation.code[:2],
        )
        for occupation in Occupation.objects.only("code", "title")
    ]


def _bits(positions: Iterable[int], many: int) -> int:
    held = bytearray(many // 8 + 1)
    for position in positions:
        held[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(held, "little")

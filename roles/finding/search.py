"""Finds roles and occupations: by what they are called, and roles by facets."""

from dataclasses import dataclass, field, replace
from functools import partial

from roles.drawing.distribution import Distribution
from roles.finding import index as catalogue
from roles.finding.facets import FACETS, Facet
from roles.finding.index import Index
from roles.finding.mentions import Mention, mentions
from roles.finding.state import PAGE_SIZE, RELEVANCE, Finder
from roles.finding.titles import Hit, TitleEntry
from roles.finding.wording import forms
from roles.models import Role
from roles.occupation_figures import FAMILIES

SUGGESTED = 7
"""Jobs that a box which completes titles offers."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, and how many roles it would give."""

    finder: Finder
    facet: Facet
    value: str
    count: int
    chosen: bool

    @property
    def label(self) -> str:
        """What it is called."""
        return self.facet.label(self.value)

    @property
    def url(self) -> str:
        """Where the value is taken out if it is chosen, and chosen if it is not."""
        return self.finder.toggled(self.facet.name, self.value).url


@dataclass(frozen=True, slots=True)
class Row:
    """One job in the list: a role, or an occupation that is not assessed here."""

    role: Role | None
    hit: Hit | None = None
    """Why it was found, where words were asked for."""

    @property
    def suggestion(self) -> dict[str, str]:
        """What a box that completes titles shows of it, and where it leads."""
        assert self.hit is not None, "only what was asked for by words is suggested"
        entry = self.hit.entry
        shown = {"title": entry.title, "url": entry.url, "slug": "", "detail": "not assessed here"}
        if role := self.role:
            detail = f"{role.score} {role.zone}, {role.standing.lower()}"
            shown |= {"slug": role.slug, "detail": detail}
        return shown


@dataclass(frozen=True, slots=True)
class Found:
    """What a finder finds."""

    finder: Finder
    rows: list[Row]
    """Those of this page."""
    count: int
    """How many roles there are."""
    facets: list[tuple[Facet, list[FacetValue]]]
    distribution: Distribution
    """How the roles lie on the line from 0 to 100."""
    occupations: int = 0
    """How many occupations there are."""
    left_out: int = 0
    """How many more there would be without filters, which only roles can be held against."""
    instead: str = ""
    """The words that are looked for instead, where no title has those asked for."""
    missed: bool = False
    """Whether nothing is called what was asked for, whatever the filters."""
    words: list[str] = field(default_factory=list)
    """The words to mark in the results."""
    mentions: list[Mention] = field(default_factory=list)
    """Roles that only the text of an assessment speaks for."""
    nearest: list[TitleEntry] = field(default_factory=list)
    """Where nothing is called what was asked for: what has a title like it."""

    @property
    def nearest_families(self) -> dict[str, str]:
        """The occupational families of the nearest titles: their codes and names."""
        codes = dict.fromkeys(entry.family for entry in self.nearest if entry.family in FAMILIES)
        return {code: FAMILIES[code] for code in codes}

    @property
    def chosen(self) -> list[FacetValue]:
        """The values that are chosen, of all facets."""
        return [value for _, values in self.facets for value in values if value.chosen]

    @property
    def everything(self) -> int:
        """Roles and occupations together."""
        return self.count + self.occupations

    @property
    def first(self) -> int:
        """The number of the first job on this page."""
        return (self.finder.page - 1) * PAGE_SIZE + 1

    @property
    def previous_url(self) -> str:
        """The page before, if there is one."""
        return self.finder.on_page(self.finder.page - 1).url if self.finder.page > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after, if there is one."""
        after = self.finder.page + 1
        return self.finder.on_page(after).url if after <= self.pages else ""

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return _pages(self.everything)


def find(finder: Finder) -> Found:
    """The jobs of one page, the facets with live counts, and the distribution."""
    index = catalogue.current()
    finder = _known(index, finder)
    return _searched(index, finder) if finder.query else _browsed(index, finder)


def everything(finder: Finder) -> tuple[Finder, list[int]]:
    """The keys of all roles found, in their order, with the finder as it was understood."""
    index = catalogue.current()
    finder = _known(index, finder)
    if finder.query:
        hits = _in_order(index, finder, index.titles.find(finder.query).hits)
        return finder, [hit.entry.key for hit in hits if hit.is_role]
    found, order = index.sets.having(finder.chosen), index.orders[finder.order]
    return finder, index.page(found, order, 0, len(index.keys))


def begun(words: str, *, roles_only: bool = False) -> list[Row]:
    """The first few jobs that words name, the last of which may still be being typed."""
    hits = catalogue.current().titles.find(words).hits
    return _rows([hit for hit in hits if hit.is_role or not roles_only][:SUGGESTED])


def _browsed(index: Index, finder: Finder) -> Found:
    found = _counted(index, finder, index.sets.everyone)
    keys = index.page(
        index.sets.having(finder.chosen), index.orders[finder.order], found.first - 1, PAGE_SIZE
    )
    return replace(found, rows=[Row(role) for role in Role.objects.in_order(keys)])


def _searched(index: Index, finder: Finder) -> Found:
    answer = index.titles.find(finder.query)
    among = index.of_keys(hit.entry.key for hit in answer.hits if hit.is_role)
    occupations = sum(not hit.is_role for hit in answer.hits)
    found = _counted(index, finder, among, 0 if finder.chosen else occupations)
    hits = _in_order(index, finder, answer.hits)[found.first - 1 :][:PAGE_SIZE]
    asked = answer.instead or finder.query
    return replace(
        found,
        rows=_rows(hits),
        left_out=occupations if finder.chosen else 0,
        instead=answer.instead,
        missed=not answer.hits,
        words=[word for word, _ in forms(asked)],
        mentions=_mentions(index, finder, asked, among) if found.finder.page == 1 else [],
        nearest=[] if answer.hits else index.titles.nearest(finder.query),
    )


def _in_order(index: Index, finder: Finder, hits: list[Hit]) -> list[Hit]:
    """The hits that have the facets, in the order asked for.

    Occupations have no facets, and no place in any order but that of the match.
    """
    roles = {hit.entry.key: hit for hit in hits if hit.is_role}
    having = index.sets.having(finder.chosen) & index.of_keys(roles)
    occupations = [] if finder.chosen else [hit for hit in hits if not hit.is_role]
    if finder.order != RELEVANCE:
        keys = index.page(having, index.orders[finder.order], 0, len(roles))
        return [roles[key] for key in keys] + occupations
    kept = set(index.keys_among(having, roles))
    return [hit for hit in hits if (hit.entry.key in kept if hit.is_role else not finder.chosen)]


def _rows(hits: list[Hit]) -> list[Row]:
    roles = Role.objects.with_list_columns().in_bulk([h.entry.key for h in hits if h.is_role])
    rows = [Row(roles.get(hit.entry.key) if hit.is_role else None, hit) for hit in hits]
    # A role can have been withdrawn since the index was built.
    return [row for row in rows if row.role or (row.hit and not row.hit.is_role)]


def _mentions(index: Index, finder: Finder, asked: str, titled: int) -> list[Mention]:
    others = index.sets.having(finder.chosen) & ~titled
    return mentions(asked, partial(index.keys_among, others))


def _counted(index: Index, finder: Finder, among: int, occupations: int = 0) -> Found:
    """All that does not depend on the page, which is the last one where it is beyond that."""
    counts = index.sets.counts(finder.chosen, among)
    finder = replace(finder, page=min(finder.page, _pages(counts.total + occupations)))
    return Found(
        finder,
        [],
        counts.total,
        [(facet, _facet_values(finder, facet, counts.facets[facet.name])) for facet in FACETS],
        counts.distribution,
        occupations,
    )


def _known(index: Index, finder: Finder) -> Finder:
    """The finder without values that no role has, of the facets whose values the roles say."""
    for facet in FACETS:
        missing = set(finder.chosen.get(facet.name, ())) - index.sets.facets[facet.name].keys()
        if facet.values is None and missing:
            finder = finder.without(facet, missing)
    return finder


def _pages(count: int) -> int:
    return max(1, -(-count // PAGE_SIZE))


def _facet_values(finder: Finder, facet: Facet, counts: dict[str, int]) -> list[FacetValue]:
    chosen = finder.chosen.get(facet.name, ())
    values = list(facet.values or sorted(counts, key=lambda value: (-counts[value], value)))
    values += [value for value in chosen if value not in values]
    return [
        FacetValue(finder, facet, value, counts.get(value, 0), value in chosen)
        for value in values
        if counts.get(value) or value in chosen
    ]

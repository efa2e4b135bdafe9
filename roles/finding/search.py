"""Finds roles: by facets, by words, and by words that are misspelt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from roles.drawing.distribution import Distribution
from roles.finding import index as catalogue
from roles.finding import matching
from roles.finding.facets import FACETS, Facet
from roles.finding.index import Index
from roles.finding.state import PAGE_SIZE, Finder, words_of
from roles.models import Role, RoleText

FEW = 5
"""Roles found under which other words are suggested."""
LONGEST_EXCERPT = 300


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
class Found:
    """What a finder finds."""

    finder: Finder
    roles: list[Role]
    count: int
    facets: list[tuple[Facet, list[FacetValue]]]
    distribution: Distribution
    """How the roles lie on the line from 0 to 100."""
    suggestion: str = ""
    """The words that are looked for instead, where those asked for are in no role."""
    alternative: str = ""
    """Words like those asked for that are in as many roles or more, where few have been found."""
    words: list[str] = field(default_factory=list)
    """The words to mark in the results."""
    excerpts: dict[int, str] = field(default_factory=dict)
    """For a role whose title and summary hold none of the words: a sentence that does."""
    capped: bool = False
    """Whether more roles matched than a search considers."""

    @property
    def rows(self) -> list[tuple[Role, str]]:
        """The roles of this page, each with what the list shows of it."""
        return [(role, self.excerpts.get(role.id) or role.summary) for role in self.roles]

    @property
    def alternative_url(self) -> str:
        """Where the alternative is looked for."""
        return replace(self.finder, query=self.alternative, page=1).url

    @property
    def first(self) -> int:
        """The number of the first role on this page."""
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
        return _pages(self.count)


def find(finder: Finder) -> Found:
    """The roles of one page, the facets with live counts, and the distribution."""
    index = catalogue.current()
    if not finder.query:
        return _found(index, finder)
    words = words_of(finder.query)
    matches = matching.match(finder.query, words)
    instead = alternative = ""
    if len(matches) < FEW and (better := matching.corrected(words, index.words)) != words:
        query = " ".join(better)
        if not matches:
            instead, words = query, better
        elif len(matching.match(query, better)) >= len(matches):
            alternative = query
    if not matches:
        matches = matching.match(instead or finder.query, words) or matching.match(
            "", words, any_word=True
        )
    found = _found(index, finder, matches, words)
    return replace(found, suggestion=instead, alternative=alternative)


def _found(
    index: Index,
    finder: Finder,
    matches: list[int] | None = None,
    words: list[str] | None = None,
) -> Found:
    finder = _known(index, finder)
    among = index.everyone if matches is None else index.of_keys(matches)
    counts = index.counts(finder.chosen, among)
    finder = replace(finder, page=min(finder.page, _pages(counts.total)))
    keys = index.page(
        index.having(finder.chosen) & among,
        _order(index, finder, matches),
        (finder.page - 1) * PAGE_SIZE,
        PAGE_SIZE,
    )
    roles = Role.objects.in_order(keys)
    return Found(
        finder,
        roles,
        counts.total,
        [(facet, _facet_values(finder, facet, counts.facets[facet.name])) for facet in FACETS],
        counts.distribution,
        words=words or [],
        excerpts=_excerpts(roles, words) if words else {},
        capped=matches is not None and len(matches) == matching.MOST_MATCHES,
    )


def _order(index: Index, finder: Finder, matches: list[int] | None) -> Iterable[int]:
    if finder.order in index.orders:
        return index.orders[finder.order]
    return [index.positions[key] for key in matches or () if key in index.positions]


def _known(index: Index, finder: Finder) -> Finder:
    """The finder without values that no role has, of the facets whose values the roles say."""
    for facet in FACETS:
        missing = set(finder.chosen.get(facet.name, ())) - index.facets[facet.name].keys()
        if facet.values is None and missing:
            finder = finder.without(facet, missing)
    return finder


def _excerpts(roles: list[Role], words: list[str]) -> dict[int, str]:
    """The first sentence with one of the words, for roles that do not show one otherwise."""
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")", re.IGNORECASE)
    silent = [role.id for role in roles if not pattern.search(f"{role.title} {role.summary}")]
    excerpts = {}
    for pk, text in RoleText.objects.filter(pk__in=silent).values_list("pk", "text"):
        if match := pattern.search(text):
            start = max(
                text.rfind(". ", 0, match.start()) + 2, text.rfind("\n", 0, match.start()) + 1
            )
            end = text.find(". ", match.end())
            sentence = text[start : end + 1 if end > 0 else None].partition("\n")[0]
            excerpts[pk] = (
                f"… {sentence}"
                if len(sentence) < LONGEST_EXCERPT
                else (f"… {text[match.start() : match.start() + LONGEST_EXCERPT]} …")
            )
    return excerpts


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

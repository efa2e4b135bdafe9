"""Which roles words are found in, and which words were probably meant."""

from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, QuerySet, Value, When
from rapidfuzz import fuzz, process

from roles.models import Role, RoleText

MOST_MATCHES = 2000
"""Roles that a search considers, best first."""
ALIKE = 70
"""How alike a word of a title has to be to be suggested, 0 to 100."""
SHORT = 3
"""Letters up to which a word is also looked for as it is written: to English, IT is a stop word."""


def match(query: str, words: Sequence[str], *, any_word: bool = False) -> list[int]:
    """The keys of the roles that all words are found in, or any, best first.

    Titles come before texts; among them a title that is the query, then one that begins with
    it, then by rank.
    """
    if not words:
        return []
    titled = list(_titled(query, words, any_word)[:MOST_MATCHES])
    written = SearchQuery(
        " or ".join(words) if any_word else query, config="english", search_type="websearch"
    )
    texts = RoleText.objects.filter(vector=written).exclude(role__standing="")
    texts = texts.exclude(pk__in=titled).order_by("pk")[: MOST_MATCHES - len(titled)]
    return [*titled, *texts.values_list("pk", flat=True)]


def _titled(query: str, words: Sequence[str], any_word: bool) -> QuerySet[Role, int]:
    prefixes = (" | " if any_word else " & ").join(f"{word}:*" for word in words)
    beginning = SearchQuery(prefixes, config="english", search_type="raw")
    if any(len(word) <= SHORT for word in words):
        beginning |= SearchQuery(prefixes, config="simple", search_type="raw")
    closeness = Case(
        When(title__iexact=query, then=Value(0)),
        When(title__istartswith=query, then=Value(1)),
        default=Value(2),
    )
    return (
        Role.objects.public()
        .filter(title_vector=beginning)
        .order_by(closeness, SearchRank(F("title_vector"), beginning).desc(), "title", "pk")
        .values_list("pk", flat=True)
    )


def corrected(words: Sequence[str], known: Sequence[str]) -> list[str]:
    """Each word that begins a known one, or else the known word that it is most like."""
    return [_known_word(word, known) for word in words]


def _known_word(word: str, known: Sequence[str]) -> str:
    if any(other.startswith(word) for other in known):
        return word
    best = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return best[0] if best else word

"""Which roles words are found in, and which words were probably meant."""

from typing import Any

from django.db import connection
from rapidfuzz import fuzz, process

from roles.models import TitleWord

MOST_MATCHES = 2000
"""Roles that a search considers, best first."""
ALIKE = 70
"""How alike a word of a title has to be to be suggested, 0 to 100."""
SHORT = 3
"""Letters up to which a word is also looked for as it is written: to English, IT is a stop word."""
MATCHES = """
    WITH titled AS MATERIALIZED (
        SELECT id, row_number() OVER (ORDER BY
            upper(title) = upper(%(query)s) DESC,
            starts_with(upper(title), upper(%(query)s)) DESC,
            ts_rank(title_vector, {titles}) DESC, title, id) AS number
        FROM roles_role
        WHERE title_vector @@ {titles} AND standing <> ''
        ORDER BY number LIMIT %(most)s
    )
    SELECT id FROM titled
    UNION ALL
    (SELECT role_id FROM (
        SELECT role_id FROM roles_roletext JOIN roles_role ON id = role_id
        WHERE vector @@ websearch_to_tsquery('english', %(words)s) AND standing <> ''
            AND role_id NOT IN (SELECT id FROM titled)
        LIMIT %(most)s
    ) AS texts ORDER BY role_id)
    LIMIT %(most)s
"""
"""A title before a text: a title that is the query, then one that begins with it, then by rank."""
STEMS = "to_tsquery('english', %(prefixes)s)"
AS_WRITTEN = "to_tsquery('simple', %(prefixes)s)"


def match(query: str, words: list[str], *, any_word: bool = False) -> list[int]:
    """The roles that all words are found in, or any, best first.

    Written as SQL, like ``roles.finding.listed``: it is one statement for titles and texts.
    """
    if not words:
        return []
    short = any(len(word) <= SHORT for word in words)
    statement = MATCHES.format(titles=f"({STEMS} || {AS_WRITTEN})" if short else STEMS)
    parameters: dict[str, Any] = {
        "query": query,
        "prefixes": (" | " if any_word else " & ").join(f"{word}:*" for word in words),
        "words": " or ".join(words) if any_word else query,
        "most": MOST_MATCHES,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [pk for (pk,) in cursor]


def corrected(words: list[str]) -> list[str]:
    """Each word that begins a word of a title, or else the word of a title it is most like."""
    known = list(TitleWord.objects.values_list("word", flat=True))
    return [_known_word(word, known) for word in words]


def _known_word(word: str, known: list[str]) -> str:
    if any(other.startswith(word) for other in known):
        return word
    best = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return best[0] if best else word

"""Roles in the text of whose assessments words are mentioned; never part of the answer."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery

from roles.finding.wording import forms
from roles.models import Role, RoleText

MOST = 4
"""Roles that are named."""
CONSIDERED = 500
READ = 20
"""Texts that are read for the words as they were written, which a stem may not be."""
LONGEST = 300
"""Characters of a sentence that are shown."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence about a role."""

    role: Role
    sentence: str


def mentions(query: str, chosen: Callable[[Iterable[int]], list[int]]) -> list[Mention]:
    """Sentences with all words of a query in their order, of roles whose keys are chosen."""
    words = [word for word, _ in forms(query)]
    if not words:
        return []
    phrase = SearchQuery(query, config="english", search_type="phrase")
    having = RoleText.objects.filter(vector=phrase).exclude(role__standing="")
    found = having.order_by("pk").values_list("pk", flat=True)[:CONSIDERED]
    wanted = chosen(found)[:READ]
    texts = dict(RoleText.objects.filter(pk__in=wanted).values_list("pk", "text"))
    pattern = re.compile(r"\b" + r"s?\W+".join(map(re.escape, words)) + r"s?\b", re.IGNORECASE)
    sentences = {
        key: _sentence(texts[key], match)
        for key in wanted
        if key in texts and (match := pattern.search(texts[key]))
    }
    roles = Role.objects.in_order(list(sentences)[:MOST])
    return [Mention(role, sentences[role.pk]) for role in roles]


def _sentence(text: str, match: re.Match[str]) -> str:
    """The sentence of a match, or its beginning from the match on where it is long."""
    start = max(text.rfind(". ", 0, match.start()) + 2, text.rfind("\n", 0, match.start()) + 1)
    start = start if start > 1 else 0
    end = text.find(". ", match.end())
    sentence = text[start : end + 1 if end > 0 else None].partition("\n")[0]
    if len(sentence) <= LONGEST:
        return sentence
    return f"… {text[match.start() : match.start() + LONGEST]} …".replace("\n", " ")

"""What readers look for and nothing is called; with nothing about who looked for it."""

from __future__ import annotations

import re
from typing import Self

from django.db import models
from django.db.models import F

from roles.models.field_types import PlainChar, not_empty

MOST = 10_000
"""Different words that are kept, so that nobody can fill the database by asking."""
LONGEST = 60
MOST_WORDS = 4


class MissedSearchQuerySet(models.QuerySet["MissedSearch"]):
    """Queries over what was not found."""

    def most_wanted(self) -> Self:
        """What was looked for more than once, the most often first."""
        return self.filter(times__gt=1).order_by("-times", "words")

    def count_one(self, query: str) -> None:
        """Count a search, if its words can be a job title: few, and made of letters only.

        So numbers and addresses that somebody pastes into the wrong place are not kept.
        """
        words = " ".join(query.casefold().split())
        if len(words) > LONGEST or len(words.split()) > MOST_WORDS:
            return
        if not re.fullmatch(r"(?:[^\W\d_]|[ '’/&-])+", words) or not re.search(r"\w{3}", words):
            return
        if not self.filter(words=words).update(times=F("times") + 1) and self.count() < MOST:
            self.bulk_create([self.model(words=words, times=1)], ignore_conflicts=True)


class MissedSearch(models.Model):
    """The words of a search that no job is called, and how often they were looked for."""

    words = PlainChar(unique=True, max_length=LONGEST)
    times = models.PositiveIntegerField(default=0)

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "missed searches"
        constraints = [not_empty("words", "missed_search_not_empty")]

    def __str__(self) -> str:
        return self.words

"""What the addresses of sources answered when they were last opened."""

from typing import Self

from django.db import models

from roles.models.field_types import PlainChar

LONGEST_ADDRESS = 2_000
"""Bytes of an address that is opened; an index of Postgres holds no much longer one."""


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    """Queries over what addresses answered."""

    def dead(self) -> Self:
        """Those that gave nothing."""
        return self.filter(ok=False)


class LinkCheck(models.Model):
    """The last answer of one address, whichever sources name it.

    It stands beside the sources and not in them, since a published version never changes.
    """

    url = models.TextField("URL", unique=True)
    checked_at = models.DateTimeField()
    status = PlainChar(help_text="What was answered, such as 404 Not Found, or why nothing was.")
    ok = models.BooleanField(help_text="Whether something is there, or nobody can tell.")

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["url"]

    def __str__(self) -> str:
        return f"{self.url}: {self.status}"

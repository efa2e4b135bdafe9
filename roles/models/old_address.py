"""The old address: where a role was found before its slug changed."""

from django.db import models

from roles.documents.fields import MAX_TITLE
from roles.models.role import Role


class OldAddress(models.Model):
    """A slug that a role has had. A trigger keeps it, whichever way the slug was changed."""

    slug = models.SlugField(max_length=MAX_TITLE, unique=True)
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="old_addresses")

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "old addresses"

    def __str__(self) -> str:
        return self.slug

"""Forgets a person whose account is deleted; what they published stays as it was published.

Their name goes with the account: foreign keys to it become empty, and what they typed without
saving is deleted. What is left is the number of the account, by which the history knows who
made a change.
"""

from typing import Any

from django.contrib.auth.models import User
from pghistory.models import Context


def forget_in_history(instance: User, **_: Any) -> None:
    """Take a deleted account out of what the history knows about each change."""
    changes: Any = Context.objects.filter(metadata__user=instance.pk)
    for change in changes.iterator():
        change.metadata = {name: it for name, it in change.metadata.items() if name != "user"}
        change.save(update_fields=["metadata"])

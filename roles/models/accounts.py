"""What people may do, so that each change of it is kept: accounts, groups and single rights.

Proxies of Django's own models. Nothing of a person is kept but the number of the account.
"""

from typing import Any

import pghistory
from django.contrib.auth.models import Group, User

from roles.models.tracking import tracked

# Django makes these models; its types do not know them as classes.
_UserGroup: Any = User.groups.through
_UserPermission: Any = User.user_permissions.through
_GroupPermission: Any = Group.permissions.through


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    fields=["id", "is_active", "is_staff", "is_superuser"],
)
class Account(User):
    """Whether somebody may sign in, and be above all rights."""

    class Meta:
        proxy = True


@tracked()
class Membership(_UserGroup):  # type: ignore[misc]
    """Who is in which group."""

    class Meta:
        proxy = True


@tracked()
class AccountRight(_UserPermission):  # type: ignore[misc]
    """A right that somebody has alone."""

    class Meta:
        proxy = True


@tracked()
class GroupRight(_GroupPermission):  # type: ignore[misc]
    """A right that a group has."""

    class Meta:
        proxy = True


RIGHTS = (Account, Membership, AccountRight, GroupRight)
"""Models whose history says who was given what, and who gave it."""

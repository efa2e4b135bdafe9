"""People to try the admin with, on one's own machine."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError

PASSWORD = "demo"  # noqa: S105 - printed for everyone; refused but on a database of its own
PEOPLE = {"assessor": "Assessor", "editor": "Editor"}


class Command(BaseCommand):
    """An assessor and an editor with a known password; refused but on a clone's own database."""

    help = "Make the users assessor and editor, password demo, in this clone's own database."

    def handle(self, **_: Any) -> None:
        """Make those that are missing; an account that exists is left as it is."""
        if not settings.IS_OWN_DATABASE:
            raise CommandError(
                "Refused: DATABASE_URL names another database than this clone's own, and there "
                "nobody may have a known password. Make accounts by createsuperuser."
            )
        for name, group in PEOPLE.items():
            user, is_new = User.objects.get_or_create(username=name, defaults={"is_staff": True})
            if not is_new:
                self.stdout.write(f"There is an account '{name}' already; it was left as it is.")
                continue
            user.set_password(PASSWORD)
            user.save()
            user.groups.add(Group.objects.get(name=group))
            self.stdout.write(f"Sign in at /admin/ as {name}, password {PASSWORD}.")

"""People to try the admin with, in development."""

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError

PASSWORD = "demo"
PEOPLE = {"assessor": "Assessor", "editor": "Editor"}


class Command(BaseCommand):
    """An assessor and an editor with a known password; refused outside development."""

    help = "Make the users assessor and editor, password demo. Needs DEBUG=1."

    def handle(self, **options) -> None:
        """Make them, or give them their password and group again."""
        if not settings.DEBUG:
            raise CommandError("Only for development: set DEBUG=1.")
        for name, group in PEOPLE.items():
            user, _ = User.objects.get_or_create(username=name)
            user.is_staff = True
            user.set_password(PASSWORD)
            user.save()
            user.groups.set([Group.objects.get(name=group)])
        self.stdout.write(f"Sign in at /admin/ as {' or '.join(PEOPLE)}, password {PASSWORD}.")

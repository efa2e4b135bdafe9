"""Sets up the second factor of an editor."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice


class Command(BaseCommand):
    """Prints what an app for codes (TOTP) takes; whatever it was given before counts no longer.

    Without ``SECOND_FACTOR=1`` no code is asked for.
    """

    help = "Print the address that an editor's app for codes takes, in the place of an older one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("username")

    def handle(self, *, username: str, **_: Any) -> None:
        """Make the device."""
        try:
            user = User.objects.get(username=username)
        except User.DoesNotExist as error:
            raise CommandError(f"Nobody is called {username!r}.") from error
        with transaction.atomic():
            TOTPDevice.objects.filter(user=user).delete()
            device = TOTPDevice.objects.create(user=user, name="App")
        self.stdout.write(device.config_url)

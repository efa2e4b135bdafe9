"""Publishes what was scheduled."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from roles.services.publish import NotPublishable, publish
from roles.services.workflow import due


class Command(BaseCommand):
    """To be run every few minutes, by cron or a systemd timer."""

    help = "Publish the assessments whose scheduled time has come; exit 1 if one cannot be."

    def handle(self, **_: Any) -> None:
        """Publish each under the checks of every publication."""
        refused = 0
        for assessment in due():
            try:
                self.stdout.write(f"{publish(assessment)}.")
            except NotPublishable as error:
                refused += 1
                self.stderr.write(f"{assessment} lacks: {error}.")
        if refused:
            raise CommandError(f"{refused} could not be published; they stay scheduled.")

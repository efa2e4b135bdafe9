"""Publishes what was scheduled."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from roles.models import Assessment
from roles.services.publish import NotAllowed, NotPublishable
from roles.services.workflow import publish_due


class Command(BaseCommand):
    """To be run every minute: `make run` and the scheduler of `compose.yaml` do."""

    help = "Publish the assessments whose scheduled time has come; exit 1 if one cannot be."

    def handle(self, **_: Any) -> None:
        """Publish each under the checks of every publication."""
        refused = 0
        for assessment in Assessment.objects.due():
            try:
                self.stdout.write(f"{publish_due(assessment)}.")
            except NotAllowed:
                # Somebody has published or called it off meanwhile.
                continue
            except NotPublishable as error:
                refused += 1
                self.stderr.write(f"{assessment} lacks: {error}.")
        if refused:
            raise CommandError(f"{refused} could not be published; they stay scheduled.")

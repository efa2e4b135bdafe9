"""Prints who signed in and whose rights were changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessLog
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from roles.models import RIGHTS

WORDS = {"insert": "given", "update": "changed", "delete": "taken away"}


class Command(BaseCommand):
    """A line for each sign-in and each change of a right, the oldest first.

    The role that serves the site can add to both logs and change neither.
    """

    help = "Print who signed in and whose rights were changed, by whom."

    def add_arguments(self, parser: CommandParser) -> None:
        """How far back."""
        parser.add_argument("--days", type=int, default=30)

    def handle(self, *, days: int, **_: Any) -> None:
        """Print both in one order."""
        since = timezone.now() - timedelta(days=days)
        for at, line in sorted([*_sign_ins(since), *_changes(since)]):
            self.stdout.write(f"{at:%Y-%m-%d %H:%M:%S}  {line}")


def _sign_ins(since: datetime) -> Iterator[tuple[datetime, str]]:
    for entry in AccessLog.objects.filter(attempt_time__gte=since):
        yield entry.attempt_time, f"{entry.username or '?'} signed in from {entry.ip_address}"


def _changes(since: datetime) -> Iterator[tuple[datetime, str]]:
    names = dict(User.objects.values_list("pk", "username"))
    for model in RIGHTS:
        # pghistory gives each tracked model its model of events.
        history: Any = model
        events = history.pgh_event_model.objects.filter(pgh_created_at__gte=since)
        for event in events.select_related("pgh_context"):
            who = (event.pgh_context.metadata if event.pgh_context else {}).get("user")
            by = f"by {names.get(who, 'somebody deleted')}" if who else "by a command"
            fields = [field for field in event._meta.fields if not field.name.startswith("pgh_")]
            said = ", ".join(f"{field.name} {getattr(event, field.attname)}" for field in fields)
            what = f"{model._meta.verbose_name} {WORDS[event.pgh_label]}"
            yield event.pgh_created_at, f"{what} {by}: {said}"

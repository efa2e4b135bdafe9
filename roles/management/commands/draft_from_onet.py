"""Drafts an assessment from the O*NET database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from roles.services.onet import (
    DraftExists,
    RoleExists,
    UnreadableRelease,
    draft_occupation,
    read_occupation,
)


class Command(BaseCommand):
    """Title, aliases, code, tasks with proposed shares of time, relations; scores are left open."""

    help = (
        "Make an unscored draft of one occupation from the text files of an O*NET database "
        "release, a folder or its zip (https://www.onetcenter.org/database.html)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the release is, and which occupation of it."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--code", required=True, help="O*NET-SOC code such as 29-2072.00")

    def handle(self, **options: Any) -> None:
        """Read everything first; save all of it or nothing."""
        try:
            assessment = draft_occupation(read_occupation(options["folder"], options["code"]))
        except (UnreadableRelease, DraftExists, RoleExists) as error:
            raise CommandError(f"{error}. Nothing was saved.") from error
        rated = assessment.tasks.exclude(time=None).exists()
        times = "with proposed shares of time" if rated else "whose times nobody has rated"
        self.stdout.write(
            f"{assessment}: {assessment.tasks.count()} tasks {times}, nothing scored yet."
        )

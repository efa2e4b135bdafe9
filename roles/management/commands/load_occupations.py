"""Loads the published figures of occupations, and their other titles."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from roles.services.occupations import UnreadableOccupations, load_occupations
from roles.services.onet import UnreadableRelease


class Command(BaseCommand):
    """Refreshes what is stored from ``fixtures/``; a release of O*NET adds its titles."""

    help = (
        "Load the occupations of fixtures/ with their published figures and other titles; from the "
        "text files of an O*NET database release also its alternate and reported titles."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where a release is, if one is to be read."""
        parser.add_argument("release", type=Path, metavar="DIR", nargs="?")

    def handle(self, **options: Any) -> None:
        """Read everything first; save all of it or nothing."""
        try:
            loaded = load_occupations(options["release"])
        except (UnreadableOccupations, UnreadableRelease) as error:
            raise CommandError(f"{error}. Nothing was saved.") from error
        if options["verbosity"]:
            self.stdout.write(f"{loaded.occupations} occupations, {loaded.titles} other titles.")
            if loaded.unknown:
                self.stdout.write(
                    f"Left out: {loaded.unknown} titles of occupations without figures here."
                )

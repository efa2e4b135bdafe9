"""Writes a copy of the database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from roles.services.backup import Failed, dump


class Command(BaseCommand):
    """Everything that is stored, but for who is signed in, at one moment; people go on meanwhile.

    The format is pg_dump's own (``--format=custom``). `restore` reads it, as does pg_restore.
    """

    help = "Write a copy of the whole database to a new file, which `restore` reads."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_: Any) -> None:
        """Refuse a file that exists."""
        try:
            dump(connections[settings.OWNER_DATABASE], file, embedded=settings.IS_OWN_DATABASE)
        except FileExistsError as error:
            raise CommandError(f"{file} exists already; name a new file.") from error
        except (Failed, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: {file.stat().st_size / 1e6:.1f} MB.")

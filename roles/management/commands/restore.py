"""Brings the database back to a copy."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from roles.services.backup import Failed, load


class Command(BaseCommand):
    """Puts the copy in the place of everything, in one transaction; then migrates and verifies.

    Whatever was written since the copy is gone, so that has to be asked for.
    """

    help = "Put a copy that `backup` wrote in the place of the whole database, and verify it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which copy, and that it is meant."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="What is in the database now is lost."
        )

    def handle(self, *, file: Path, replace: bool, **_: Any) -> None:
        """Refuse to replace what somebody may want to keep."""
        owner = connections[settings.OWNER_DATABASE]
        if not replace and "roles_role" in owner.introspection.table_names():
            raise CommandError("The database has content, which would be lost: add --replace.")
        try:
            load(owner, file, embedded=settings.IS_OWN_DATABASE)
        except Failed as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        # Connections know what they knew of the tables before.
        connections.close_all()
        call_command("prepare", stdout=self.stdout)
        call_command("verify", stdout=self.stdout, stderr=self.stderr)

"""Brings a database up to date, and gives an empty one its content."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from roles.models import Assessment, Occupation, Role
from roles.services.rights import OwnsEverything, restrict

LOCK = 0x6A6F627A
"""The advisory lock of whoever prepares."""


class Command(BaseCommand):
    """Migrates and gives the site's role its rights as the owner; then, as the site, loads
    occupations and, if no role was ever stored, publishes ``fixtures/``.

    The owner is who DATABASE_OWNER_URL names. Without it the site owns its tables.

    A start runs it. After that the roles belong to their editors: update_content brings newer
    documents in, load_occupations newer figures.
    """

    help = (
        "Migrate the database, load the occupations if it has none and, if no role was ever stored "
        "in it, publish the fixtures."
    )

    # Some ask the database, as a role that this is to make.
    requires_system_checks: list[str] = []

    def handle(self, **_: Any) -> None:
        """Do both, one process at a time."""
        owner = settings.OWNER_DATABASE
        with connections[owner].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                with self._step("Bringing the tables up to date"):
                    call_command("migrate", database=owner, verbosity=0)
                    if owner != DEFAULT_DB_ALIAS:
                        _restrict()
                self.check()
                if not Occupation.objects.exists():
                    with self._step("Loading what is published about occupations"):
                        call_command("load_occupations", verbosity=0)
                if not _ever_had_roles():
                    self._publish_fixtures()
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

    def _publish_fixtures(self) -> None:
        documents = sorted((settings.BASE_DIR / "fixtures" / "assessments").glob("*.md"))
        with self._step(f"Publishing the content, {len(documents)} roles, this once"):
            call_command("import_assessment", *map(str, documents), publish=True, verbosity=0)

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        self.stdout.write(f"{name} ...")
        self.stdout.flush()
        yield
        self.stdout.write(f"  {time.monotonic() - began:.1f} s")


def _restrict() -> None:
    site = connections[DEFAULT_DB_ALIAS].settings_dict
    try:
        restrict(connections[settings.OWNER_DATABASE], site["USER"], site["PASSWORD"])
    except OwnsEverything as error:
        raise CommandError(f"DATABASE_URL has to name another role: {error}") from error


def _ever_had_roles() -> bool:
    """Whether there are roles, or the history knows of some that were deleted."""
    return Role.objects.exists() or Assessment.pgh_event_model.objects.exists()

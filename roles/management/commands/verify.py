"""Verifies what is stored."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from roles.models import Assessment, Role
from roles.services.verification import discrepancies


class Command(BaseCommand):
    """Recomputes every figure, digest, listing and search text, and names each that differs."""

    help = (
        "Recompute every figure, content digest, listing and search text that is stored, and look "
        "for every guard of the database; "
        "exit 1 if any differs."
    )

    def handle(self, **_: Any) -> None:
        """Name what differs."""
        assessments, roles = Assessment.objects.count(), Role.objects.count()
        with tqdm(total=assessments + roles, desc="Verifying", disable=None) as bar:
            found = 0
            for line in discrepancies(bar.update):
                found += 1
                self.stderr.write(line)
        if found:
            raise CommandError(f"{found} things that are stored differ from what they follow from.")
        self.stdout.write(
            f"Assessments verified: {assessments}, roles: {roles}. Everything is reproduced."
        )

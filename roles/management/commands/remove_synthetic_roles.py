"""Removes the synthetic roles."""

from typing import Any

from django.core.management.base import BaseCommand

from roles.services.synthetic import remove_synthetic_roles


class Command(BaseCommand):
    """Leaves everything else as it is."""

    help = "Remove every role that make_synthetic_roles has made."

    def handle(self, **_: Any) -> None:
        """Remove them and say how many."""
        self.stdout.write(f"Synthetic roles removed: {remove_synthetic_roles()}.")

"""Prints the rank correlation of our scores with published measures of exposure."""

from typing import Any

from django.core.management.base import BaseCommand

from roles.occupations.correlation import correlations
from roles.occupations.index import build


class Command(BaseCommand):
    """What the method page shows, worked out from what is stored now."""

    help = "Print how our scores rank beside each published measure of exposure, with intervals."

    def handle(self, **_: Any) -> None:
        """One line a measure."""
        for one in correlations(build()):
            if one.rho is None:
                found = "too few roles"
            else:
                found = f"{one.rho:+.2f} (95 % interval {one.low:+.2f} to {one.high:+.2f})"
            self.stdout.write(
                f"{one.figure.name} ({one.figure.source.name}, {one.figure.source.year}): {found}, "
                f"{one.roles} roles, {one.exact} by their own code"
            )

"""Opens the addresses of sources, for the worklist."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from tqdm import tqdm

from roles.services.links import check, to_open


class Command(BaseCommand):
    """To be run by hand or once a week; it takes two seconds for each address of one machine."""

    help = (
        "Open the addresses of the sources of open and published assessments, and keep what they "
        "answer for the worklist. Exit 0 whatever they answer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which addresses, and how many."""
        parser.add_argument(
            "--older-than",
            type=int,
            default=30,
            metavar="DAYS",
            help="those not opened for so many days, and those that never were (%(default)s)",
        )
        parser.add_argument("--limit", type=int, metavar="N", help="at most so many addresses")

    def handle(self, **options: Any) -> None:
        """Open them one by one; each answer is kept at once."""
        urls = to_open(timezone.now() - timedelta(days=options["older_than"]))[: options["limit"]]
        dead = 0
        for checked in tqdm(check(urls), total=len(urls), desc="Opening", disable=None):
            if not checked.ok:
                dead += 1
                self.stdout.write(str(checked))
        self.stdout.write(f"Addresses opened: {len(urls)}. Nothing is there at {dead}.")

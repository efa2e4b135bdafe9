"""Makes synthetic roles for load and tests."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from roles.models import Role
from roles.services.synthetic import make_synthetic_roles


class Command(BaseCommand):
    """Never part of the content: each is marked, and remove_synthetic_roles removes them."""

    help = "Make N published synthetic roles; remove_synthetic_roles removes them again."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, and from which seed."""
        parser.add_argument("count", type=_count, metavar="N")
        parser.add_argument("--seed", type=int, default=0)

    def handle(self, **options: Any) -> None:
        """Make them with a progress bar; refuse those of a seed that are there already."""
        if Role.objects.filter(slug__startswith=f"synthetic-{options['seed']}-").exists():
            raise CommandError(
                f"The synthetic roles of seed {options['seed']} are there already: choose another "
                "--seed, or remove them by remove_synthetic_roles."
            )
        with tqdm(total=options["count"], unit="role", disable=None) as bar:
            make_synthetic_roles(options["count"], options["seed"], bar.update)
        self.stdout.write(f"Synthetic roles made: {options['count']}.")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ArgumentTypeError(f"{text} is no number of roles; expected 1 or more")
    return int(text)

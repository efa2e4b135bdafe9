"""Makes synthetic roles for load and tests."""

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from roles.services.synthetic import make_synthetic_roles


class Command(BaseCommand):
    """Never part of the content: each is marked, and remove_synthetic_roles removes them."""

    help = "Make N published synthetic roles; remove_synthetic_roles removes them again."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, and from which seed."""
        parser.add_argument("count", type=int, metavar="N")
        parser.add_argument("--seed", type=int, default=0)

    def handle(self, **options) -> None:
        """Make them with a progress bar."""
        with tqdm(total=options["count"], unit="role", disable=None) as bar:
            make_synthetic_roles(options["count"], options["seed"], bar.update)
        self.stdout.write(f"Synthetic roles made: {options['count']}.")

"""Prints the rank correlation of our scores with published measures of exposure."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from roles.documents.parse import parse
from roles.models import OccupationCode, Role
from roles.occupations.correlation import correlations, furthest
from roles.occupations.index import Index, build, match_of
from roles.services.occupations import read_occupations
from scoring.figures import score
from scoring.inputs import problems


class Command(BaseCommand):
    """What the method page shows, worked out from what is stored now or from documents."""

    help = (
        "Print how our scores rank beside each published measure of exposure, with intervals: of "
        "what is stored, or of the documents that are given, of any version of the library."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The documents, none for what is stored; and how many disagreements to list."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--furthest",
            type=int,
            default=0,
            metavar="N",
            help="list the roles that the measures together place furthest from their scores",
        )

    def handle(self, **options: Any) -> None:
        """One line a measure, and one a disagreement."""
        index = _of_documents(options["files"]) if options["files"] else build()
        for one in correlations(index):
            if one.rho is None:
                found = "too few roles"
            else:
                found = f"{one.rho:+.2f} (95 % interval {one.low:+.2f} to {one.high:+.2f})"
            self.stdout.write(
                f"{one.figure.name} ({one.figure.source.name}, {one.figure.source.year}): {found}, "
                f"{one.roles} roles, {one.exact} by their own code"
            )
        for apart in furthest(index)[: options["furthest"]]:
            each = ", ".join(f"{name} {by:+.2f}" for name, by in apart.by_measure.items())
            self.stdout.write(f"{apart.role.title} {apart.role.score}: {apart.mean:+.2f} ({each})")


def _of_documents(files: list[Path]) -> Index:
    """The same index without the database; a role without a code of these is left out."""
    occupations = list(read_occupations(settings.BASE_DIR / "fixtures" / "occupations.csv"))
    by_code = {occupation.code: occupation for occupation in occupations}
    matches = []
    for number, file in enumerate(files, start=1):
        try:
            document = parse(file.read_bytes()).document
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        if document is None or problems(document.inputs()):
            raise CommandError(f"{file} has problems; see import_assessment --check.")
        identity = document.identity
        role = Role(
            pk=number,
            title=identity.title,
            country=identity.country,
            score=score(document.inputs()).published_score,
        )
        codes = [OccupationCode(system=row.system, code=row.code) for row in identity.codes]
        matches.append(match_of(role, codes, by_code))
    return Index(occupations, [match for match in matches if match])

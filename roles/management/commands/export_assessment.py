"""Exports an assessment as a document."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from roles.documents.render import render
from roles.models import Assessment
from roles.services.export_document import document_of


class Command(BaseCommand):
    """Writes the published version of a role, or the one that is asked for."""

    help = "Write an assessment document to standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        """The role and the version."""
        parser.add_argument("slug", help="as in the role's address: /roles/SLUG/")
        parser.add_argument(
            "--assessment-version",
            type=int,
            metavar="N",
            help="this version; otherwise the published one, or the draft if there is none",
        )

    def handle(self, **options: Any) -> None:
        """Find the version and write it."""
        versions = Assessment.objects.filter(role__slug=options["slug"]).with_document()
        if not versions:
            raise CommandError(f"No role '{options['slug']}' has an assessment.")
        number = options["assessment_version"]
        if number is None:
            assessment = versions.published().first() or versions.open().first()
        else:
            assessment = versions.filter(version=number).first()
        if assessment is None:
            there = ", ".join(str(version.version) for version in versions.order_by("version"))
            wanted = "published version or draft" if number is None else f"version {number}"
            raise CommandError(f"'{options['slug']}' has no {wanted}; there is: {there}.")
        self.stdout.write(render(document_of(assessment)), ending="")

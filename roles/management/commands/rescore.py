"""Takes published assessments to another version of the method."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from roles.services.rescore import UnknownMethod, draft_by, method_named, rescored


class Command(BaseCommand):
    """Shows who would change score and zone, and makes drafts; what is published stays."""

    help = "Rescore published assessments by another method version, as new drafts."

    def add_arguments(self, parser: CommandParser) -> None:
        """The version, and whether only to look."""
        parser.add_argument("--to", required=True, metavar="VERSION")
        parser.add_argument("--dry-run", action="store_true", help="only show what would change")

    def handle(self, **options: Any) -> None:
        """Tell each change, those of zone marked."""
        try:
            method = method_named(options["to"])
        except UnknownMethod as error:
            raise CommandError(str(error)) from error
        found = rescored(method)
        for one in found:
            before, after = one.before, one.after
            mark = "zone changes: " if one.changes_zone else ""
            self.stdout.write(
                f"{one.assessment.role}: {mark}{before.published_score} {before.zone} "
                f"({before.sub_label}) -> {after.published_score} {after.zone} ({after.sub_label})"
            )
            if not options["dry_run"] and draft_by(method, one.assessment) is None:
                self.stderr.write(f"{one.assessment.role}: has an open draft; left alone.")
        zones = sum(one.changes_zone for one in found)
        self.stdout.write(f"{len(found)} assessments of another version; {zones} change zone.")

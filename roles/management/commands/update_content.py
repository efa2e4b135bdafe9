"""Brings newer documents of fixtures/ into a database that belongs to its editors."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from roles.documents.fields import AssessmentDocument
from roles.documents.parse import parse
from roles.services.content_update import State, Update, update_of
from roles.services.import_document import DraftInTheWay, import_document
from roles.services.publish import NotPublishable


class Command(BaseCommand):
    """Reports role by role what would change, and changes the roles that it is given."""

    help = (
        "Report what the documents of fixtures/assessments would change, role by role. Those of "
        "the roles named become drafts, or with --publish the published versions."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which roles to change, and how."""
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="roles to change")
        parser.add_argument(
            "--all", action="store_true", help="change all roles but those that were deleted here"
        )
        parser.add_argument("--publish", action="store_true", help="publish instead of drafting")

    def handle(self, **options: Any) -> None:
        """Report everything, or change what is named."""
        updates = {found.slug: found for found in map(update_of, _documents())}
        if unknown := [slug for slug in options["slugs"] if slug not in updates]:
            raise CommandError(f"No document in fixtures/assessments is of: {', '.join(unknown)}.")
        changing = [updates[slug] for slug in options["slugs"]]
        if options["all"]:
            changing = [one for one in updates.values() if one.state != State.DELETED]
        for update in changing or updates.values():
            if update.state != State.SAME:
                self._tell(update)
                if changing:
                    self._change(update, options["publish"])
        if not changing:
            self._sum_up(list(updates.values()))

    def _tell(self, update: Update) -> None:
        self.stdout.write(f"{update.slug}: {update.state}")
        for change in update.changes:
            self.stdout.write(f"  {change}")

    def _change(self, update: Update, publishing: bool) -> None:
        try:
            with transaction.atomic():
                done = import_document(
                    update.document, publishing=publishing, update_role=publishing
                )
        except (DraftInTheWay, NotPublishable) as error:
            self.stderr.write(f"  left alone: {error}")
        else:
            made = "published" if done.published else done.outcome
            self.stdout.write(f"  version {done.assessment.version}: {made}")

    def _sum_up(self, updates: list[Update]) -> None:
        waiting = sum(update.state != State.SAME for update in updates)
        self.stdout.write(f"{len(updates)} documents, {waiting} with something new.")
        if waiting:
            self.stdout.write("Nothing was changed. Name the roles to change, or give --all.")


def _documents() -> list[AssessmentDocument]:
    files = sorted((settings.BASE_DIR / "fixtures" / "assessments").glob("*.md"))
    return [_read(file) for file in files]


def _read(file: Path) -> AssessmentDocument:
    parsed = parse(file.read_bytes())
    if parsed.document is None or parsed.problems:
        raise CommandError(f"{file} has problems; `import_assessment --check` names them.")
    return parsed.document

"""Holds the content against the editorial guide."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from roles.documents.audit import all_grounds_in_words, audit, grounds_in_words
from roles.documents.fields import AssessmentDocument
from roles.documents.parse import parse
from roles.documents.precedents import beside_precedents
from roles.documents.render import render
from roles.models import Assessment
from roles.services.export_document import document_of


class Command(BaseCommand):
    """Names everything that breaks docs/editorial-guide.md, document by document."""

    help = (
        "Audit assessment documents, or without any the published assessments, against "
        "docs/editorial-guide.md; exit 1 if anything breaks it. Says for each document what its "
        "evidence rests on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The documents, none for what is published; and what to do besides the audit."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--fill",
            action="store_true",
            help="first write the computed figures into the files, in the place of those stated",
        )
        parser.add_argument(
            "--precedents",
            action="store_true",
            help="list every score under the precedent of the guide that it rests on",
        )

    def handle(self, **options: Any) -> None:
        """List the findings."""
        if options["fill"]:
            for file in options["files"]:
                file.write_text(render(replace(_document(file), claims=())), encoding="utf-8")
        files = options["files"]
        documents = [_document(file) for file in files] if files else _published()
        if options["precedents"]:
            guide = settings.BASE_DIR / "docs" / "editorial-guide.md"
            for line in beside_precedents(guide.read_text(encoding="utf-8"), documents):
                self.stdout.write(line)
        for document in documents:
            self.stdout.write(grounds_in_words(document))
        self.stdout.write(all_grounds_in_words(documents))
        findings = audit(documents, timezone.localdate())
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"{len(findings)} findings in {len(documents)} documents.")
        self.stdout.write(f"Documents audited: {len(documents)}. Nothing breaks the guide.")


def _document(file: Path) -> AssessmentDocument:
    try:
        parsed = parse(file.read_bytes())
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error
    if parsed.document is None or parsed.problems:
        raise CommandError(f"{file} has problems; see import_assessment --check.")
    return parsed.document


def _published() -> list[AssessmentDocument]:
    assessments = Assessment.objects.published().filter(role__synthetic=False).with_document()
    return [document_of(assessment) for assessment in assessments.order_by("role__title")]

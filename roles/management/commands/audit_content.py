"""Holds the content against the editorial guide."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from roles.documents.audit import audit
from roles.documents.fields import AssessmentDocument
from roles.documents.parse import parse
from roles.models import Assessment
from roles.services.export_document import document_of


class Command(BaseCommand):
    """Names everything that breaks docs/editorial-guide.md, document by document."""

    help = (
        "Audit assessment documents, or without any the published assessments, against "
        "docs/editorial-guide.md; exit 1 if anything breaks it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The documents; none for what is published."""
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")

    def handle(self, **options: Any) -> None:
        """List the findings."""
        documents = _read(options["files"]) if options["files"] else _published()
        findings = audit(documents, timezone.localdate())
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"{len(findings)} findings in {len(documents)} documents.")
        self.stdout.write(f"Documents audited: {len(documents)}. Nothing breaks the guide.")


def _read(files: list[Path]) -> list[AssessmentDocument]:
    documents = []
    for file in files:
        try:
            parsed = parse(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        if parsed.document is None or parsed.problems:
            raise CommandError(f"{file} has problems; see import_assessment --check.")
        documents.append(parsed.document)
    return documents


def _published() -> list[AssessmentDocument]:
    assessments = Assessment.objects.published().filter(role__synthetic=False).with_document()
    return [document_of(assessment) for assessment in assessments.order_by("role__title")]

"""Imports assessment documents."""

import json
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from roles.documents.parse import Parsed, parse
from roles.documents.quotes import QuotedNeighbour
from roles.documents.report import Report, as_json, report_on
from roles.documents.text import MAX_BYTES, DocumentProblem
from roles.services.import_document import DraftInTheWay, Imported, import_document
from roles.services.publish import NotPublishable
from scoring.claims import CheckedClaim


class Command(BaseCommand):
    """Reads every file first; imports all of them or, if anything is wrong, none."""

    help = (
        "Import assessment documents. Each becomes a draft, or with --publish the published "
        "version, of its role. If any file has a problem, nothing is imported."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The files and what to do with them."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="only report, import nothing")
        parser.add_argument("--publish", action="store_true", help="publish what is imported")
        parser.add_argument(
            "--replace-draft",
            action="store_true",
            help="replace an open draft even if it was edited since it was imported",
        )
        parser.add_argument("--author", help="the username of the person who wrote them")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, **options: Any) -> None:
        """Read, import and report; exit 1 if any file has a problem."""
        files = options["files"]
        reports = {file: report_on(_read(file)) for file in files}
        imported: dict[Path, Imported] = {}
        if not options["check"] and not any(report.parsed.problems for report in reports.values()):
            imported = self._import(reports, options)
        for file in files:
            if options["format"] == "json":
                self.stdout.write(json.dumps(as_json(str(file), reports[file]), ensure_ascii=False))
            elif options["verbosity"] > 0 or reports[file].parsed.problems:
                self._write_report(file, reports[file], imported.get(file))
        if wrong := sum(bool(report.parsed.problems) for report in reports.values()):
            noun = "file has problems" if wrong == 1 else "files have problems"
            raise CommandError(f"{wrong} {noun}; nothing was imported.")

    def _import(self, reports: dict[Path, Report], options: dict[str, Any]) -> dict[Path, Imported]:
        """Import all documents or none; a refusal becomes a problem of its file."""
        imported: dict[Path, Imported] = {}
        author = _person(options["author"]) if options["author"] else None
        refused = False
        bar = tqdm(reports, desc="Importing", unit="file", disable=len(reports) < 2 or None)
        with transaction.atomic():
            for file in bar:
                document = reports[file].parsed.document
                assert document is not None
                try:
                    with transaction.atomic():
                        imported[file] = import_document(
                            document,
                            publishing=options["publish"],
                            replace_draft=options["replace_draft"],
                            author=author,
                        )
                except DraftInTheWay as error:
                    problems = [DocumentProblem(None, "draft", str(error))]
                except NotPublishable as error:
                    problems = [DocumentProblem(None, "publish", text) for text in error.missing]
                else:
                    continue
                reports[file].parsed.problems.extend(problems)
                refused = True
            transaction.set_rollback(refused)
        return {} if refused else imported

    def _write_report(self, file: Path, report: Report, done: Imported | None) -> None:
        parsed = report.parsed
        self.stdout.write(f"{file}: {parsed.title}" if parsed.title else f"{file}:")
        for problem in parsed.problems:
            line = f"line {problem.line}" if problem.line else "whole file"
            self.stdout.write(f"  {line}: {problem}")
        if report.scored is None or parsed.problems:
            return
        scored = report.scored
        self.stdout.write(
            f"  {scored.published_score} {scored.zone} ({scored.sub_label}), "
            f"formula score {scored.formula_score}"
        )
        if done:
            self.stdout.write(f"  {_what_was_done(done)}")
        self._write_list("claims that do not reproduce", [_claim(c) for c in report.unreproduced])
        self._write_list("neighbours", [_neighbour(n) for n in report.neighbours])
        self._write_list(
            "seniority bands", [f"{b.label}: {b.low}-{b.high} {b.zone}" for b in report.seniority]
        )
        self._write_list("warnings", report.warnings)

    def _write_list(self, name: str, lines: list[str]) -> None:
        self.stdout.write(f"  {name}: {len(lines) or 'none'}")
        for line in lines:
            self.stdout.write(f"    {line}")


def _person(username: str) -> User:
    try:
        return User.objects.get_by_natural_key(username)
    except User.DoesNotExist as error:
        raise CommandError(f"--author: there is no user {username}.") from error


def _read(file: Path) -> Parsed:
    try:
        with file.open("rb") as stream:
            return parse(stream.read(MAX_BYTES + 1))
    except OSError as error:
        reason = error.strerror or str(error)
        problem = DocumentProblem(None, "file", f"{reason.lower()}; expected a readable file")
        return Parsed(None, "", [problem])


def _what_was_done(done: Imported) -> str:
    role = "role created" if done.role_created else "role known"
    if done.role_updated:
        role = "role updated"
    published = ", published" if done.published else ""
    return f"{role}; version {done.assessment.version}: {done.outcome}{published}"


def _claim(checked: CheckedClaim) -> str:
    claim = checked.claim
    subject = f" ({claim.subject})" if claim.subject else ""
    computed = checked.computed or "nothing to hold it against"
    claimed = f"claimed {claim.claimed}, computed {computed}"
    return f"{claim.figure.label}{subject}: {claimed}; {claim.place}"


def _neighbour(neighbour: QuotedNeighbour) -> str:
    if neighbour.score is None:
        return f"{neighbour.title}: no score quoted"
    sub_label = f" {neighbour.sub_label}" if neighbour.sub_label else ""
    return f"{neighbour.title}: {neighbour.score} {neighbour.zone}{sub_label}"

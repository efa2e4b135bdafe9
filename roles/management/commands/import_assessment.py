"""Imports assessment documents."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from tqdm import tqdm

from roles.documents.batch import NotReadable, Sent, documents_in
from roles.documents.parse import Parsed, parse
from roles.documents.quotes import QuotedNeighbour
from roles.documents.report import Report, as_json, report_on
from roles.documents.text import DocumentProblem
from roles.models import Role
from roles.services.addresses import slug_of
from roles.services.import_document import (
    AnotherTitle,
    DraftInTheWay,
    Imported,
    import_document,
    title_in_question,
)
from roles.services.publish import NotPublishable
from scoring.claims import CheckedClaim, Reproduction

type Reports = dict[str, Report]


class Command(BaseCommand):
    """Reads every file first; imports all of them or, if anything is wrong in one, none."""

    help = (
        "Import assessment documents, or zip archives of them. Each becomes a draft, or with "
        "--publish the published version, of its role. If any document has a problem, nothing is "
        "imported, unless --good-only says to take the others. A draft that somebody has worked "
        "on stays as it is, and keeps no other document from being imported."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The files and what to do with them."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="only report, import nothing")
        parser.add_argument("--publish", action="store_true", help="publish what is imported")
        parser.add_argument(
            "--allow-notes",
            action="store_true",
            help="with --publish: texts without a place, figures that are not checked and "
            "overrides without effect are right as they are",
        )
        parser.add_argument(
            "--good-only",
            action="store_true",
            help="import the documents without problems and leave the others",
        )
        parser.add_argument(
            "--rename",
            action="store_true",
            help="give a role that is known under another title the title of its document",
        )
        parser.add_argument(
            "--replace-draft",
            action="store_true",
            help="replace an open draft even if it was edited since it was imported",
        )
        parser.add_argument("--author", help="the username of the person who wrote them")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, **options: Any) -> None:
        """Read, import and report; exit 1 if any document has a problem."""
        left_out: list[Sent] = []
        reports = _read_all(options["files"], left_out)
        _refuse(reports, options)
        bad = [name for name, report in reports.items() if report.parsed.problems]
        imported: dict[str, Imported] = {}
        if not options["check"] and (options["good_only"] or not bad):
            imported = self._import(reports, options)
        for name, report in reports.items():
            if options["format"] == "json":
                self.stdout.write(json.dumps(as_json(name, report), ensure_ascii=False))
            elif options["verbosity"] > 0 or report.parsed.problems:
                self._write_report(name, report, imported.get(name))
        if options["format"] == "text":
            for sent in left_out:
                self.stdout.write(f"{sent.name}: {sent.left_out}; left out")
        if wrong := sum(bool(report.parsed.problems) for report in reports.values()):
            noun = "file has problems" if wrong == 1 else "files have problems"
            outcome = f"{len(imported)} imported" if imported else "nothing was imported"
            raise CommandError(f"{wrong} {noun}; {outcome}.")

    def _import(self, reports: Reports, options: dict[str, Any]) -> dict[str, Imported]:
        """Import each document by itself; a refusal becomes a problem of its file."""
        imported: dict[str, Imported] = {}
        author = _person(options["author"]) if options["author"] else None
        good = [name for name, report in reports.items() if report.parsed.document]
        good = [name for name in good if not reports[name].parsed.problems]
        for name in tqdm(good, desc="Importing", unit="file", disable=len(good) < 2 or None):
            document = reports[name].parsed.document
            assert document is not None
            try:
                imported[name] = import_document(
                    document,
                    publishing=options["publish"],
                    replace_draft=options["replace_draft"],
                    rename=options["rename"],
                    author=author,
                )
            except DraftInTheWay as error:
                problems = [DocumentProblem(None, "draft", str(error))]
            except AnotherTitle as error:
                problems = [DocumentProblem(None, "Job Title", f"{error} (--rename)")]
            except NotPublishable as error:
                problems = [DocumentProblem(None, "publish", text) for text in error.missing]
            else:
                continue
            reports[name].parsed.problems.extend(problems)
        return imported

    def _write_report(self, name: str, report: Report, done: Imported | None) -> None:
        parsed = report.parsed
        self.stdout.write(f"{name}: {parsed.title}" if parsed.title else f"{name}:")
        for problem in parsed.problems:
            line = f"line {problem.line}" if problem.line else "whole file"
            self.stdout.write(f"  {line}: {problem}")
        if parsed.problems:
            return
        self.stdout.write(f"  {_score(report)}")
        if done:
            self.stdout.write(f"  {_what_was_done(done)}")
        self._write_list("claims that do not reproduce", [_claim(c) for c in report.unreproduced])
        if report.unread:
            unread = [f"line {note.line}: {note.text[:80]}" for note in report.unread]
            self._write_list("figures that were not checked", unread)
        if report.scored and report.every_figure_reproduces:
            self.stdout.write("  all figures reproduce")
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


def _read_all(files: Iterable[Path], left_out: list[Sent]) -> Reports:
    """The report of each document; what is none is added to ``left_out``."""
    reports: Reports = {}
    for file in files:
        try:
            with file.open("rb") as stream:
                for sent in documents_in(str(file), stream):
                    if sent.left_out:
                        left_out.append(sent)
                    else:
                        reports[sent.name] = report_on(parse(sent.data))
        except NotReadable as error:
            reports[str(file)] = _unreadable(str(error).removeprefix(f"{file} ").rstrip("."))
        except OSError as error:
            reason = error.strerror or str(error)
            reports[str(file)] = _unreadable(f"{reason.lower()}; expected a readable file")
    return reports


def _unreadable(message: str) -> Report:
    return Report(Parsed(None, "", [DocumentProblem(None, "file", message)]))


def _refuse(reports: Reports, options: dict[str, Any]) -> None:
    """Add the problems of documents that can be read and are not to be imported as they are."""
    of_role: dict[str, str] = {}
    # A document can be checked before there is anything to import it into.
    asks = not options["rename"] and Role._meta.db_table in connection.introspection.table_names()
    for name, report in reports.items():
        document = report.parsed.document
        if document is None:
            continue
        problems = report.parsed.problems
        other = of_role.setdefault(slug_of(document.identity.title), name)
        if other != name:
            message = f"'{report.parsed.title}' is the role of {other} too; expected one for a role"
            problems.append(DocumentProblem(None, "Job Title", message))
        if asks and (question := title_in_question(document.identity.title)):
            problems.append(DocumentProblem(None, "Job Title", f"{question} (--rename)"))
        if options["publish"] and not options["allow_notes"]:
            problems += [
                DocumentProblem(line, field, f"{why}; change it, or say --allow-notes")
                for line, field, why in report.doubts
            ]


def _score(report: Report) -> str:
    scored = report.scored
    if scored is None:
        return "an unfinished draft, without a score yet"
    return (
        f"{scored.published_score} {scored.zone} ({scored.sub_label}), "
        f"formula score {scored.formula_score}"
    )


def _what_was_done(done: Imported) -> str:
    role = "role created" if done.role_created else "role known"
    if done.role_updated:
        role = "role updated"
    published = ", published" if done.published else ""
    return f"{role}; version {done.assessment.version}: {done.outcome}{published}"


def _claim(checked: CheckedClaim) -> str:
    claim = checked.claim
    subject = f" ({claim.subject})" if claim.subject else ""
    computed = f"computed {checked.computed}"
    if checked.standing is Reproduction.NOT_CHECKED:
        computed = "not checked: nothing to hold it against"
    return f"{claim.figure.label}{subject}: claimed {claim.claimed}, {computed}; {claim.place}"


def _neighbour(neighbour: QuotedNeighbour) -> str:
    if neighbour.score is None:
        return f"{neighbour.title}: no score quoted"
    sub_label = f" {neighbour.sub_label}" if neighbour.sub_label else ""
    return f"{neighbour.title}: {neighbour.score} {neighbour.zone}{sub_label}"

"""Roles, occupations and the whole catalogue for programs; and the page that says what there is."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial, wraps
from hashlib import blake2b
from http import HTTPStatus
from io import BytesIO
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_safe

from roles.documents.render import render as render_document
from roles.models import Assessment, CatalogueVersion, Occupation, Role
from roles.occupations import index as occupations
from roles.occupations.index import Index
from roles.open_data import catalogue
from roles.open_data.dictionary import lines
from roles.open_data.files import File, csv_file, database, json_lines, scoring_zip, write_csv
from roles.open_data.occupation import PUBLISHED, all_published, occupation_representation
from roles.open_data.problems import problem
from roles.open_data.representation import (
    FORMS,
    cited_representation,
    representation,
)
from roles.open_data.schema import schema
from roles.open_data.selection import NotUnderstood, selected
from roles.open_data.tables import OCCUPATIONS, ROLE_TABLES, TASKS, Part, Table
from roles.reading.gone import withdrawn
from roles.services.export_document import document_of
from roles.vocabulary import LICENCE
from scoring.method import CURRENT

type View = Callable[[HttpRequest, str], HttpResponse]
CSV, MARKDOWN = "text/csv; charset=utf-8", "text/markdown; charset=utf-8"
AT_ONCE = 2
"""Files that a process makes at the same time: half of what it works on is left for pages."""
RETRY_AFTER = 5
"""Seconds after which whoever finds both at work may ask again."""
_making = BoundedSemaphore(AT_ONCE)


@require_safe
def role(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The published version of a role in one of its forms; JSON also where it is not assessed."""
    found = Assessment.objects.published().filter(role__slug=slug).with_document().first()
    if found:
        return _as(request, found, form)
    cited = Role.objects.public().with_citations().filter(slug=slug).first()
    if cited and form == "json":
        return _json(cited_representation(cited, _site(request)))
    if cited:
        raise Http404(f"{slug} is not assessed")
    return withdrawn(request, slug)


@require_safe
def version(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """One version of a role, the published one or one that it superseded, in one of its forms."""
    versions = Assessment.objects.readable().filter(role__slug=slug, version=number)
    if found := versions.with_document().first():
        return _as(request, found, form)
    return withdrawn(request, slug, number)


def of_occupation(route: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """A view of an occupation at the one address that it has on this route."""

    def declare(view: Callable[..., HttpResponse]) -> View:
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, address: str) -> HttpResponse:
            index = occupations.current()
            found = index.at(address)
            if found is None:
                raise Http404(f"no occupation {address}")
            if address != found.address:
                return redirect(route, found.address)
            return view(request, found, index)

        return answer

    return declare


@of_occupation("occupation_json")
def occupation(request: HttpRequest, found: Occupation, index: Index) -> HttpResponse:
    """What is published about one occupation."""
    return _json(occupation_representation(found, index, _site(request)))


@of_occupation("occupation_figures")
def occupation_figures(_: HttpRequest, found: Occupation, index: Index) -> HttpResponse:
    """What is published about one occupation, as comma-separated values."""
    return _csv(f"{found.address}.csv", PUBLISHED, map(PUBLISHED.row, all_published(found, index)))


@require_safe
def all_figures(_: HttpRequest) -> HttpResponse:
    """What is published about every occupation, a row for each."""
    every = occupations.current().occupations
    return _csv("occupations.csv", OCCUPATIONS, map(OCCUPATIONS.row, every))


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What data there are, what is in them, and how to use and cite them."""
    edition, site = catalogue.Edition.current(), _site(request)
    address = site + reverse("data")
    context = {
        "edition": edition,
        "tables": [(one, list(lines(one))) for one in (*ROLE_TABLES.values(), OCCUPATIONS)],
        "title": catalogue.TITLE,
        "says": catalogue.SAYS,
        "licence": LICENCE,
        "method": CURRENT,
        "address": address,
        "chart": catalogue.CHART.format(address=address),
        "recompute": catalogue.RECOMPUTE.format(address=address, site=site, slug=catalogue.EXAMPLE),
        "bibtex": edition.bibtex(address),
    }
    return render(request, "pages/data.html", context)


@require_safe
def package(request: HttpRequest) -> HttpResponse:
    """The description of all files for programs."""
    return _json(catalogue.package(_site(request)))


@require_safe
def role_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a role's JSON."""
    return _json(schema(_site(request) + reverse("schema")), "application/schema+json")


@require_safe
def library(_: HttpRequest) -> HttpResponse:
    """The code that works out a score, which needs nothing but Python."""
    return HttpResponse(scoring_zip(), content_type="application/zip")


def _edition(*_: Any, **__: Any) -> str:
    """The entity tag of a file: of the version of the catalogue and of what files look like."""
    current = CatalogueVersion.objects.values_list("number", "raised_by").first()
    form = json.dumps([catalogue.package("")["resources"], schema("")])
    return f'"{blake2b(f"{current}{form}".encode(), digest_size=12).hexdigest()}"'


def made_now(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A file that is too large to be kept; whoever has it already is told so by its tag.

    Nothing can be sent to it, so it needs no token to say so.
    """
    return csrf_exempt(require_safe(condition(etag_func=_edition)(view)))


@made_now
def rows(request: HttpRequest, table: str) -> HttpResponseBase:
    """A table of the roles that are asked for, as comma-separated values."""
    if table not in ROLE_TABLES:
        return _unknown("table", table, ROLE_TABLES)
    return _download(request, f"{table}.csv", CSV, partial(csv_file, ROLE_TABLES[table]))


@made_now
def roles(request: HttpRequest) -> HttpResponseBase:
    """The JSON of each role that is asked for, on a line of its own."""
    write = partial(json_lines, site=_site(request))
    return _download(request, "roles.jsonl", "application/jsonl", write)


@made_now
def sqlite(request: HttpRequest) -> HttpResponseBase:
    """All tables of the roles that are asked for as a database."""
    return _download(request, "jobzone.sqlite", "application/vnd.sqlite3", database)


def _download(
    request: HttpRequest, name: str, kind: str, write: Callable[..., None]
) -> HttpResponseBase:
    """A file that is made now of the roles that the query string asks for."""
    try:
        keys = selected(request.GET)
    except NotUnderstood as error:
        return problem(HTTPStatus.BAD_REQUEST, f"Not understood: {error}.")
    if not _making.acquire(blocking=False):
        response = problem(HTTPStatus.SERVICE_UNAVAILABLE, "Too many files are being made.")
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    try:
        file: File = TemporaryFile()  # noqa: SIM115 - it is closed once it is sent
        write(keys=keys, file=file)
    finally:
        _making.release()
    file.seek(0)
    headers = {"Cache-Control": "no-cache"}
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind, headers=headers)


def _as(request: HttpRequest, assessment: Assessment, form: str) -> HttpResponse:
    """A version in the form that is asked for."""
    match form:
        case "json":
            return _json(representation(assessment, _site(request)))
        case "md":
            text = render_document(document_of(assessment))
            return HttpResponse(text, content_type=MARKDOWN)
        case "csv":
            role = assessment.role
            return _csv(f"{role.slug}.csv", TASKS, TASKS.rows(Part(role, assessment, None)))
    return _unknown("form", form, FORMS)


def _json(content: dict[str, Any], kind: str = "application/json") -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return HttpResponse(text, content_type=kind)


def _csv(name: str, table: Table, rows: Iterable[Sequence[Any]]) -> HttpResponse:
    file = BytesIO()
    write_csv(table, rows, file)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type=CSV, headers=headers)


def _unknown(parameter: str, value: str, known: Iterable[str]) -> HttpResponse:
    """The refusal of a part of an address that is none of those that there are."""
    detail = f"{parameter}: there is no {value[:40]}; there are {', '.join(known)}."
    return problem(HTTPStatus.NOT_FOUND, detail)


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")

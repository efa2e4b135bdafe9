"""Roles, occupations and the whole catalogue for programs; and the page that says what there is."""

import json
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from http import HTTPStatus
from io import BytesIO
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from roles.documents.render import render as render_document
from roles.models import Assessment, CatalogueVersion, Role
from roles.occupations import index as occupations
from roles.open_data import catalogue
from roles.open_data.dictionary import lines
from roles.open_data.files import File, csv_file, database, json_lines, scoring_zip, write_csv
from roles.open_data.occupation import occupation_representation
from roles.open_data.problems import problem
from roles.open_data.representation import (
    FORMS,
    LICENCE,
    cited_representation,
    representation,
)
from roles.open_data.schema import schema
from roles.open_data.selection import NotUnderstood, selected
from roles.open_data.tables import OCCUPATIONS, ROLE_TABLES, TASKS, Part
from roles.reading.gone import withdrawn
from roles.services.export_document import document_of
from scoring.method import CURRENT

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


@require_safe
def occupation(request: HttpRequest, address: str) -> HttpResponse:
    """What is published about one occupation."""
    index = occupations.current()
    found = index.at(address)
    if found is None:
        raise Http404(f"no occupation {address}")
    if address != found.address:
        return redirect("occupation_json", found.address)
    return _json(occupation_representation(found, index, _site(request)))


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What data there are, what is in them, and how to use and cite them."""
    edition, site = catalogue.Edition.current(), _site(request)
    address = site + reverse("data")
    context = {
        "edition": edition,
        "tables": [(one, list(lines(one))) for one in (*ROLE_TABLES.values(), OCCUPATIONS)],
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
    return _shared(HttpResponse(scoring_zip(), content_type="application/zip"))


def _edition(*_: Any, **__: Any) -> str:
    """The entity tag of a file: of the version of the catalogue and of what files look like."""
    current = CatalogueVersion.objects.values_list("number", "raised_by").first()
    form = json.dumps([catalogue.package("")["resources"], schema("")])
    return f'"{blake2b(f"{current}{form}".encode(), digest_size=12).hexdigest()}"'


@require_safe
@condition(etag_func=_edition)
def rows(request: HttpRequest, table: str) -> HttpResponseBase:
    """A table of the roles that are asked for, as comma-separated values."""
    if table not in ROLE_TABLES:
        raise Http404(f"no table {table}")
    return _download(request, f"{table}.csv", CSV, partial(csv_file, ROLE_TABLES[table]))


@require_safe
@condition(etag_func=_edition)
def roles(request: HttpRequest) -> HttpResponseBase:
    """The JSON of each role that is asked for, on a line of its own."""
    write = partial(json_lines, site=_site(request))
    return _download(request, "roles.jsonl", "application/jsonl", write)


@require_safe
@condition(etag_func=_edition)
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
    return _shared(
        FileResponse(file, as_attachment=True, filename=name, content_type=kind), "no-cache"
    )


def _as(request: HttpRequest, assessment: Assessment, form: str) -> HttpResponse:
    """A version in the form that is asked for."""
    if form not in FORMS:
        raise Http404(f"no form {form}")
    if form == "json":
        return _json(representation(assessment, _site(request)))
    if form == "md":
        text = render_document(document_of(assessment))
        return _shared(HttpResponse(text, content_type=MARKDOWN))
    tasks = BytesIO()
    write_csv(TASKS, TASKS.rows(Part(assessment.role, assessment, None)), tasks)
    return _shared(HttpResponse(tasks.getvalue(), content_type=CSV))


def _json(content: dict[str, Any], kind: str = "application/json") -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return _shared(HttpResponse(text, content_type=kind))


def _shared[R: HttpResponseBase](response: R, cache: str = "") -> R:
    """Open to pages of other sites, which may read it as it is."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    if cache:
        response.headers["Cache-Control"] = cache
    return response


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")

"""The description of the API: an OpenAPI document, and the page made from it for people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from roles.api.answers import COMPONENTS, component
from roles.api.operations import MOST_BYTES, api, site_of
from roles.api.paging import MOST, USUAL
from roles.documents.fields import MAX_ROWS
from roles.finding import index
from roles.finding.facets import FACETS

METHODS = ("get", "post")
"""Those that are described; HEAD is answered wherever GET is."""
EXAMPLES = {
    "roles": "?zone=Red&sort=score&limit=5",
    "compare": "?role=clinical-coder-nhs&role=health-information-technologist",
    "occupations": "?family=29&sort=employment&limit=5",
    "slug": "clinical-coder-nhs",
    "number": "1",
    "code": "29-2072.00",
}
"""What the page asks for: the query string of an operation, and the value of a part of a path."""


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(document(site_of(request)))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What the API is, address by address."""
    site = site_of(request)
    context = {
        "operations": list(_described(document(site), site)),
        "site": site,
        "usual": USUAL,
        "most": MOST,
        "kilobytes": MOST_BYTES // 1000,
        "tasks": MAX_ROWS,
    }
    return render(request, "pages/api.html", context)


def document(site: str) -> dict[str, Any]:
    """The OpenAPI document of the API under an address such as https://jobzone.example.

    Filters whose values the roles say have those that there are now.
    """
    described = api.get_openapi_schema()
    paths = {
        path: {method: methods[method] for method in METHODS if method in methods}
        for path, methods in described["paths"].items()
    }
    for operation in _operations(paths):
        operation["responses"] |= _failures()
    for parameter in paths["/api/v1/roles"]["get"]["parameters"]:
        if parameter["name"] in _open_values():
            parameter["schema"]["items"]["enum"] = _open_values()[parameter["name"]]
    return {
        **described,
        "paths": paths,
        "servers": [{"url": site}],
        "components": {"schemas": COMPONENTS},
    }


def _operations(paths: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (operation for methods in paths.values() for operation in methods.values())


def _failures() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": component("Problem")}}
    return {
        "4XX": {"description": "The problem names what is wrong.", "content": content},
        "5XX": {"description": "Ask again later; a 503 says when.", "content": content},
    }


def _open_values() -> dict[str, list[str]]:
    """The values of the filters for which the roles themselves say what there is."""
    values = index.current().sets.facets
    return {facet.name: sorted(values[facet.name]) for facet in FACETS if facet.values is None}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address, as the page lists it."""

    name: str
    required: bool
    values: str
    """What it can be, in words."""
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address, as the page describes it."""

    name: str
    method: str
    path: str
    summary: str
    says: str
    parameters: list[Parameter]
    example: str
    """An address to try; empty where one has to send something."""


def _described(document: Mapping[str, Any], site: str) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            example = site + path.format_map(EXAMPLES) + EXAMPLES.get(one["operationId"], "")
            yield Operation(
                one["operationId"],
                method.upper(),
                path,
                one["summary"],
                one.get("description", ""),
                [_parameter(parameter) for parameter in one["parameters"]],
                example if method == "get" else "",
            )


def _parameter(parameter: Mapping[str, Any]) -> Parameter:
    schema = parameter["schema"]
    return Parameter(
        parameter["name"], parameter["required"], _values(schema), schema.get("description", "")
    )


def _values(schema: Mapping[str, Any]) -> str:
    """What a parameter can be, in words."""
    if "anyOf" in schema:
        return _values(schema["anyOf"][0])
    if "items" in schema:
        return _values(schema["items"])
    if "enum" in schema:
        return ", ".join(value or "(empty)" for value in schema["enum"])
    if "maximum" in schema:
        return f"{schema['minimum']} to {schema['maximum']}"
    return "a whole number" if schema["type"] == "integer" else "text"

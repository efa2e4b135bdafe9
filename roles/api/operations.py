"""What the API answers: a function for each address; its docstring is its description."""

from collections.abc import Callable, Sequence
from functools import wraps
from itertools import combinations
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.urls import reverse
from ninja import NinjaAPI, Query, Router
from ninja.errors import ValidationError

from roles.api import answers
from roles.api.answers import Gap, GapPart, Shape
from roles.api.asked import ComparisonAsked, OccupationsAsked, RolesAsked
from roles.api.paging import page
from roles.api.problems import Problem, of_inputs, of_unreadable, of_validation
from roles.documents.fields import MAX_ROWS
from roles.finding import index as roles_index
from roles.finding.facets import FACETS
from roles.finding.search import everything
from roles.finding.state import Finder
from roles.models import Assessment, Role
from roles.occupations import index as occupations_index
from roles.occupations.listing import LOWEST_FIRST, Listing
from roles.open_data.occupation import occupation_representation
from roles.open_data.representation import cited_representation, representation
from roles.open_data.selection import is_text
from roles.reading.gone import on, once_public
from roles.services.addresses import role_at
from scoring.explain import contributions, gap, in_tenths
from scoring.figures import InvalidInputs, Score
from scoring.plain import computation, plain
from scoring.reading import Unreadable, loaded, score_of
from scoring.uncertainty import about_the_same, chance_higher, in_percent

MOST_BYTES = 256_000
"""What a body may have: many times the JSON of the longest role."""

api = NinjaAPI(
    title="JobZone",
    version="1",
    description="What JobZone publishes, as JSON, and scoring by the AI Job Resistance Index.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
reading, scoring = Router(), Router()
"""What is published, which may be kept; and what is worked out of what is sent."""
api.add_router("", reading)
api.add_router("", scoring)


@api.exception_handler(Problem)
def _problem(_: HttpRequest, error: Problem) -> HttpResponse:
    return error.response()


@api.exception_handler(ValidationError)
def _not_allowed(_: HttpRequest, error: ValidationError) -> HttpResponse:
    return of_validation(error).response()


@api.exception_handler(Http404)
def _not_found(_: HttpRequest, error: Http404) -> HttpResponse:
    return Problem(404, f"There is {error}.").response()


def declared(
    router: Router, methods: Sequence[str], path: str, answer: Shape, **more: Any
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Declare a function as what answers at a path, with an answer of this shape."""
    content = {"application/json": {"schema": answer}}

    def declare(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        summary, _, description = (view.__doc__ or "").partition("\n")
        operation = router.api_operation(
            list(methods),
            path,
            operation_id=view.__name__,
            summary=summary.strip().rstrip("."),
            description=" ".join(description.split()),
            openapi_extra={"responses": {200: {"content": content}}, **more},
        )
        return operation(knows_all_parameters(view))

    return declare


def knows_all_parameters(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a parameter that the address does not have, one value too many, and broken text."""

    @wraps(view)
    def answer(request: HttpRequest, **values: Any) -> HttpResponse:
        fields = type(values["asked"]).model_fields if "asked" in values else {}
        for name, given in request.GET.lists():
            if name not in fields:
                known = f"there are {', '.join(fields)}" if fields else "there are none here"
                raise Problem.of_parameter(name[:60], f"is no parameter of this address; {known}")
            if not is_text(given):
                raise Problem.of_parameter(name, "is no text in UTF-8")
            if len(given) > 1 and not isinstance(getattr(values["asked"], name), list):
                raise Problem.of_parameter(name, "is given more than once")
        return view(request, **values)

    return answer


def read(path: str, answer: Shape) -> Callable[..., Any]:
    """Declare what is answered to GET and HEAD."""
    return declared(reading, ["GET", "HEAD"], path, answer)


@read("/roles", answers.ROLES)
def roles(request: HttpRequest, asked: Query[RolesAsked]) -> HttpResponse:
    """Roles by filters and words.

    The order is that of the site's own list. Where no title has the words of q, instead has
    those that were looked for in their place.
    """
    finder, keys = everything(Finder.of(request.GET))
    for facet in FACETS:
        if unknown := set(getattr(asked, facet.name)).difference(finder.chosen.get(facet.name, ())):
            raise Problem.of_parameter(facet.name, f"no role has the value “{min(unknown)[:60]}”")
    part = page(request, keys, asked.limit, asked.cursor)
    entries = [answers.role_entry(role) for role in Role.objects.in_order(part.keys)]
    titles = roles_index.current().titles
    instead = titles.find(finder.query).instead if finder.query else ""
    return JsonResponse(
        {"count": len(keys), "next": part.next_url, "instead": instead or None, "roles": entries}
    )


@read("/roles/{slug:slug}", answers.ROLE)
def role(request: HttpRequest, slug: str) -> HttpResponse:
    """A role with its published assessment.

    All inputs, texts and figures. Of a role that is not assessed, the scores that assessments of
    other roles quote for it.
    """
    found = Assessment.objects.published().filter(role__slug=slug).with_document().first()
    if found:
        return JsonResponse(representation(found, site_of(request)))
    if cited := Role.objects.public().with_citations().filter(slug=slug).first():
        return JsonResponse(cited_representation(cited, site_of(request)))
    return _elsewhere(request, slug)


@read("/roles/{slug:slug}/versions", answers.VERSIONS)
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """The versions of a role's assessment, the newest first."""
    found = Assessment.objects.readable().filter(role__slug=slug).order_by("-version")
    entries = [answers.version_entry(one) for one in found]
    return JsonResponse({"versions": entries}) if entries else _elsewhere(request, slug)


@read("/roles/{slug:slug}/versions/{int:number}", answers.ROLE)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version of a role's assessment."""
    found = Assessment.objects.readable().filter(role__slug=slug, version=number)
    if assessment := found.with_document().first():
        return JsonResponse(representation(assessment, site_of(request)))
    return _elsewhere(request, slug, number)


@read("/compare", answers.COMPARISON)
def compare(
    request: HttpRequest,  # noqa: ARG001 - django-ninja gives it
    asked: Query[ComparisonAsked],
) -> HttpResponse:
    """Two to four roles, and what the gaps between their scores come from.

    A gap is the score of first minus that of second. Its parts are Shapley values, rounded so
    that they still add up to it; they and the chance are there where both roles are assessed.
    """
    slugs = list(dict.fromkeys(asked.role))
    if len(slugs) < 2:
        raise Problem.of_parameter("role", "names one role; two are compared at least")
    found = {role.slug: role for role in Role.objects.public().filter(slug__in=slugs)}
    for slug in slugs:
        if slug not in found:
            raise Problem.of_parameter("role", f"there is no role “{slug[:60]}”", 404)
    compared = [found[slug] for slug in slugs]
    scores = {
        one.role_id: one.score()
        for one in Assessment.objects.published().filter(role__in=compared).with_scored_rows()
    }
    gaps = [
        _gap(first, scores.get(first.pk), second, scores.get(second.pk))
        for first, second in combinations(compared, 2)
    ]
    return JsonResponse({"roles": list(map(answers.role_entry, compared)), "gaps": plain(gaps)})


def _gap(first: Role, one: Score | None, second: Role, other: Score | None) -> Gap:
    assert first.score is not None
    assert second.score is not None
    points = gap(first.score, second.score)
    if one is None or other is None:
        return Gap(first.slug, second.slug, points)
    sure = (one.uncertainty, other.uncertainty)
    parts = in_tenths(contributions(one, other))
    return Gap(
        first.slug,
        second.slug,
        points,
        about_the_same(*sure),
        in_percent(chance_higher(*sure)),
        tuple(GapPart(factor, points) for factor, points in parts.items()),
    )


@read("/occupations", answers.OCCUPATIONS)
def occupations(request: HttpRequest, asked: Query[OccupationsAsked]) -> HttpResponse:
    """Occupations with what others have published about them.

    None of the figures is a score of ours. Occupations without the figure that orders them come
    last.
    """
    index = occupations_index.current()
    listing = Listing(asked.family or "", asked.sort or "", asked.order == LOWEST_FIRST)
    found = {one.code: one for one in listing.found(index)}
    part = page(request, list(found), asked.limit, asked.cursor)
    entries = [answers.occupation_entry(found[code], index) for code in part.keys]
    return JsonResponse({"count": len(found), "next": part.next_url, "occupations": entries})


@read("/occupations/{code}", answers.OCCUPATION)
def occupation(request: HttpRequest, code: str) -> HttpResponse:
    """One occupation, by its O*NET-SOC code.

    With the sources of its figures, and where each places it among all occupations.
    """
    index = occupations_index.current()
    found = index.at(code)
    if found is None:
        raise Http404(f"no occupation {code[:60]}")
    if code != found.code:
        return HttpResponsePermanentRedirect(reverse("api:occupation", args=[found.code]))
    return JsonResponse(occupation_representation(found, index, site_of(request)))


@declared(scoring, ["POST"], "/score", answers.SCORE, requestBody=answers.SCORED)
def score(request: HttpRequest) -> HttpResponse:
    """Score inputs.

    The body is the JSON of a role, or its inputs and method_version alone; rationales need not
    be there. Nothing of it is kept. The answer has every figure, exact and as pages show it, the
    range that the score moves in where ratings are a step off, and what deserves a second look.
    """
    if request.content_type != "application/json":
        raise Problem(415, "Content-Type: expected application/json.")
    if len(request.body) > MOST_BYTES:
        raise Problem(413, f"The body: more than {MOST_BYTES // 1000} kB were sent.")
    try:
        scored = score_of(loaded(request.body))
    except Unreadable as error:
        raise of_unreadable(error) from None
    except InvalidInputs as error:
        raise of_inputs(error.problems) from None
    if len(scored.inputs.tasks) > MAX_ROWS:
        tasks = {"pointer": "#/inputs/tasks", "detail": f"are more than {MAX_ROWS}"}
        raise Problem.of(422, [tasks])
    return JsonResponse({"method_version": scored.method.version, **computation(scored)})


def site_of(request: HttpRequest) -> str:
    """What the addresses of the site begin with."""
    return request.build_absolute_uri("/").rstrip("/")


def _elsewhere(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Where a role has moved to. Raises Problem where it is withdrawn, Http404 otherwise."""
    if gone := once_public(slug, number):
        raise Problem(410, f"Withdrawn{on(gone.withdrawn_at)}: no longer published here.")
    moved = role_at(slug)
    if moved is None or moved.slug == slug:
        raise Http404("no such role, or no such version of it")
    path = request.path.replace(f"/roles/{slug}", f"/roles/{moved.slug}", 1)
    return HttpResponsePermanentRedirect(path)

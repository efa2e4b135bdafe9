"""A mix of one's own in a role, and the tasks of a job that is not assessed.

The address is the whole state: nothing is stored, kept in the page cache, or found by search
engines.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from roles.drawing.marks import Mark
from roles.models import Assessment, Role
from roles.querysets import AssessmentQuerySet
from roles.services.addresses import moved_to
from roles.whatif.mix import LONGEST_ADDRESS, MOST_TASKS, Week
from roles.whatif.result import Result
from scoring.figures import Score, score
from scoring.method import CURRENT, METHODS

type View = Callable[..., HttpResponse]


def own(view: View) -> View:
    """A page about a reader's own week: for nobody's cache and in no index."""

    @require_safe
    @cache_control(private=True, no_cache=True)
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


@own
def my_mix(request: HttpRequest, slug: str) -> HttpResponse:
    """A role with the reader's own times, tasks and barriers, beside its published score."""
    current = _with_rows(Assessment.objects.published().filter(role__slug=slug)).first()
    if current is None:
        return _without_assessment(request.path, slug)
    asked, notices = _asked(request)
    assessment = _version(current, asked, notices)
    base = score(assessment.inputs(), assessment.method)
    if asked.get("method", assessment.method_version) != assessment.method_version:
        notices.append(
            f"Version {assessment.version} was scored by version {assessment.method_version} of "
            "the method, so that is used here."
        )
    others = list(assessment.seniority.all())
    levels = [assessment.role.seniority_level, *(level.label for level in others)]
    week = Week.in_role(request.path, asked, base, assessment.version, levels)
    result = Result.of(week, base, base)
    level = others[week.level.value - 1] if week.level and week.level.value else None
    context = {
        "role": assessment.role,
        "assessment": assessment,
        "newer": current.version if current.version != assessment.version else None,
        "base": base,
        "levels": result.levels(others) if result else [],
        "level": level,
        "from_level": result.beyond(level) if result and level else None,
        "marks": _mark(assessment, base),
    }
    return _answer(request, "pages/my_mix.html", week, result, notices, context)


@own
def own_score(request: HttpRequest) -> HttpResponse:
    """A job by the tasks that the reader puts in, and rates by the rubric."""
    asked, notices = _asked(request)
    method = METHODS.get(asked.get("method", CURRENT.version))
    if method is None:
        method = CURRENT
        notices.append(
            f"There is no such version of the method; version {method.version} is used here."
        )
    week = Week.in_job(request.path, asked, method)
    neutral = week.neutral().mix(week.neutral().rest(method))
    result = Result.of(week, week.rest(method), neutral.score) if neutral else None
    newer = CURRENT if method is not CURRENT else None
    context: dict[str, Any] = {
        "role": None,
        "method": method,
        "newer": newer,
        "marks": [],
        "level": None,
    }
    return _answer(request, "pages/own_score.html", week, result, notices, context)


def _asked(request: HttpRequest) -> tuple[QueryDict, list[str]]:
    """What the address asks for, and what is to be said of it."""
    try:
        return request.GET, []
    except TooManyFieldsSent:
        return QueryDict(), ["This address is too long to be read, so the form begins anew."]


def _answer(
    request: HttpRequest,
    template: str,
    week: Week,
    result: Result | None,
    notices: list[str],
    context: dict[str, Any],
) -> HttpResponse:
    """The page, at its one address; a form asks under others, and is sent on to that.

    htmx keeps the form as it stands, and is told the address. What could not be had is said where
    it was asked for.
    """
    notices += week.notices
    if len(week.url) > LONGEST_ADDRESS:
        notices.append("The address of this page is nearly as long as it can be; shorten names.")
    query = request.META.get("QUERY_STRING", "")
    by_htmx = "HX-Request" in request.headers
    adding = any(row.new for row in week.rows)
    if query not in ("", week.query) and not (by_htmx or adding or notices or week.misread):
        return redirect(week.url)
    context |= {"week": week, "result": result, "notices": notices, "most_tasks": MOST_TASKS}
    response = render(request, template, context)
    if by_htmx:
        response["HX-Replace-Url"] = week.url
    return response


def _mark(assessment: Assessment, base: Score) -> list[Mark]:
    """The role on the line from 0 to 100."""
    title = assessment.role.title
    return Mark.in_rows([(title, base.published_score, base.zone, assessment.provenance)])


def _with_rows(assessments: AssessmentQuerySet) -> AssessmentQuerySet:
    return assessments.select_related("role").with_scored_rows().prefetch_related("seniority")


def _version(current: Assessment, asked: QueryDict, notices: list[str]) -> Assessment:
    """The version that the address names, if readers can open it, else the published one."""
    named = asked.get("v", str(current.version))
    if named == str(current.version):
        return current
    if re.fullmatch("[0-9]{1,6}", named):
        readable = Assessment.objects.readable().filter(role=current.role, version=int(named))
        if version := _with_rows(readable).first():
            return version
    notices.append(
        f"There is no such version of this assessment; version {current.version} is used here."
    )
    return current


def _without_assessment(path: str, slug: str) -> HttpResponse:
    """A role with a cited score only can be put in from nothing; one withdrawn has its own page.

    Raises Http404 if there is no such role.
    """
    if role := Role.objects.public().filter(slug=slug).first():
        return redirect(f"{reverse('own_score')}?{urlencode({'job': role.title})}")
    if Assessment.objects.ever_published().filter(role__slug=slug).exists():
        return redirect("role", slug)
    if moved := moved_to(path, slug):
        return redirect(moved, permanent=True)
    raise Http404(f"no role {slug}")

"""One step taken with many assessments: first shown for each, then taken one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join

from roles.editing.requests import person_of
from roles.models import Assessment
from roles.querysets import AssessmentQuerySet
from roles.services import workflow
from roles.services.permissions import may_change
from roles.services.publish import NotAllowed, NotPublishable, locked, publish
from roles.services.transactions import is_busy, retried
from roles.vocabulary import Status

BUSY = "Somebody else is working on it at the moment; try again."


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to each of several assessments."""

    action: str
    """Its name in the list."""
    verb: str
    done: str
    """What those are that it was done to: "Published"."""
    against: Callable[[HttpRequest, Assessment], list[str]]
    """Why it cannot be done to one by this person, in sentences; empty if it can."""
    effect: Callable[[Assessment, Assessment | None], str]
    """What it changes, given the published version of the role."""
    take: Callable[[Assessment], object]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a step would change of one assessment, or why it cannot."""

    assessment: Assessment
    published: Assessment | None
    """The version that readers see now."""
    effect: str
    against: list[str]


def act(step: Step, request: HttpRequest, chosen: AssessmentQuerySet) -> HttpResponse | None:
    """Show what a step would change; take it once the person has confirmed that."""
    if "confirmed" in request.POST:
        _take_all(step, request, chosen)
        return None
    proposals = proposals_for(step, request, chosen)
    context = {
        **admin.site.each_context(request),
        "title": f"{step.verb}: {len(proposals)} assessment{'s' if len(proposals) > 1 else ''}",
        "step": step,
        "possible": [one for one in proposals if not one.against],
        "impossible": [one for one in proposals if one.against],
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return render(request, "admin/roles/assessment/bulk.html", context)


def proposals_for(step: Step, request: HttpRequest, chosen: AssessmentQuerySet) -> list[Proposal]:
    """What a step would change, for each of these assessments in their order."""
    assessments = list(chosen.with_document())
    roles = [assessment.role_id for assessment in assessments]
    there = {one.role_id: one for one in Assessment.objects.published().filter(role__in=roles)}
    return [
        Proposal(
            assessment=assessment,
            published=(published := there.get(assessment.role_id)),
            effect=step.effect(assessment, published),
            against=step.against(request, assessment),
        )
        for assessment in assessments
    ]


def _take_all(step: Step, request: HttpRequest, chosen: AssessmentQuerySet) -> None:
    """Take a step with each by itself, so that none stops another, and report on all of them."""
    found = {str(one.pk): one for one in chosen.select_related("role")}
    done, refused = [], []
    for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
        assessment = found.get(key)
        if assessment is None:
            refused.append((f"Number {key}", "It is not in this list any more."))
        elif against := _outcome(step, request, assessment):
            refused.append((str(assessment), " ".join(against)))
        else:
            done.append((f"{assessment.role}, version {assessment.version}",))
    if done:
        messages.success(request, _report(step.done, "<li>{}</li>", done))
    if refused:
        messages.warning(request, _report(f"Not {step.done.lower()}", "<li>{}: {}</li>", refused))


def _report(title: str, line: str, rows: Sequence[tuple[str, ...]]) -> str:
    return format_html("{}: {}<ul>{}</ul>", title, len(rows), format_html_join("", line, rows))


def _outcome(step: Step, request: HttpRequest, assessment: Assessment) -> list[str]:
    """Take a step with one; why it was not taken, or nothing."""
    try:
        return _take(step, request, assessment)
    except NotPublishable as error:
        return [f"It lacks: {'; '.join(error.missing)}."]
    except NotAllowed as error:
        return [str(error)]
    except DatabaseError as error:
        if not is_busy(error):
            raise
        return [BUSY]


@retried
def _take(step: Step, request: HttpRequest, assessment: Assessment) -> list[str]:
    """Take a step with what is stored now, if that is what the person has looked at."""
    stored = locked(assessment)
    if request.POST.get(f"edition-{stored.pk}") != str(stored.edition):
        return [f"{stored.edited_by or 'Somebody'} has saved it since you looked; look again."]
    against = step.against(request, Assessment.objects.with_document().get(pk=stored.pk))
    if not against:
        step.take(stored)
    return against


def _against_publishing(request: HttpRequest, assessment: Assessment) -> list[str]:
    if not assessment.is_open:
        return [f"It is {_state(assessment)}."]
    return workflow.publishable(assessment, person_of(request))


def _against_submitting(request: HttpRequest, assessment: Assessment) -> list[str]:
    if assessment.status != Status.DRAFT:
        return [f"It is {_state(assessment)}."]
    return [] if may_change(person_of(request), assessment) else ["It is not yours."]


def _against_deleting(request: HttpRequest, assessment: Assessment) -> list[str]:
    if assessment.status == Status.DELETED:
        return ["It is deleted."]
    if admin.site.get_model_admin(Assessment).has_delete_permission(request, assessment):
        return []
    return ["An editor has to delete it."]


def _published(_: Assessment, published: Assessment | None) -> str:
    if published is None:
        return "First version: readers get a page of this role."
    return f"New version: readers see it in the place of version {published.version}."


def _deleted(assessment: Assessment, _: Assessment | None) -> str:
    match assessment.status:
        case Status.PUBLISHED:
            return "Readers find the page of this role gone. It can be restored."
        case Status.SUPERSEDED:
            return "Readers find this version gone from the history. It can be restored."
    return "Readers never saw it. It can be restored."


def _state(assessment: Assessment) -> str:
    return Status(assessment.status).label.lower()


PUBLISH = Step(
    action="publish_selected",
    verb="Publish",
    done="Published",
    against=_against_publishing,
    effect=_published,
    take=publish,
)
SUBMIT = Step(
    action="submit_selected",
    verb="Ask for a review",
    done="Sent to review",
    against=_against_submitting,
    effect=lambda *_: "Readers see no difference. It waits for a reviewer.",
    take=workflow.submit,
)
DELETE = Step(
    action="delete_selected",
    verb="Delete",
    done="Deleted",
    against=_against_deleting,
    effect=_deleted,
    take=workflow.delete,
)

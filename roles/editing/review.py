"""The review of an assessment: what differs, what people say of it, and the next step."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from pghistory.models import Events

from roles.documents.diff import diff
from roles.documents.layout import Section
from roles.editing.requests import person_of, visible_assessments
from roles.editing.typed_django import ModelForm
from roles.models import Assessment, ReviewComment
from roles.services import workflow
from roles.services.export_document import document_of
from roles.services.permissions import may_change, may_publish, may_restore
from roles.services.preview_link import preview_url
from roles.services.publish import NotAllowed, NotPublishable, locked, publish
from roles.services.transactions import retried
from roles.vocabulary import Status

MOST_EVENTS = 50


class CommentForm(ModelForm):
    """A remark on one section."""

    class Meta:
        model = ReviewComment
        fields = ["section", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "cols": 80})}


class ScheduleForm(forms.Form):
    """When an assessment is to be published."""

    at = forms.DateTimeField(
        label="Publish at (UTC)", widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that a reviewer needs on one page."""
    assessment = _visible(request, pk)
    return _page(request, assessment, CommentForm(), ScheduleForm())


@require_POST
@retried
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step: comment, resolve, submit, send back, publish, schedule, roll back ..."""
    assessment = _visible(request, pk)
    name = request.POST.get("step", "")
    if name == "comment":
        comment = CommentForm(request.POST)
        if not comment.is_valid():
            return _page(request, assessment, comment, ScheduleForm())
        comment.instance.assessment, comment.instance.author = assessment, request.user
        comment.save()
        messages.success(request, f"Your comment on “{comment.instance.section}” is kept.")
    elif name == "schedule":
        schedule = ScheduleForm(request.POST)
        if not schedule.is_valid():
            return _page(request, assessment, CommentForm(), schedule)
        _take(request, assessment, name, schedule.cleaned_data["at"])
    elif name in ACTIONS:
        _take(request, assessment, name)
    else:
        raise PermissionDenied
    return HttpResponseRedirect(reverse("admin:roles_assessment_review", args=[pk]))


def _take(
    request: HttpRequest, assessment: Assessment, name: str, at: datetime | None = None
) -> None:
    if not allowed(request, assessment, name):
        raise PermissionDenied
    if _changed_meanwhile(request, assessment):
        messages.error(
            request,
            f"{assessment.edited_by or 'Somebody'} has saved this assessment since you opened the "
            "page. Nothing was done: look at what is new and decide again.",
        )
        return
    try:
        if at:
            workflow.schedule(assessment, at)
        else:
            ACTIONS[name](request, assessment)
    except NotPublishable as error:
        messages.error(request, f"Not published. It lacks: {'; '.join(error.missing)}.")
    except ValueError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{assessment.role}: {STEPS[name]}.")


def _changed_meanwhile(request: HttpRequest, assessment: Assessment) -> bool:
    """Whether what the person has looked at is not what is stored now; holds it under lock."""
    try:
        return request.POST.get("edition") != str(locked(assessment).edition)
    except NotAllowed:
        return True


def _resolve(request: HttpRequest, assessment: Assessment) -> None:
    comment = get_object_or_404(assessment.comments, pk=request.POST.get("comment") or 0)
    comment.resolved_at = timezone.now()
    comment.save()


ACTIONS: Mapping[str, Callable[[HttpRequest, Assessment], object]] = {
    "resolve": _resolve,
    "submit": lambda _, assessment: workflow.submit(assessment),
    "send back": lambda _, assessment: workflow.send_back(assessment),
    "publish": lambda _, assessment: publish(assessment),
    "roll back": lambda request, assessment: workflow.roll_back(assessment, person_of(request)),
    "revise": lambda request, assessment: workflow.new_draft(assessment, person_of(request)),
    "restore": lambda _, assessment: workflow.restore(assessment),
}
STEPS = {
    "resolve": "the comment is marked as dealt with",
    "submit": "waits for review",
    "send back": "is back with its author",
    "publish": "is published",
    "schedule": "will be published at that time",
    "roll back": "the older version is published again, as a new one",
    "revise": "there is a new draft with this content",
    "restore": "is back",
}


def allowed(request: HttpRequest, assessment: Assessment, name: str) -> bool:
    """Whether this person may take this step with this assessment now."""
    person, status = person_of(request), assessment.status
    match name:
        case "resolve":
            return may_change(person, assessment)
        case "submit":
            return status == Status.DRAFT and may_change(person, assessment)
        case "send back":
            return status == Status.IN_REVIEW and person.has_perm("roles.review_assessment")
        case "publish":
            return assessment.is_open and may_publish(person, assessment)
        case "schedule":
            return status == Status.IN_REVIEW and may_publish(person, assessment)
        case "roll back":
            return status == Status.SUPERSEDED and may_publish(person, assessment)
        case "revise":
            return status == Status.PUBLISHED and person.has_perm("roles.add_assessment")
        case "restore":
            return status == Status.DELETED and may_restore(person, assessment)
    return False


def _visible(request: HttpRequest, pk: int) -> Assessment:
    if not request.user.has_perm("roles.view_assessment"):
        raise PermissionDenied
    assessment: Assessment = get_object_or_404(visible_assessments(request).with_document(), pk=pk)
    return assessment


def _page(
    request: HttpRequest, assessment: Assessment, comment: CommentForm, schedule: ScheduleForm
) -> HttpResponse:
    published = assessment.role.assessments.published().exclude(pk=assessment.pk)
    against = published.with_document().first()
    document = document_of(assessment)
    lacking = document.missing_for_publication()
    context = {
        **admin.site.each_context(request),
        "title": f"Review: {assessment}",
        "assessment": assessment,
        "against": against,
        "diff": diff(document_of(against), document) if against else None,
        "lacking": lacking,
        "steps": [
            name for name in ACTIONS if name != "resolve" and allowed(request, assessment, name)
        ],
        "comment_form": comment,
        "schedule_form": schedule if allowed(request, assessment, "schedule") else None,
        "comments": _by_section(assessment),
        "may_resolve": allowed(request, assessment, "resolve"),
        "second_person": assessment.is_open
        and request.user.has_perm("roles.publish_assessment")
        and not may_publish(person_of(request), assessment),
        "preview_url": preview_url(request, assessment)
        if assessment.is_open and not lacking
        else "",
        "events": _events(assessment),
    }
    return render(request, "admin/roles/assessment/review.html", context)


def _by_section(assessment: Assessment) -> list[tuple[str, list[ReviewComment]]]:
    comments = list(assessment.comments.select_related("author"))
    grouped = [(str(section), [c for c in comments if c.section == section]) for section in Section]
    return [(section, some) for section, some in grouped if some]


def _events(assessment: Assessment) -> list[dict[str, Any]]:
    """Who changed what and when, the latest first."""
    # pghistory has no types.
    found: Any = Events.objects.references(assessment)  # type: ignore[no-untyped-call]
    events = list(found.order_by("-pgh_created_at")[:MOST_EVENTS])
    keys = {(event.pgh_context or {}).get("user") for event in events} - {None}
    people = get_user_model().objects.in_bulk(keys)
    return [
        {
            "at": event.pgh_created_at,
            "by": people.get((event.pgh_context or {}).get("user"), "a command"),
            "what": event.pgh_obj_model.partition(".")[2],
            "label": event.pgh_label,
            "changes": [
                (name, *values)
                for name, values in (event.pgh_diff or {}).items()
                if not name.endswith("_at")
            ],
        }
        for event in events
    ]

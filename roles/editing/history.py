"""The history of an assessment in words, and how an earlier text comes back into a draft."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from pghistory.models import Events

from roles.documents.diff import Run, word_runs
from roles.documents.fields import FIELDS
from roles.editing.clock import clock
from roles.editing.requests import changed_meanwhile, one_visible, person_of
from roles.models import Assessment
from roles.services.permissions import may_change
from roles.services.quotes import store_quotes
from roles.services.transactions import retried
from roles.vocabulary import Status

MOST_EVENTS = 500
NOT_SAID = ("id", "assessment_id", "edited_by_id", "author_id", "imported_digest")
"""Columns that change beside what people do, or are said otherwise."""
CALLED_BY = ("name", "title", "claim", "dimension")
"""The column by which a row is called, the first that it has."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done: what it is about, and what became of it."""

    about: str
    """Such as: Task “Reading notes”."""
    words: str
    """Such as: score 4 to 3."""
    runs: list[Run]
    """What differs, where it is a text."""
    event: str = ""
    field: str = ""
    """Where the earlier text can be brought back from; empty where it cannot."""


@dataclass(frozen=True, slots=True)
class Save:
    """All that somebody did at once."""

    at: datetime
    by: str
    lines: list[Line]


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who did what and when, the latest first."""
    assessment = one_visible(request, pk)
    events = list(_events(assessment).order_by("-pgh_created_at", "-pgh_id")[:MOST_EVENTS])
    context = {
        **admin.site.each_context(request),
        "title": f"History: {assessment}",
        "assessment": assessment,
        "saves": [save for save in saves(events) if save.lines],
        "cut": len(events) == MOST_EVENTS,
        "token": get_token(request) if _may_restore(request, assessment) else "",
    }
    return render(request, "admin/roles/assessment/history.html", context)


@require_POST
@retried
def restore_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back into an open draft what one text was before a change."""
    assessment = one_visible(request, pk)
    if not _may_restore(request, assessment):
        raise PermissionDenied
    event = _events(assessment).filter(pgh_slug=request.POST.get("event", "")).first()
    name = request.POST.get("field", "")
    if event is None or name not in _texts(event):
        raise Http404("no such change of a text")
    if not changed_meanwhile(request, assessment):
        row = _row(event, assessment)
        if row is None:
            messages.error(request, f"{_about(event)} is not in the draft any more.")
        else:
            setattr(row, name, event.pgh_diff[name][0])
            _save_if_valid(request, assessment, row, _label(event, name))
    return HttpResponseRedirect(reverse("admin:roles_assessment_history", args=[pk]))


def saves(events: Iterable[Any]) -> list[Save]:
    """Events as what people did at once, in the order of the events."""
    together: dict[Any, list[Any]] = {}
    for event in events:
        together.setdefault(event.pgh_context_id or event.pgh_created_at, []).append(event)
    keys = {_person(some[0]) for some in together.values()} - {None}
    people: dict[Any, Any] = get_user_model().objects.in_bulk(keys)
    return [
        Save(
            some[0].pgh_created_at,
            str(people.get(_person(some[0]), "somebody" if _person(some[0]) else "a command")),
            list(_lines(sorted(some, key=lambda event: (event.pgh_obj_model, event.pgh_id)))),
        )
        for some in together.values()
    ]


def _events(assessment: Assessment) -> Any:
    # pghistory has no types.
    return Events.objects.references(assessment)  # type: ignore[no-untyped-call]


def _person(event: Any) -> Any:
    return (event.pgh_context or {}).get("user")


def _lines(events: list[Any]) -> Iterator[Line]:
    begun = [e for e in events if e.pgh_label == "insert" and _model(e) is Assessment]
    for event in begun:
        yield Line(f"Version {event.pgh_data['version']}", _begun_with(events), [])
    for event in events:
        if event.pgh_label == "update":
            yield from _changes(event)
        elif event.pgh_label == "delete":
            yield Line(_about(event), "removed", [])
        elif not begun:
            yield Line(_about(event), "added", [])


def _begun_with(events: list[Any]) -> str:
    """What a new version began with, counted: many rows at once say no more than that."""
    models_begun = [_model(e) for e in events if e.pgh_label == "insert"]
    counts = {
        model: models_begun.count(model)
        for model in dict.fromkeys(models_begun)
        if model is not Assessment
    }
    rows = ", ".join(
        f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural}"
        for model, count in counts.items()
    )
    return f"begun with {rows}" if rows else "begun"


def _changes(event: Any) -> Iterator[Line]:
    texts = _texts(event)
    for column, (before, after) in (event.pgh_diff or {}).items():
        if column in NOT_SAID or (column.endswith("_at") and column != "publish_at"):
            continue
        label = _label(event, column)
        if column in texts:
            runs = word_runs(_written(before), _written(after))
            yield Line(_about(event), label, runs, event.pgh_slug, column)
        elif column == "position":
            yield Line(_about(event), f"moved from {before + 1} to {after + 1}", [])
        else:
            words = f"{label} {_value(column, before)} to {_value(column, after)}"
            yield Line(_about(event), words, [])


def _texts(event: Any) -> list[str]:
    """The columns of a change that are texts, without those of a fixed choice."""
    fields = _model(event)._meta.concrete_fields
    texts = {
        field.attname
        for field in fields
        if not field.choices and (field.name in LISTS or isinstance(field, TEXTS))
    }
    return [name for name in event.pgh_diff or {} if name in texts and name not in NOT_SAID]


TEXTS = (models.CharField, models.TextField)
LISTS = ("survival_strategy",)
"""Texts of several lines that are kept as a list."""


def _model(event: Any) -> Any:
    return apps.get_model(event.pgh_obj_model)


def _about(event: Any) -> str:
    model = _model(event)
    if model is Assessment:
        return "Assessment"
    called = next((event.pgh_data[name] for name in CALLED_BY if name in event.pgh_data), "")
    return f"{str(model._meta.verbose_name).capitalize()} “{called}”"


def _label(event: Any, column: str) -> str:
    """What a column is called: as documents call it where they have it."""
    if _model(event) is Assessment and column in FIELDS:
        return FIELDS[column].label
    field = next(f for f in _model(event)._meta.concrete_fields if f.attname == column)
    return str(field.verbose_name)


def _written(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(value)


def _value(column: str, value: Any) -> str:
    if column == "status":
        return Status(value).label.lower()
    if column == "reviewer_id":
        return str(User.objects.filter(pk=value).first() or "nobody")
    if column == "publish_at" and value:
        return clock(datetime.fromisoformat(value))
    return _written(value) or "nothing"


def _may_restore(request: HttpRequest, assessment: Assessment) -> bool:
    allowed = request.user.has_perm("roles.change_assessment")
    return allowed and may_change(person_of(request), assessment)


def _row(event: Any, assessment: Assessment) -> Any:
    """The row that a change was of, if it is still there."""
    model = _model(event)
    if model is Assessment:
        return assessment
    return model.objects.filter(pk=event.pgh_obj_id, assessment=assessment).first()


def _save_if_valid(request: HttpRequest, assessment: Assessment, row: Any, label: str) -> None:
    try:
        row.validate_constraints()
    except ValidationError as error:
        messages.error(request, f"{label} stays as it is: {' '.join(error.messages)}")
        return
    _save(assessment, row, person_of(request))
    messages.success(request, f"{label} is what it was before.")


def _save(assessment: Assessment, row: Any, person: User) -> None:
    """As the form saves: a new edition, by this person, off any schedule."""
    if row is not assessment:
        row.save()
    assessment.edited_by, assessment.publish_at = person, None
    assessment.save()
    assessment.contributors.add(person)
    store_quotes(assessment)

"""The review of an assessment: what differs, what people say of it, and the next step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from roles.documents.diff import Diff, Difference, diff
from roles.documents.fields import AssessmentDocument
from roles.documents.layout import Section
from roles.documents.parts import Part, parts
from roles.documents.publication import lacking
from roles.editing import notices
from roles.editing.requests import changed_meanwhile, one_visible, person_of
from roles.editing.steps import STEPS, Step, allowed
from roles.editing.typed_django import ModelForm
from roles.models import Assessment, ReviewComment
from roles.services import remarks
from roles.services.export_document import document_of
from roles.services.permissions import may_change, may_publish, reviewers
from roles.services.preview_link import preview_url
from roles.services.publish import NotPublishable
from roles.services.transactions import retried
from roles.services.workflow import publishable
from roles.vocabulary import Status


class RemarkForm(ModelForm):
    """A remark on one section."""

    class Meta:
        model = ReviewComment
        fields = ["section", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "cols": 80})}


class AnswerForm(ModelForm):
    """An answer to a remark, in its section."""

    class Meta:
        model = ReviewComment
        fields = ["text"]


class ReviewerForm(forms.Form):
    """Who is to review, by name."""

    reviewer = forms.ModelChoiceField(
        reviewers(), required=False, empty_label="anybody who may review"
    )


class ConfirmForm(forms.Form):
    """What a person says before readers see a change: when, and that they know of remarks."""

    at = forms.DateTimeField(
        label="Publish at (UTC)",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    knowing_remarks = forms.BooleanField(
        label="I know of the remarks that are not settled",
        label_suffix="",
        error_messages={"required": "Settle the remarks first, or say that you know of them."},
    )

    def __init__(self, step: str, unsettled: int, data: Any = None) -> None:
        super().__init__(data)
        if step != "schedule":
            del self.fields["at"]
        if not unsettled:
            del self.fields["knowing_remarks"]


@dataclass(frozen=True, slots=True)
class ReviewedSection:
    """A section with what differs in it, or all it says, and what people say of it."""

    name: Section
    differences: list[Difference]
    parts: list[Part]
    """All that it says, in a version with nothing published to be held against."""
    remarks: list[ReviewComment]


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that a reviewer needs on one page."""
    chosen = {"section": request.GET.get("section", "")}
    return _page(request, one_visible(request, pk), RemarkForm(initial=chosen))


@require_safe
def confirm(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """What readers would see changed, before a step that shows it to them."""
    assessment = one_visible(request, pk)
    step = _step(request, assessment, name)
    if not step.asks:
        raise PermissionDenied
    return _confirmation(request, assessment, name)


@require_POST
@retried
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step: remark, settle, submit, send back, publish, schedule, roll back ..."""
    assessment, name = one_visible(request, pk), request.POST.get("step", "")
    if name in ON_REMARKS:
        return ON_REMARKS[name](request, assessment)
    if not _step(request, assessment, name).asks:
        chosen = ReviewerForm(request.POST)
        if not chosen.is_valid():
            messages.error(request, "That person may not review; choose somebody else.")
            return HttpResponseRedirect(_at("review", pk))
        said = chosen.cleaned_data if "reviewer" in request.POST else {}
        return _take(request, assessment, name, said)
    if "confirmed" not in request.POST:
        return HttpResponseRedirect(_at("confirm", pk, name))
    form = ConfirmForm(name, assessment.comments.unsettled().count(), request.POST)
    if not form.is_valid():
        return _confirmation(request, assessment, name, form)
    return _take(request, assessment, name, form.cleaned_data)


def _at(page: str, *args: object) -> str:
    return reverse(f"admin:roles_assessment_{page}", args=args)


def _step(request: HttpRequest, assessment: Assessment, name: str) -> Step:
    if name not in STEPS or not allowed(person_of(request), assessment, name):
        raise PermissionDenied
    return STEPS[name]


def _take(
    request: HttpRequest, assessment: Assessment, name: str, said: Mapping[str, Any]
) -> HttpResponse:
    """Take a step that is allowed, say what came of it, and lead to where it goes on."""
    step, draft = STEPS[name], None
    if not changed_meanwhile(request, assessment):
        try:
            draft = step.take(assessment, person_of(request), said)
        except NotPublishable as error:
            messages.error(request, f"Not published. It lacks: {'; '.join(error.missing)}.")
        except ValueError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{assessment.role}: {step.done}.")
            assessment.refresh_from_db()
            _tell(request, assessment, step)
    page = _at("change", draft.pk) if draft else _at("review", assessment.pk)
    return HttpResponseRedirect(page)


def _tell(request: HttpRequest, assessment: Assessment, step: Step) -> None:
    # A draft is its author's; who is to review it is told when it waits.
    if step.tells and not (step.tells == "reviewer" and assessment.status == Status.DRAFT):
        what = "waits for review" if step.tells == "reviewer" else step.done
        notices.tell(request, getattr(assessment, step.tells), assessment, what)


def _remark(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, assessment, form)
    section, text = form.cleaned_data["section"], form.cleaned_data["text"]
    remarks.remark(assessment, person_of(request), section, text)
    messages.success(request, f"Your remark on “{section}” is kept.")
    _say_called_off(request, assessment)
    notices.tell(request, assessment.author, assessment, f"a remark on “{section}”")
    return HttpResponseRedirect(_at("review", assessment.pk))


def _answer(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    to, form = _named(request, assessment), AnswerForm(request.POST)
    if form.is_valid():
        remarks.answer(to, person_of(request), form.cleaned_data["text"])
        notices.tell(request, to.author, assessment, f"an answer on “{to.section}”")
        messages.success(request, "Your answer is kept.")
    else:
        messages.error(request, f"The answer: {' '.join(map(str, form.errors['text']))}")
    return _to_remark(assessment, to)


def _settle(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    comment = _named(request, assessment)
    remarks.settle(comment, person_of(request))
    messages.success(request, "The remark is settled.")
    return _to_remark(assessment, comment)


def _reopen(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    comment = _named(request, assessment)
    remarks.reopen(comment)
    messages.success(request, "The remark is open again.")
    _say_called_off(request, assessment)
    return _to_remark(assessment, comment)


def _named(request: HttpRequest, assessment: Assessment) -> ReviewComment:
    """The remark that is posted about; whoever may change the assessment deals with it."""
    if not may_change(person_of(request), assessment):
        raise PermissionDenied
    key = request.POST.get("comment", "")
    comment: ReviewComment = get_object_or_404(
        assessment.comments.filter(answers_to=None), pk=key if key.isdecimal() else 0
    )
    return comment


def _say_called_off(request: HttpRequest, assessment: Assessment) -> None:
    if assessment.publish_at:
        messages.warning(request, "The planned publication is off, since there is a remark.")


def _to_remark(assessment: Assessment, comment: ReviewComment) -> HttpResponse:
    return HttpResponseRedirect(f"{_at('review', assessment.pk)}#remark-{comment.pk}")


ON_REMARKS: Mapping[str, Callable[[HttpRequest, Assessment], HttpResponse]] = {
    "comment": _remark,
    "answer": _answer,
    "resolve": _settle,
    "reopen": _reopen,
}


def _page(request: HttpRequest, assessment: Assessment, remark: RemarkForm) -> HttpResponse:
    person = person_of(request)
    against = _published_beside(assessment)
    document = document_of(assessment)
    found = diff(document_of(against), document) if against else None
    missing = lacking(document)
    steps = [name for name in STEPS if allowed(person, assessment, name)]
    context = {
        **admin.site.each_context(request),
        "title": f"Review: {assessment}",
        "assessment": assessment,
        "against": against,
        "diff": found,
        "sections": _sections(assessment, document, found),
        "lacking": missing,
        "steps": steps,
        "form": ReviewerForm(initial={"reviewer": assessment.reviewer})
        if "choose reviewer" in steps
        else None,
        "overdue": Assessment.objects.overdue().filter(pk=assessment.pk).exists(),
        "remark_form": remark,
        "unsettled": assessment.comments.unsettled(),
        "token": get_token(request) if may_change(person, assessment) else "",
        "second_person": assessment.is_open
        and person.has_perm("roles.publish_assessment")
        and not may_publish(person, assessment),
        "preview_url": preview_url(request, assessment)
        if assessment.is_open and not missing
        else "",
    }
    return render(request, "admin/roles/assessment/review.html", context)


def _published_beside(assessment: Assessment) -> Assessment | None:
    """The version that readers see, where this is another."""
    published = assessment.role.assessments.published().exclude(pk=assessment.pk)
    found: Assessment | None = published.with_document().first()
    return found


def _sections(
    assessment: Assessment, document: AssessmentDocument, found: Diff | None
) -> list[ReviewedSection]:
    """The sections in which something differs, or all of a first version, or with remarks."""
    differences = found.differences if found else []
    said = list(parts(document)) if found is None else []
    threads = list(assessment.comments.threads())
    sections = [
        ReviewedSection(
            section,
            [one for one in differences if one.section is section],
            [part for part in said if part.section is section],
            [comment for comment in threads if comment.section == section],
        )
        for section in Section
    ]
    return [one for one in sections if one.differences or one.parts or one.remarks]


def _confirmation(
    request: HttpRequest, assessment: Assessment, name: str, form: ConfirmForm | None = None
) -> HttpResponse:
    person, against = person_of(request), _published_beside(assessment)
    unsettled = list(assessment.comments.unsettled().select_related("author"))
    told = getattr(assessment, STEPS[name].tells)
    context = {
        **admin.site.each_context(request),
        "title": f"{name.capitalize()}: {assessment.role}, version {assessment.version}?",
        "name": name,
        "assessment": assessment,
        "against": against,
        "diff": diff(document_of(against), document_of(assessment)) if against else None,
        "unsettled": unsettled,
        "reasons": publishable(assessment, person, knowing_remarks=True),
        "told": told if notices.told(request, told) else None,
        "form": form or ConfirmForm(name, len(unsettled)),
        "now": timezone.now(),
    }
    return render(request, "admin/roles/assessment/confirm.html", context)

"""Keeps what an editor types while it is typed, and opens it again; holds back stale saves."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from roles.editing import autosave
from roles.editing.autosave import NotKept
from roles.editing.not_taken import not_taken
from roles.editing.requests import FormRequest, person_of
from roles.editing.site import KEY, forged, refusing_forged
from roles.editing.stored_form import StoredForm
from roles.editing.typed_django import ModelForm
from roles.models import Assessment, Autosave, FormSnapshot


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the form says of its own text, and of other texts that are kept."""

    key: UUID
    opened: FormSnapshot | None
    person: int
    may_type: bool
    is_typed: bool
    """Whether the form has what is not saved."""
    reopened: Autosave | None
    slots: list[tuple[Autosave, str]]
    """What was typed of the same role and not saved, and where it is opened."""
    spent: list[str]
    others: list[str]
    """Who else is typing into the same draft."""


class KeepsText(StoredForm):
    """The form of an assessment, with a slot for each that is opened."""

    def get_urls(self) -> list[URLPattern]:
        """The addresses by which a browser keeps what is typed."""
        take = self.admin_site.admin_view(self.take)
        return [
            path("keep/", refusing_forged(self.keep), name="roles_assessment_keep"),
            path("kept/take/", take, name="roles_assessment_take"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form; with ``?slot`` as it was typed and not saved."""
        leads_on = {"POST": self._held, "GET": self._reopen}.get(request.method or "")
        # Whatever is validated holds its role: a text that is opened again is, too.
        with transaction.atomic():
            elsewhere = leads_on(cast(FormRequest, request), object_id) if leads_on else None
            if elsewhere:
                return elsewhere
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self,
        request: HttpRequest,
        obj: Assessment | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ModelForm]:
        """The form; one of a text that is opened again has that text."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        reopened: Autosave | None = getattr(request, "reopened", None)
        return _typed_into(form, QueryDict(reopened.data)) if reopened else form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """The same for its rows. Django copies all that was posted, for each kind of row anew."""
        kwargs = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
        if request.method == "POST":
            kwargs |= {"data": request.POST, "files": request.FILES}
        reopened: Autosave | None = getattr(request, "reopened", None)
        if reopened and inline.has_change_permission(request, obj if obj.pk else None):
            kwargs["data"] = QueryDict(reopened.data)
        return kwargs

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The page, with what it says of the text that is kept."""
        assessment, form = context["original"], context["adminform"].form
        context["keeping"] = self._keeping(request, assessment, form.is_bound)
        preview, keys = ("preview", [assessment.pk]) if assessment else ("preview_new", [])
        context["preview_url"] = reverse(f"admin:roles_assessment_{preview}", args=keys)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows; what was typed is then kept nowhere else."""
        super().save_related(request, form, formsets, change)
        autosave.spend(cast(FormRequest, request).slot, form.instance)

    def keep(self, request: HttpRequest) -> HttpResponse:
        """Keep what a browser has of a form; says when, or why not, as JSON."""
        if not self.admin_site.has_permission(request):
            return _not_kept("you are signed out", HTTPStatus.UNAUTHORIZED)
        if request.method != "POST":
            return _not_kept("nothing was sent", HTTPStatus.METHOD_NOT_ALLOWED)
        person = person_of(request)
        if request.POST.get("person") != str(person.pk):
            return _not_kept(f"{person} is signed in here now", HTTPStatus.FORBIDDEN)
        try:
            slot = self._keep(request)
        except NotKept as problem:
            return _not_kept(str(problem), problem.status, spent=problem.spent)
        assessment = slot.assessment
        return JsonResponse(
            {
                "kept": f"{slot.saved_at:%H:%M} UTC",
                "others": autosave.others(person, assessment) if assessment else [],
                "address": address(slot),
            }
        )

    def take(self, request: HttpRequest) -> HttpResponse:
        """Keep a text that could not be saved, and open it again."""
        if request.method != "POST":
            return redirect("admin:roles_assessment_all_kept")
        try:
            return HttpResponseRedirect(address(self._keep(request)))
        except NotKept as problem:
            return not_taken(request, f"It is not kept: {problem}.")

    def _held(self, request: FormRequest, object_id: str | None) -> HttpResponse | None:
        """Where a save has to wait: its text is kept, and the answer leads on. None if it may go.

        The form's slot is held until the transaction ends, so that of two saves of one form the
        second sees what the first has done.
        """
        person = person_of(request)
        if request.POST.get("person", str(person.pk)) != str(person.pk):
            return not_taken(request, f"{person} is signed in in this browser now.")
        opened = self._opened(request)
        request.slot = autosave.claim(person, autosave.key_of(request.POST), opened)
        became = request.slot.became
        if became is None and object_id is None:
            return None
        assessment = self._locked(request, became.pk if became else object_id)
        if assessment is None:
            return self._put_aside(request, opened) if "slot" in request.POST else None
        if opened and opened.is_of(assessment):
            return None
        mine = Autosave(data=autosave.typed(request.POST), opened=opened)
        if self._conflict(request, assessment, mine).differences:
            return self._put_aside(request, opened, assessment)
        messages.info(request, f"{assessment} has all of this already.")
        return redirect("admin:roles_assessment_change", object_id=assessment.pk)

    def _put_aside(
        self,
        request: FormRequest,
        opened: FormSnapshot | None,
        assessment: Assessment | None = None,
    ) -> HttpResponse:
        """Keep a text that cannot be saved, and lead to where it can be seen."""
        key = uuid4() if request.slot.spent_at else request.slot.key
        try:
            slot = autosave.keep(person_of(request), key, opened, autosave.typed(request.POST))
        except NotKept as problem:
            return not_taken(request, f"It cannot be saved as it is, and is not kept: {problem}.")
        if assessment is None:
            return redirect("admin:roles_assessment_kept", slot=slot.pk)
        return redirect("admin:roles_assessment_conflict", pk=assessment.pk, slot=slot.pk)

    def _reopen(self, request: FormRequest, object_id: str | None) -> HttpResponse | None:
        """Take a text that was kept for the form that is opened; lead on where that cannot be."""
        if (number := request.GET.get("slot")) is None:
            return None
        mine = autosave.kept(person_of(request))
        slot = mine.filter(pk=number).first() if KEY.fullmatch(number) else None
        if slot is None:
            messages.info(request, "That text is not kept any more: it was saved, or given up.")
            return HttpResponseRedirect(request.path)
        if object_id is not None:
            assessment = self._locked(request, object_id)
            if assessment is None:
                return redirect("admin:roles_assessment_kept", slot=slot.pk)
            if not (slot.opened and slot.opened.is_of(assessment)):
                return redirect("admin:roles_assessment_conflict", pk=object_id, slot=slot.pk)
        # The tab in which it was typed may still be open: that one gets another slot.
        slot.key = uuid4()
        slot.save()
        request.reopened = slot
        return None

    def _keeping(
        self, request: HttpRequest, assessment: Assessment | None, is_typed: bool
    ) -> Keeping:
        person = person_of(request)
        reopened: Autosave | None = getattr(request, "reopened", None)
        opened = reopened.opened if reopened else self._opened(request)
        may_type = self._may_type(request, assessment)
        if assessment and may_type and not is_typed:
            opened = self._snapshot(request, assessment)
        key = reopened.key if reopened else autosave.key_of(request.POST)
        role = assessment.role_id if assessment else None
        return Keeping(
            key,
            opened,
            person.pk,
            may_type,
            is_typed,
            reopened,
            [
                (slot, address(slot))
                for slot in autosave.kept(person)
                if slot.key != key and (slot.opened.role_id if slot.opened else None) == role
            ],
            autosave.spent(person),
            autosave.others(person, assessment) if assessment else [],
        )

    def _may_type(self, request: HttpRequest, assessment: Assessment | None) -> bool:
        if assessment is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, assessment)

    def _keep(self, request: HttpRequest) -> Autosave:
        """Keep what was posted, as a form or as the text of one; raises NotKept."""
        data = autosave.typed(request.POST)
        if why := forged(QueryDict(data)):
            raise NotKept(why, HTTPStatus.BAD_REQUEST)
        key = autosave.key_of(request.POST)
        return autosave.keep(person_of(request), key, self._opened(request), data)

    def _opened(self, request: HttpRequest) -> FormSnapshot | None:
        """What the posted form was opened as; None for a new one, and where it does not say."""
        number = request.POST.get("opened", "")
        if not KEY.fullmatch(number):
            return None
        snapshots = FormSnapshot.objects.select_related("assessment__role")
        found = snapshots.filter(pk=number).first()
        seen = found and (found.assessment is None or self._one(request, found.assessment.pk))
        return found if seen else None


def address(slot: Autosave) -> str:
    """Where a text is opened: in its form or, where that takes nothing any more, by itself."""
    assessment = slot.assessment
    if slot.opened is None:
        return f"{reverse('admin:roles_assessment_add')}?slot={slot.pk}"
    if assessment and assessment.is_open:
        change = reverse("admin:roles_assessment_change", args=[assessment.pk])
        return f"{change}?slot={slot.pk}"
    return reverse("admin:roles_assessment_kept", args=[slot.pk])


def _typed_into(form: type[ModelForm], data: QueryDict) -> type[ModelForm]:
    """A form that is opened with data, where Django opens it with none."""

    class Reopened(form):  # type: ignore[valid-type, misc]
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(data, **kwargs)

    return Reopened


def _not_kept(why: str, status: HTTPStatus, *, spent: bool = False) -> JsonResponse:
    return JsonResponse({"why": why, "spent": spent}, status=status)

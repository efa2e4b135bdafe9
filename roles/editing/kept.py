"""The screens of what was typed and not saved: all of it, one text, and one beside another's."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path

from roles.editing import autosave
from roles.editing.conflict import Conflict, Difference, Side
from roles.editing.keeping import address
from roles.editing.posted import Table, as_new, rows, tables_of
from roles.editing.requests import person_of
from roles.editing.site import KEY, View
from roles.editing.stored_form import StoredForm
from roles.models import Assessment, Autosave, Role
from roles.services.publish import NotAllowed
from roles.services.workflow import new_draft


class ShowsKept(StoredForm):
    """Nothing that was typed is out of reach, whatever became of its draft."""

    def get_urls(self) -> list[URLPattern]:
        """The addresses of these screens."""

        def at(route: str, view: View, name: str) -> URLPattern:
            shown: View = self.admin_site.admin_view(view)
            return path(route, shown, name=f"roles_assessment_{name}")

        return [
            at("kept/", self.all_kept, "all_kept"),
            at("kept/<int:slot>/", self.one_kept, "kept"),
            at("kept/<int:slot>/draft/", self.into_draft, "into_draft"),
            at("kept/<int:slot>/discard/", self.discard, "discard"),
            at("<int:pk>/conflict/<int:slot>/", self.conflict, "conflict"),
            *super().get_urls(),
        ]

    def all_kept(self, request: HttpRequest) -> HttpResponse:
        """All that the person has typed and not saved."""
        person = person_of(request)
        context = {
            "slots": [(slot, address(slot)) for slot in autosave.kept(person)],
            "most": autosave.MOST_SLOTS,
            "most_bytes": autosave.MOST_BYTES,
            "person": person.pk,
            "spent": autosave.spent(person),
        }
        return self._page(request, "all_kept", "What you typed and did not save", context)

    def one_kept(self, request: HttpRequest, slot: int) -> HttpResponse:
        """One text as it was typed, whatever became of its draft."""
        kept = _own(request, slot)
        context = {
            "slot": kept,
            "role": _role_of(kept),
            "texts": list(_texts(tables_of(*self._unbound(request, None)), QueryDict(kept.data))),
            "may_add": self.has_add_permission(request),
        }
        return self._page(request, "kept", "What you typed and did not save", context)

    def into_draft(self, request: HttpRequest, slot: int) -> HttpResponse:
        """Take a text into the open draft of its role, or into a new one."""
        kept = _own(request, slot)
        if request.method != "POST":
            return redirect("admin:roles_assessment_kept", slot=slot)
        if not self.has_add_permission(request):
            raise PermissionDenied
        role = _role_of(kept)
        versions = role.assessments.all() if role else Assessment.objects.none()
        source = versions.open().first() or versions.published().first()
        if source is None:
            return self._as_new(request, kept, role)
        try:
            draft = source if source.is_open else new_draft(source, person_of(request))
        except NotAllowed as error:
            messages.error(request, str(error))
            return redirect("admin:roles_assessment_kept", slot=slot)
        if not self.has_change_permission(request, draft):
            messages.error(request, f"{draft} is open, and is for its author to change.")
            return redirect("admin:roles_assessment_kept", slot=slot)
        return redirect("admin:roles_assessment_conflict", pk=draft.pk, slot=slot)

    def discard(self, request: HttpRequest, slot: int) -> HttpResponse:
        """Give up what was typed and not saved."""
        kept = _own(request, slot)
        if request.method == "POST":
            autosave.give_up(kept)
            messages.success(request, "What you had typed is given up.")
        return redirect("admin:roles_assessment_all_kept")

    def conflict(self, request: HttpRequest, pk: int, slot: int) -> HttpResponse:
        """What was typed beside what is stored, to choose from; saves nothing."""
        chosen, edited = (_named(request.POST, start) for start in ("choice:", "edited:"))
        with transaction.atomic():
            kept, assessment = _own(request, slot), self._locked(request, pk)
            if assessment is None:
                return redirect("admin:roles_assessment_kept", slot=slot)
            conflict = self._conflict(request, assessment, kept)
            is_seen = request.POST.get("seen") == str(assessment.edition)
            if is_seen and not conflict.lacking(chosen):
                resolved = conflict.resolved(chosen, edited)
                autosave.replace(kept, resolved, self._snapshot(request, assessment))
                return HttpResponseRedirect(address(kept))
        context = {
            "assessment": assessment,
            "slot": kept,
            "groups": list(_groups(conflict, chosen, edited, assessment.edited_by)),
            "is_lacking": is_seen,
            "has_changed_again": request.method == "POST" and not is_seen,
        }
        return self._page(request, "conflict", "Two texts of one assessment", context)

    def _as_new(self, request: HttpRequest, kept: Autosave, role: Role | None) -> HttpResponse:
        """Make a text one of a new assessment."""
        data = as_new(QueryDict(kept.data), tables_of(*self._unbound(request, None)))
        if role:
            data["role"] = str(role.pk)
        autosave.replace(kept, data, None)
        return HttpResponseRedirect(address(kept))

    def _page(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        context |= {**self.admin_site.each_context(request), "title": title}
        return render(request, f"admin/roles/assessment/{name}.html", context)


def _own(request: HttpRequest, slot: int) -> Autosave:
    """A text of the person's own; raises Http404 where there is none."""
    found: Autosave = get_object_or_404(autosave.kept(person_of(request)), pk=slot)
    return found


def _role_of(slot: Autosave) -> Role | None:
    """The role that a text is of; of a new assessment, the one that was chosen for it."""
    if slot.opened:
        return slot.opened.role
    number = QueryDict(slot.data).get("role", "")
    return Role.objects.filter(pk=number).first() if KEY.fullmatch(number) else None


def _texts(tables: list[Table], typed: QueryDict) -> Iterator[tuple[str, str]]:
    """What was typed, as headings with texts; a row that only has its name has none."""
    for table in tables:
        for row in rows(typed, table):
            if not table.name:
                texts = ((table.label_of(name), table.text(name, row[name])) for name in row)
                yield from ((label, text) for label, text in texts if text)
            elif any(row.get(name) for name in table.fields if name != table.named_by):
                yield table.called(row), table.in_words(row)


def _named(posted: QueryDict, start: str) -> dict[str, str]:
    """The posted values whose names begin so, by the rest of the name."""
    found = {name: str(posted[name]) for name in posted if name.startswith(start)}
    return {name.removeprefix(start): value for name, value in found.items()}


def _groups(
    conflict: Conflict, chosen: Mapping[str, str], edited: Mapping[str, str], other: User | None
) -> Iterator[tuple[str, list[tuple[Difference, str, str | None]]]]:
    """The differences by who made them, each with what is chosen or proposed, and what to edit."""
    names = {
        None: "Changed on both sides" if conflict.knows_base else "What differs",
        Side.THEIRS: f"Changed by {other or 'somebody else'} only",
        Side.MINE: "Changed by you only",
    }
    for side, name in names.items():
        some = [one for one in conflict.differences if one.changed_by == side]
        if some:
            yield (
                name,
                [
                    (one, chosen.get(one.key, side or ""), edited.get(one.key, one.typed))
                    for one in some
                ],
            )

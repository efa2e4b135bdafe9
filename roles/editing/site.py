"""The admin, which refuses what none of its forms would send before anything works on it."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render

from roles.documents.fields import MAX_ROWS
from roles.editing.not_taken import not_taken
from roles.editing.sign_in import SignInWithCode
from roles.services.transactions import is_busy

ROW = re.compile(r"(?:initial-)?(?P<table>\w+)-(?P<number>[0-9]+)-")
ROW_KEY = re.compile(r"\w+-[0-9]+-(?:id|role|assessment)")
"""The hidden fields of a row that say which one it is, and of what."""
COUNT = re.compile(r"(?P<table>\w+)-(?:TOTAL|INITIAL)_FORMS")
KEY = re.compile(r"[0-9]{1,18}")
LONGEST_NUMBER = 9

type View = Callable[..., HttpResponseBase]


class EditorsSite(AdminSite):
    """Django's admin with that check in front of each of its screens."""

    site_header = site_title = "JobZone, for editors"
    index_title = "Worklist"
    login_template = "admin/sign_in.html"
    if settings.SECOND_FACTOR:
        login_form = SignInWithCode

    def has_permission(self, request: HttpRequest) -> bool:
        """Where a second factor is asked for, whoever came in without it is not in."""
        user: Any = request.user
        return super().has_permission(request) and (
            not settings.SECOND_FACTOR or user.is_verified()
        )

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        """As Django does, for requests that one of the forms can have sent.

        Who is signed out is asked to sign in; what they have typed comes back to them first.
        """
        shown = super().admin_view(refusing_forged(view), cacheable)

        @wraps(shown)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if "slot" in request.POST and not self.has_permission(request):
                return not_taken(request, "You are signed out.")
            return shown(request, *args, **kwargs)

        return answer


def refusing_forged(view: View) -> View:
    """A view that answers 400 to what no form of the admin sends, and says what that is."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Django looks for a field of that name, and for one without a name as well.
        if request.GET.get("_to_field") == "":
            return refused(request, "The address asks for a field without a name.")
        # Lists look for what an address says, and Postgres takes no such character.
        if "%00" in request.META.get("QUERY_STRING", ""):
            return refused(request, "The address has a character that no text has.")
        if request.method == "POST" and (reason := forged(request.POST)):
            return refused(request, reason)
        try:
            return view(request, *args, **kwargs)
        except DatabaseError as error:
            if not is_busy(error):
                raise
            return render(request, "409.html", status=409)

    return answer


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """A page that says why a request is not answered."""
    return render(request, "400.html", {"reason": reason}, status=400)


def forged(posted: QueryDict) -> str:
    """What none of the forms would send; empty where there is nothing of the kind."""
    if posted.get("_to_field") == "":
        return "The form asks for a field without a name."
    if "_saveasnew" in posted:
        return "Nothing here is saved as a new one."
    if not all(KEY.fullmatch(key) for key in posted.getlist("_selected_action")):
        return "What was selected is not in the list; go back and select it again."
    return _rows_forged(posted)


def _rows_forged(posted: QueryDict) -> str:
    """Rows that are counted wrongly, or are more than a table takes."""
    rows: dict[str, set[str]] = {}
    for name in posted:
        if ROW_KEY.fullmatch(name) and not KEY.fullmatch(posted.get(name) or "0"):
            return "A row does not say which one it is; go back and open the form again."
        if (count := COUNT.fullmatch(name)) and not _is_count(posted.get(name, "")):
            return f"The table “{count['table']}” has more than {MAX_ROWS} rows, or none counted."
        if row := ROW.match(name):
            rows.setdefault(row["table"], set()).add(row["number"])
    for table, numbers in rows.items():
        if len(numbers) > MAX_ROWS or max(map(len, numbers)) > LONGEST_NUMBER:
            return f"The table “{table}” has more than {MAX_ROWS} rows."
    return ""


def _is_count(value: str) -> bool:
    return bool(re.fullmatch("[0-9]{1,9}", value)) and int(value) <= MAX_ROWS

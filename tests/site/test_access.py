"""What each address and each action of the admin gives to whom.

The addresses come from the URL conf and the actions from the registered admins, so that a new
one without an entry here fails.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from types import SimpleNamespace
from typing import NamedTuple
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver, resolve, reverse

from roles.models import Assessment, Autosave, Occupation, Role
from roles.services import preview_link
from roles.services.import_document import import_document
from roles.services.workflow import delete
from roles.sharing import pages
from tests.editing.conftest import person
from tests.factories import draft, stored_once, titled

pytestmark = pytest.mark.django_db

PEOPLE = ("anonymous", "assessor", "editor", "superuser")
Statuses = tuple[int, int, int, int]
"""Those that anonymous, assessor, editor and superuser get."""


def everyone(status: int) -> Statuses:
    return (status, status, status, status)


def staff(status: int) -> Statuses:
    """Whoever is not signed in is asked to."""
    return (302, status, status, status)


class Case(NamedTuple):
    """One address, with names of ``stored`` in braces, and what it gives."""

    path: str
    get: Statuses
    post: Statuses = everyone(405)
    data: dict = {}


def page(path: str, status: int = 200) -> Case:
    """A page that all may read and nobody may post to."""
    return Case(path, everyone(status))


SIGNED_OUT = everyone(302)
SUPERUSER = (302, 403, 403, 200)
DONE_BY_SUPERUSER = (302, 403, 403, 302)
EDITORS = (302, 403, 200, 200)
DONE_BY_EDITORS = (302, 403, 302, 302)
NOT_SEEN_BY_ASSESSOR = (302, 302, 200, 200)
"""The admin sends who asks for what it does not know to its first page."""
NOT_FOUND_BY_ASSESSOR = (302, 404, 200, 200)
TYPED_BY_ASSESSOR = (302, 200, 404, 404)
"""What somebody has typed and not saved is there for nobody else."""
LEADS_ASSESSOR_ON = (302, 302, 404, 404)
CONFIRMED = {"post": "yes", "confirmed": "yes"}
"""What the admin's own pages and those of ours ask before something is done."""

ADDRESSES: dict[str, list[Case]] = {
    "": [page("")],
    "roles/": [page("roles/")],
    "zones/<slug:name>/": [page("zones/red/"), page("zones/blue/", 404)],
    "compare/": [page("compare/"), page("compare/?add={public}", 302)],
    "overview/": [page("overview/"), page("overview/?measure=eloundou_beta")],
    "titles/": [page("titles/"), page("titles/?q=coder")],
    "roles/<slug:slug>/": [
        page("roles/{public}/"),
        page("roles/{withdrawn}/", 410),
        page("roles/{drafted}/", 404),
    ],
    "roles/<slug:slug>/versions/<int:number>/": [
        page("roles/{public}/versions/1/"),
        page("roles/{withdrawn}/versions/1/", 410),
        page("roles/{drafted}/versions/1/", 404),
    ],
    "roles/<slug:slug>.<slug:form>": [
        page("roles/{public}.json"),
        page("roles/{cited}.json"),
        page("roles/{cited}.md", 404),
        page("roles/{public}.xml", 404),
        page("roles/{withdrawn}.csv", 410),
        page("roles/{drafted}.json", 404),
    ],
    "roles/<slug:slug>/versions/<int:number>.<slug:form>": [
        page("roles/{public}/versions/1.md"),
        page("roles/{withdrawn}/versions/1.md", 410),
        page("roles/{drafted}/versions/1.json", 404),
    ],
    "roles/<slug:slug>/history/": [
        page("roles/{public}/history/"),
        page("roles/{withdrawn}/history/", 410),
        page("roles/{drafted}/history/", 404),
    ],
    "roles/<slug:slug>/my-mix/": [
        page("roles/{public}/my-mix/"),
        page("roles/{withdrawn}/my-mix/", 302),
        page("roles/{drafted}/my-mix/", 404),
    ],
    "score/": [page("score/"), page("score/?job=Porter", 302)],
    "provenance/": [page("provenance/")],
    "suggest/": [page("suggest/")],
    "occupations/": [page("occupations/"), page("occupations/?sort=title")],
    "occupations/occupations.csv": [page("occupations/occupations.csv")],
    "occupations/<str:address>/": [
        page("occupations/29-2072.00-medical-records-specialists/"),
        page("occupations/29-2072/", 302),
        page("occupations/99-9999/", 404),
    ],
    "occupations/<str:address>/figures.csv": [
        page("occupations/29-2072.00-medical-records-specialists/figures.csv"),
        page("occupations/29-2072/figures.csv", 302),
        page("occupations/99-9999/figures.csv", 404),
    ],
    "occupations/<str:address>.json": [
        page("occupations/29-2072.00-medical-records-specialists.json"),
        page("occupations/29-2072.json", 302),
        page("occupations/99-9999.json", 404),
    ],
    "data/": [page("data/")],
    "data/datapackage.json": [page("data/datapackage.json")],
    "data/role.schema.json": [page("data/role.schema.json")],
    "data/scoring.zip": [page("data/scoring.zip")],
    "data/<slug:table>.csv": [page("data/roles.csv"), page("data/users.csv", 404)],
    "data/roles.jsonl": [page("data/roles.jsonl"), page("data/roles.jsonl?zone=blue", 400)],
    "data/jobzone.sqlite": [page("data/jobzone.sqlite")],
    "changes/": [page("changes/")],
    "previews/<str:key>/": [
        page("previews/{key_of_draft}/"),
        page("previews/{key_of_published}/", 302),
        page("previews/{key_of_withdrawn}/", 410),
        page("previews/forged/", 404),
    ],
    "method/": [page("method/")],
    **{f"{name}/": [page(f"{name}/")] for name in pages.PAGES},
    "card.png": [page("card.png")],
    "compare/card.png": [
        page("compare/card.png?role={public}&role=health-information-technologist"),
        page("compare/card.png?role={public}", 404),
    ],
    "zones/<slug:name>/card.png": [page("zones/red/card.png"), page("zones/blue/card.png", 404)],
    "zones/<slug:name>/feed.atom": [page("zones/red/feed.atom"), page("zones/Red/feed.atom", 404)],
    **{
        route: [
            page(route.replace("<slug:slug>", "{public}")),
            page(route.replace("<slug:slug>", "{withdrawn}"), 410),
            page(route.replace("<slug:slug>", "{drafted}"), 404),
        ]
        for route in (
            "roles/<slug:slug>/card.png",
            "roles/<slug:slug>/badge.svg",
            "roles/<slug:slug>/feed.atom",
            "embed/<slug:slug>/",
        )
    },
    "oembed": [
        page("oembed?url=http://testserver/roles/{public}/"),
        page("oembed?url=http://testserver/roles/{withdrawn}/", 404),
        page("oembed?format=xml", 400),
    ],
    "changes/feed.atom": [page("changes/feed.atom")],
    "sitemap.xml": [page("sitemap.xml")],
    "sitemap-<slug:section>.xml": [page("sitemap-roles.xml"), page("sitemap-x.xml", 404)],
    "robots.txt": [page("robots.txt")],
    "manifest.webmanifest": [page("manifest.webmanifest")],
    "opensearch.xml": [page("opensearch.xml")],
    # Nobody to tell is named here.
    ".well-known/security.txt": [page(".well-known/security.txt", 404)],
    "api/v1/": [page("api/v1/")],
    "api/v1/openapi.json": [page("api/v1/openapi.json")],
    "api/v1/roles": [page("api/v1/roles"), page("api/v1/roles?colour=red", 400)],
    "api/v1/roles/<slug:slug>": [
        page("api/v1/roles/{public}"),
        page("api/v1/roles/{withdrawn}", 410),
        page("api/v1/roles/{drafted}", 404),
    ],
    "api/v1/roles/<slug:slug>/versions": [
        page("api/v1/roles/{public}/versions"),
        page("api/v1/roles/{withdrawn}/versions", 410),
        page("api/v1/roles/{drafted}/versions", 404),
    ],
    "api/v1/roles/<slug:slug>/versions/<int:number>": [
        page("api/v1/roles/{public}/versions/1"),
        page("api/v1/roles/{withdrawn}/versions/1", 410),
        page("api/v1/roles/{drafted}/versions/1", 404),
    ],
    "api/v1/compare": [
        page("api/v1/compare?role={public}&role=health-information-technologist"),
        page("api/v1/compare?role={public}&role={drafted}", 404),
    ],
    "api/v1/occupations": [page("api/v1/occupations")],
    "api/v1/occupations/<code>": [
        page("api/v1/occupations/29-2072.00"),
        page("api/v1/occupations/29-2072", 301),
        page("api/v1/occupations/99-9999", 404),
    ],
    "api/v1/score": [Case("api/v1/score", everyone(405), everyone(415))],
    "health/": [page("health/")],
    "livez/": [page("livez/")],
    "readyz/": [page("readyz/")],
    "admin/": [Case("admin/", staff(200), staff(200))],
    "admin/login/": [Case("admin/login/", (200, 302, 302, 302), everyone(200))],
    "admin/logout/": [Case("admin/logout/", (302, 405, 405, 405), staff(200))],
    "admin/password_change/": [Case("admin/password_change/", staff(200), staff(200))],
    "admin/password_change/done/": [Case("admin/password_change/done/", staff(200), staff(405))],
    "admin/autocomplete/": [
        Case(
            "admin/autocomplete/?app_label=roles&model_name=assessment&field_name=role",
            staff(200),
            staff(405),
        )
    ],
    "admin/jsi18n/": [Case("admin/jsi18n/", staff(200), staff(405))],
    "admin/r/<path:content_type_id>/<path:object_id>/": [
        Case("admin/r/{role_type}/{role}/", staff(302), staff(302))
    ],
    "admin/roles/assessment/add/preview/": [
        Case("admin/roles/assessment/add/preview/", (200, 403, 403, 403), everyone(200))
    ],
    "admin/roles/assessment/<int:pk>/preview/": [
        Case("admin/roles/assessment/{own}/preview/", (200, 403, 403, 403), everyone(200)),
        Case("admin/roles/assessment/{other}/preview/", (200, 403, 403, 403), (200, 404, 200, 200)),
        Case(
            "admin/roles/assessment/{published}/preview/",
            (200, 403, 403, 403),
            (200, 403, 403, 403),
        ),
    ],
    "admin/roles/assessment/keep/": [
        Case("admin/roles/assessment/keep/", (401, 405, 405, 405), (401, 403, 403, 403))
    ],
    "admin/roles/assessment/kept/": [Case("admin/roles/assessment/kept/", staff(200), staff(200))],
    "admin/roles/assessment/kept/take/": [
        Case("admin/roles/assessment/kept/take/", staff(302), staff(302))
    ],
    "admin/roles/assessment/kept/<int:slot>/": [
        Case("admin/roles/assessment/kept/{slot}/", TYPED_BY_ASSESSOR, TYPED_BY_ASSESSOR)
    ],
    "admin/roles/assessment/kept/<int:slot>/draft/": [
        Case("admin/roles/assessment/kept/{slot}/draft/", LEADS_ASSESSOR_ON, LEADS_ASSESSOR_ON)
    ],
    "admin/roles/assessment/kept/<int:slot>/discard/": [
        Case("admin/roles/assessment/kept/{slot}/discard/", LEADS_ASSESSOR_ON, LEADS_ASSESSOR_ON)
    ],
    "admin/roles/assessment/<int:pk>/conflict/<int:slot>/": [
        Case("admin/roles/assessment/{own}/conflict/{slot}/", TYPED_BY_ASSESSOR, TYPED_BY_ASSESSOR),
        Case(
            "admin/roles/assessment/{other}/conflict/{slot}/", LEADS_ASSESSOR_ON, LEADS_ASSESSOR_ON
        ),
    ],
    "admin/roles/assessment/prose/": [
        Case("admin/roles/assessment/prose/", staff(405), staff(200)),
    ],
    "admin/roles/assessment/import/": [
        Case("admin/roles/assessment/import/", staff(200), staff(200))
    ],
    "admin/roles/assessment/<int:pk>/export/": [
        Case("admin/roles/assessment/{own}/export/", staff(200), staff(405)),
        Case("admin/roles/assessment/{other}/export/", NOT_FOUND_BY_ASSESSOR, staff(405)),
        Case("admin/roles/assessment/{published}/export/", staff(200), staff(405)),
        Case("admin/roles/assessment/{gone}/export/", NOT_FOUND_BY_ASSESSOR, staff(405)),
    ],
    "admin/roles/assessment/<int:pk>/review/": [
        Case("admin/roles/assessment/{own}/review/", staff(200), staff(405)),
        Case("admin/roles/assessment/{other}/review/", NOT_FOUND_BY_ASSESSOR, staff(405)),
        Case("admin/roles/assessment/{published}/review/", staff(200), staff(405)),
        Case("admin/roles/assessment/{gone}/review/", NOT_FOUND_BY_ASSESSOR, staff(405)),
    ],
    "admin/roles/assessment/<int:pk>/step/": [
        *(
            Case(f"admin/roles/assessment/{{{one}}}/step/", staff(405), post, {"step": step})
            for one, step, post in (
                ("own", "submit", staff(302)),
                ("own", "publish", DONE_BY_EDITORS),
                ("own", "send back", staff(403)),
                ("own", "magic", staff(403)),
                ("other", "submit", (302, 404, 302, 302)),
                ("other", "publish", (302, 404, 302, 302)),
                ("in_review", "send back", DONE_BY_EDITORS),
                ("in_review", "resolve", staff(302)),
                ("in_review", "reopen", staff(302)),
                ("in_review", "answer", staff(302)),
                ("in_review", "choose reviewer", staff(302)),
                ("in_review", "cancel schedule", staff(403)),
                ("published", "revise", staff(302)),
                ("published", "publish", staff(403)),
                ("superseded", "roll back", DONE_BY_EDITORS),
                ("gone", "restore", (302, 404, 302, 302)),
            )
        ),
        Case(
            "admin/roles/assessment/{in_review}/step/",
            staff(405),
            DONE_BY_EDITORS,
            {"step": "schedule", "at": "2100-01-01T00:00", "knowing_remarks": "on"},
        ),
        Case(
            "admin/roles/assessment/{published}/step/",
            staff(405),
            staff(302),
            {"step": "comment", "section": "Evidence Score", "text": "Which year?"},
        ),
    ],
    "admin/roles/assessment/<int:pk>/confirm/<str:name>/": [
        Case("admin/roles/assessment/{own}/confirm/publish/", EDITORS, staff(405)),
        Case("admin/roles/assessment/{other}/confirm/publish/", NOT_FOUND_BY_ASSESSOR, staff(405)),
        Case("admin/roles/assessment/{in_review}/confirm/schedule/", EDITORS, staff(405)),
        Case("admin/roles/assessment/{superseded}/confirm/roll back/", EDITORS, staff(405)),
        Case("admin/roles/assessment/{own}/confirm/submit/", staff(403), staff(405)),
        Case("admin/roles/assessment/{own}/confirm/magic/", staff(403), staff(405)),
    ],
    "admin/roles/assessment/<int:pk>/compare/": [
        Case("admin/roles/assessment/{own}/compare/", staff(200), staff(405)),
        Case("admin/roles/assessment/{other}/compare/", NOT_FOUND_BY_ASSESSOR, staff(405)),
        Case("admin/roles/assessment/{published}/compare/", staff(200), staff(405)),
    ],
    "admin/roles/assessment/<int:pk>/restore-text/": [
        Case("admin/roles/assessment/{own}/restore-text/", staff(405), staff(404)),
        Case(
            "admin/roles/assessment/{other}/restore-text/",
            staff(405),
            (302, 404, 404, 404),
        ),
        Case("admin/roles/assessment/{published}/restore-text/", staff(405), staff(403)),
    ],
    "admin/roles/assessment/": [
        Case("admin/roles/assessment/", staff(200), staff(200)),
    ],
    "admin/roles/assessment/add/": [Case("admin/roles/assessment/add/", staff(200), staff(200))],
    "admin/roles/assessment/<path:object_id>/history/": [
        Case("admin/roles/assessment/{own}/history/", staff(200), staff(405)),
        Case("admin/roles/assessment/{other}/history/", NOT_SEEN_BY_ASSESSOR, (302, 302, 405, 405)),
    ],
    "admin/roles/assessment/<path:object_id>/delete/": [
        Case("admin/roles/assessment/{own}/delete/", staff(200), staff(302), CONFIRMED),
        Case("admin/roles/assessment/{other}/delete/", NOT_SEEN_BY_ASSESSOR, staff(302), CONFIRMED),
        Case("admin/roles/assessment/{published}/delete/", EDITORS, DONE_BY_EDITORS, CONFIRMED),
        Case("admin/roles/assessment/{gone}/delete/", (302, 302, 403, 403), (302, 302, 403, 403)),
    ],
    "admin/roles/assessment/<path:object_id>/change/": [
        # What does not say how the form was opened is kept, and held against what is stored.
        Case("admin/roles/assessment/{own}/change/", staff(200), staff(302)),
        Case("admin/roles/assessment/{other}/change/", NOT_SEEN_BY_ASSESSOR, staff(302)),
        Case("admin/roles/assessment/{published}/change/", staff(200), staff(403)),
        Case("admin/roles/assessment/{gone}/change/", NOT_SEEN_BY_ASSESSOR, (302, 302, 403, 403)),
        Case("admin/roles/assessment/none/change/", staff(302), staff(302)),
    ],
    "admin/roles/assessment/<path:object_id>/": [
        Case("admin/roles/assessment/{own}/", everyone(302), everyone(302))
    ],
    "admin/roles/role/": [Case("admin/roles/role/", staff(200), staff(200))],
    "admin/roles/role/add/": [Case("admin/roles/role/add/", staff(200), staff(200))],
    "admin/roles/role/<path:object_id>/history/": [
        Case("admin/roles/role/{role}/history/", staff(200), staff(200))
    ],
    "admin/roles/role/<path:object_id>/delete/": [
        Case("admin/roles/role/{role}/delete/", SUPERUSER, DONE_BY_SUPERUSER, CONFIRMED)
    ],
    "admin/roles/role/<path:object_id>/change/": [
        Case("admin/roles/role/{role}/change/", staff(200), EDITORS)
    ],
    "admin/roles/role/<path:object_id>/": [
        Case("admin/roles/role/{role}/", everyone(302), everyone(302))
    ],
    "admin/auth/user/<id>/password/": [
        Case("admin/auth/user/{user}/password/", SUPERUSER, SUPERUSER)
    ],
    **{
        f"admin/auth/{model}/{rest}": [Case(f"admin/auth/{model}/{path}", get, post, data)]
        for model in ("group", "user")
        for rest, path, get, post, data in (
            ("", "", SUPERUSER, SUPERUSER, {}),
            ("add/", "add/", SUPERUSER, SUPERUSER, {}),
            ("<path:object_id>/history/", f"{{{model}}}/history/", SUPERUSER, SUPERUSER, {}),
            (
                "<path:object_id>/delete/",
                f"{{{model}}}/delete/",
                SUPERUSER,
                DONE_BY_SUPERUSER,
                CONFIRMED,
            ),
            ("<path:object_id>/change/", f"{{{model}}}/change/", SUPERUSER, SUPERUSER, {}),
            ("<path:object_id>/", f"{{{model}}}/", everyone(302), everyone(302), {}),
        )
    },
    "admin/<app_label>/": [
        Case("admin/roles/", staff(200), staff(200)),
        Case("admin/auth/", (302, 404, 404, 200), (302, 404, 404, 200)),
    ],
    "admin/<url>": [Case("admin/no/such/page/", staff(404), staff(404))],
}


class Action(NamedTuple):
    """An action of a list: which of ``stored`` it is tried on, and what comes of it."""

    on: str
    offered_to: tuple[bool, bool, bool]
    """Whether to assessor, editor and superuser."""
    changes: bool = True


ACTIONS = {
    "roles.assessment: delete_selected": Action("own", (True, True, True)),
    "roles.assessment: publish_selected": Action("own", (False, True, True)),
    "roles.assessment: submit_selected": Action("own", (True, True, True)),
    "roles.assessment: export_selected": Action("own", (True, True, True), changes=False),
    "roles.role: delete_selected": Action("role", (False, False, True)),
    "auth.group: delete_selected": Action("group", (False, False, True)),
    "auth.user: delete_selected": Action("user", (False, False, True)),
}


@pytest.fixture(scope="module")
def stored(django_db_setup, django_db_blocker):
    """Something of each kind, once for all tests here."""
    with stored_once(django_db_blocker):
        ann = person("ann", "Assessor")
        own = import_document(titled("Own Draft", claims=()), author=ann).assessment
        in_review = import_document(titled("In Review", claims=()), author=ann).assessment
        Assessment.objects.filter(pk=in_review.pk).update(status="in_review")
        comment = in_review.comments.create(section="Evidence Score", text="Which year?")
        superseded = import_document(titled("Published", claims=()), publishing=True).assessment
        again = titled("Published", claims=(), timeline="Sooner.")
        published = import_document(again, publishing=True).assessment
        withdrawn = import_document(titled("Withdrawn", claims=()), publishing=True).assessment
        delete(withdrawn)
        role = Role.objects.create(slug="nobody", title="Nobody")
        Occupation.objects.create(code="29-2072.00", title="Medical Records Specialists")
        yield SimpleNamespace(
            people={
                "assessor": ann,
                "editor": person("ed", "Editor"),
                "superuser": User.objects.create_superuser("root", password="x"),
            },
            own=own.pk,
            slot=Autosave.objects.create(user=ann, key=uuid4(), data="timeline=Soon.").pk,
            other=draft().pk,
            in_review=in_review.pk,
            comment=comment.pk,
            superseded=superseded.pk,
            published=published.pk,
            gone=withdrawn.pk,
            public="published",
            cited="health-information-technologist",
            drafted="own-draft",
            withdrawn="withdrawn",
            key_of_draft=_key(own),
            key_of_published=_key(published),
            key_of_withdrawn=_key(withdrawn),
            role=role.pk,
            role_type=ContentType.objects.get_for_model(Role).pk,
            user=User.objects.create(username="plain").pk,
            group=Group.objects.create(name="Nobodies").pk,
        )


def _key(assessment: Assessment) -> str:
    return signing.dumps(assessment.pk, salt=preview_link.SALT)


@contextmanager
def signed_in(stored: SimpleNamespace, who: str) -> Iterator[Client]:
    """A browser of this person; what it changes is undone."""
    with transaction.atomic():
        client = Client()
        if who != "anonymous":
            client.force_login(stored.people[who])
        yield client
        transaction.set_rollback(True)


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every route of the URL conf, as Django puts it together."""
    for pattern in resolver.url_patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


def named(route: str) -> str:
    """A route with its regular expressions as no more than their names."""
    return re.sub(r"\^?\(\?P(<\w+>)[^)]*\)(/?)\$", r"\1\2", route)


def test_every_address_has_an_entry():
    there_are = {named(route) for route in routes(get_resolver())}
    missing = sorted(there_are - ADDRESSES.keys())
    assert not missing, f"say in ADDRESSES who gets what at {missing}"
    left_over = sorted(ADDRESSES.keys() - there_are)
    assert not left_over, f"there is no such address any more: {left_over}"


@pytest.mark.parametrize(
    ("route", "case"),
    [
        pytest.param(route, case, id=f"{case.path or 'home'} {case.data.get('step', '')}".strip())
        for route, case in chain.from_iterable(
            ((route, case) for case in cases) for route, cases in ADDRESSES.items()
        )
    ],
)
def test_an_address_gives_each_what_the_entry_says(stored, route, case):
    url = "/" + case.path.format(**vars(stored))
    assert named(resolve(url.partition("?")[0]).route) == route
    data = {**case.data, "comment": stored.comment}
    if "step" in data:
        data |= {"edition": 1, "confirmed": "yes"}
    got = {"GET": [], "POST": []}
    for who in PEOPLE:
        with signed_in(stored, who) as client:
            got["GET"].append(client.get(url).status_code)
            got["POST"].append(client.post(url, data).status_code)
    assert got == {"GET": list(case.get), "POST": list(posted(url, case))}, (url, PEOPLE)


def posted(url, case):
    """Whoever is signed out gets the text of a form of content back, in the place of a redirect."""
    is_content = str(resolve(url.partition("?")[0]).url_name).startswith("roles_")
    return (403, *case.post[1:]) if is_content and case.post[0] == 302 else case.post


def offered(model_admin: admin.ModelAdmin, user: User) -> set[str]:
    request = RequestFactory().get("/")
    request.user = user
    return set(model_admin.get_actions(request))


def actions(user: User) -> dict[str, admin.ModelAdmin]:
    """Every action that a person is offered, with the admin that has it."""
    return {
        f"{model._meta.label_lower}: {name}": model_admin
        for model, model_admin in admin.site._registry.items()
        for name in offered(model_admin, user)
    }


def test_every_action_has_an_entry(stored):
    missing = sorted(actions(stored.people["superuser"]).keys() - ACTIONS.keys())
    assert not missing, f"say in ACTIONS who may take {missing}"
    left_over = sorted(ACTIONS.keys() - actions(stored.people["superuser"]).keys())
    assert not left_over, f"there is no such action any more: {left_over}"


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_offered_to_those_whom_the_entry_names(stored, name):
    got = tuple(name in actions(user) for user in stored.people.values())
    assert got == ACTIONS[name].offered_to


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_that_is_posted_is_done_for_nobody_else(stored, name, who):
    action = ACTIONS[name]
    model, _, verb = name.partition(": ")
    may = dict(zip(PEOPLE, (False, *action.offered_to), strict=True))[who]
    with signed_in(stored, who) as client:
        before = snapshot()
        url = reverse(f"admin:{model.replace('.', '_')}_changelist")
        selected = {"action": verb, ACTION_CHECKBOX_NAME: getattr(stored, action.on)}
        seen = {f"edition-{getattr(stored, action.on)}": 1}
        client.post(url, {**selected, **CONFIRMED, **seen})
        assert (snapshot() != before) == (may and action.changes)


def snapshot() -> tuple:
    """What an action could have changed."""
    statuses = dict(Assessment.objects.values_list("pk", "status"))
    return statuses, Role.objects.count(), User.objects.count(), Group.objects.count()

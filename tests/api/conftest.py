"""What the API is asked about: a few roles and occupations, stored once for each file."""

import json
from types import SimpleNamespace

import pytest
from django.test import Client

from roles.models import Occupation
from roles.open_data.representation import INPUTS
from roles.services.import_document import import_document
from roles.services.workflow import delete
from scoring.plain import plain
from tests.factories import published, reference_document, stored_once, titled


@pytest.fixture(scope="module")
def stored(django_db_setup, django_db_blocker):
    """The reference role in two versions, another, one withdrawn, a draft, and occupations."""
    with stored_once(django_db_blocker):
        published()
        again = titled("Clinical Coder (NHS)", timeline="Sooner.")
        import_document(again, publishing=True)
        other = titled("Other Coder", claims=(), override=None, override_reason="")
        import_document(other, publishing=True)
        gone = import_document(titled("Gone Coder", claims=()), publishing=True)
        delete(gone.assessment)
        import_document(titled("Drafted Coder", claims=()))
        for number in range(5):
            Occupation.objects.create(
                code=f"29-207{number}.00", title=f"Work {number}", employment=1_000 * number
            )
        yield


@pytest.fixture
def ask():
    """Asks the API as a program of another site does, and gives its answer and what it holds."""
    client = Client(enforce_csrf_checks=True)

    def asked(path, body=None, status=200, method=None, content_type="application/json"):
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        method = method or ("GET" if body is None else "POST")
        path = path.removeprefix("http://testserver/api/v1")
        answer = client.generic(method, f"/api/v1{path}", body or b"", content_type)
        assert answer.status_code == status, answer.content[:500]
        assert not answer.cookies
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        if status >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
        held = json.loads(answer.content) if answer.content else None
        return SimpleNamespace(headers=answer.headers, json=held)

    return asked


@pytest.fixture
def coder():
    """What is scored of the reference role, as its JSON has it."""
    document = reference_document()
    inputs = {name: plain(getattr(document, name)) for name in INPUTS}
    return {"inputs": inputs, "method_version": document.method_version}

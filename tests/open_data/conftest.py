"""A small catalogue: published, sample in two versions, only cited, and withdrawn."""

from dataclasses import replace

import pytest
from django.test import Client

from roles.models import Occupation
from roles.services.import_document import import_document
from roles.services.workflow import delete
from roles.vocabulary import Provenance
from tests.factories import published, stored_once, titled

OCCUPATION = "29-2072.00-medical-records-specialists"


@pytest.fixture(scope="module")
def catalogue(django_db_setup, django_db_blocker):
    """Stored once for all tests of a file, which change nothing."""
    with stored_once(django_db_blocker):
        published()
        clerk = titled("Ward Clerk", provenance=Provenance.SAMPLE, claims=())
        tasks = (replace(clerk.tasks[0], name="=1+1", rationale="-- so"), *clerk.tasks[1:])
        import_document(clerk, publishing=True)
        import_document(replace(clerk, tasks=tasks), publishing=True)
        gone = import_document(titled("Lamplighter", claims=()), publishing=True).assessment
        delete(gone)
        Occupation.objects.create(
            code="29-2072.00", title="Medical Records Specialists", outlook=-3
        )
        yield


@pytest.fixture
def get(catalogue, db):
    """Asks for an address of the site."""
    return Client().get


def whole(response) -> bytes:
    """All of an answer, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content

"""What the tests of this room read: an assessment in two versions, a sample, a withdrawn one."""

from dataclasses import replace

import pytest

from roles.models import Occupation
from roles.services.addresses import slug_of
from roles.services.import_document import import_document
from roles.services.workflow import delete
from roles.vocabulary import Provenance
from tests.factories import published, reference_document, stored_once, titled

CODER = "/roles/clinical-coder-nhs/"
CITED = "/roles/health-information-technologist/"
NASTY = 'Clerk < /script > "&'
"""A title with all signs that have to be escaped; markup is refused before it gets here."""
NASTY_SLUG = slug_of(NASTY)


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    with stored_once(django_db_blocker):
        published()
        newer = replace(reference_document(), growth_check="Looked at again.")
        import_document(newer, publishing=True)
        sample = titled(NASTY, claims=(), provenance=Provenance.SAMPLE)
        import_document(sample, publishing=True)
        withdrawn = import_document(titled("Withdrawn", claims=()), publishing=True).assessment
        delete(withdrawn)
        Occupation.objects.create(code="29-2072.00", title="Medical Records Specialists")
        yield

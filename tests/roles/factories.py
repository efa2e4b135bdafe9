"""The reference assessment, stored, for tests that change one thing about it."""

from roles.documents.parse import parse
from roles.models import Assessment
from roles.services.import_document import import_document
from tests.reference import CONTENT


def reference_document():
    document = parse(CONTENT.read_bytes()).document
    assert document is not None
    return document


def draft() -> Assessment:
    """The clinical coder as an open draft."""
    return import_document(reference_document()).assessment


def published() -> Assessment:
    """The clinical coder, published."""
    return import_document(reference_document(), publishing=True).assessment

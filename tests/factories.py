"""The reference assessment, stored, for tests that change one thing about it."""

from dataclasses import replace

from roles.documents.parse import parse
from roles.models import Assessment
from roles.services.import_document import import_document
from tests.reference import CONTENT


def reference_document():
    document = parse(CONTENT.read_bytes()).document
    assert document is not None
    return document


def titled(title: str, **changes):
    """The reference document as one of another role, with some of it changed."""
    document = reference_document()
    identity = replace(document.identity, title=title, aliases=())
    return replace(document, identity=identity, **changes)


def draft() -> Assessment:
    """The clinical coder as an open draft."""
    return import_document(reference_document()).assessment


def published() -> Assessment:
    """The clinical coder, published."""
    return import_document(reference_document(), publishing=True).assessment

"""What may be published: a complete document, which its own text gives back unchanged."""

from collections.abc import Iterator
from dataclasses import fields

from roles.documents.diff import diff
from roles.documents.fields import IDENTITY_FIELDS, AssessmentDocument, Identity
from roles.documents.parse import parse
from roles.documents.render import render
from roles.documents.statements import as_stated


def lacking(document: AssessmentDocument) -> list[str]:
    """Why a document cannot be published, in words; empty if it can.

    What is missing comes first. A document that has everything is written out and read as the
    importer reads it, so nothing is published that could not be imported.
    """
    return document.missing() or list(_lost_in_writing(document))


def _lost_in_writing(document: AssessmentDocument) -> Iterator[str]:
    """What the importer would refuse of the document's own text, or read as something else."""
    parsed = parse(render(document).encode())
    read, written = parsed.document, as_stated(document)
    if read is None:
        yield from map(str, parsed.problems)
        return
    if read == written:
        return
    changed = [f"{one.section}, {one.name}" for one in diff(written, read).differences]
    changed += [
        IDENTITY_FIELDS[field.name].label
        for field in fields(Identity)
        if getattr(written.identity, field.name) != getattr(read.identity, field.name)
    ]
    for name in changed or ["The document"]:
        yield f"{name}: would be read otherwise from the document; write it in other words"

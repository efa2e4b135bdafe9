"""The digest of a document's whole content, by which a change without a trace is noticed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from roles.documents.fields import AssessmentDocument, Identity
from scoring.figure_type import Figure

FORM = "1"
"""The version of the canonical form; a digest names the one that it was made of."""


def digest(document: AssessmentDocument) -> str:
    """A fingerprint of all that belongs to a version: the identity is the role's.

    The form's version, a colon, and the SHA-256 of the content as JSON with sorted keys, in
    which decimals are written without needless zeros.
    """
    content = replace(document, identity=Identity(title=""))
    text = json.dumps(_canonical(content), sort_keys=True, ensure_ascii=False)
    return f"{FORM}:{hashlib.sha256(text.encode()).hexdigest()}"


def _canonical(value: object) -> Any:
    if isinstance(value, Figure):
        return value.name
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"
    if isinstance(value, tuple | list):
        return [_canonical(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _canonical(item) for key, item in value.items()}
    if is_dataclass(value):
        return {field.name: _canonical(getattr(value, field.name)) for field in fields(value)}
    return value if value is None or isinstance(value, int) else str(value)

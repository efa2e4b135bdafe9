"""The digest of a document's whole content, by which a change without a trace is noticed."""

import hashlib
import json
from dataclasses import replace

from roles.documents.fields import AssessmentDocument, Identity
from scoring.plain import plain

FORM = "1"
"""The version of the canonical form; a digest names the one that it was made of."""


def digest(document: AssessmentDocument) -> str:
    """A fingerprint of all that belongs to a version: the identity is the role's.

    The form's version, a colon, and the SHA-256 of the content as JSON with sorted keys, in
    which decimals are written without needless zeros.
    """
    content = replace(document, identity=Identity(title=""))
    text = json.dumps(plain(content), sort_keys=True, ensure_ascii=False)
    return f"{FORM}:{hashlib.sha256(text.encode()).hexdigest()}"

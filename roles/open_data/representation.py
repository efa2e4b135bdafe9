"""A version of a role as plain data: what its page shows, and all that its score follows from.

What is in it comes from the lists of fields, of inputs and of figures, so that a new one is in
here too. Every text is in the form in which a document has it: light Markdown.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from roles.documents.fields import FIELDS, AssessmentDocument, Field, Kind
from roles.models import Assessment, RoleRelation
from roles.services.export_document import document_of
from scoring.figures import score
from scoring.inputs import Inputs
from scoring.plain import computation, plain

INPUTS = tuple(field.name for field in dataclasses.fields(Inputs))
"""What is scored; a document calls each part of it by the same name."""


def _named(*kinds: Kind) -> dict[str, Field]:
    return {
        name: field for name, field in FIELDS.items() if field.kind in kinds and name not in INPUTS
    }


ABOUT = _named(Kind.WORD, Kind.DATE)
"""The fields that say where an assessment comes from."""
TEXTS = _named(*(set(Kind) - {Kind.WORD, Kind.DATE}))
"""The fields that are read, not scored."""
TABLES = ("sources", "corrections")
"""The tables of a document that are no inputs and that hold nothing but text."""
LICENCE = {"name": "MIT", "url": "https://opensource.org/license/mit"}


def representation(assessment: Assessment, site: str) -> dict[str, Any]:
    """A version that can be scored, fetched ``with_document``, as JSON has it.

    ``site`` is what addresses begin with, such as ``https://jobzone.example``.
    """
    document = document_of(assessment)
    return {
        "slug": assessment.role.slug,
        "version": assessment.version,
        "synthetic": assessment.role.synthetic,
        **_of(document, ABOUT),
        "published_at": plain(assessment.published_at),
        "superseded_at": plain(assessment.superseded_at),
        "identity": plain(document.identity),
        "inputs": {name: plain(getattr(document, name)) for name in INPUTS},
        "texts": _of(document, TEXTS),
        **{name: plain(getattr(document, name)) for name in TABLES},
        "relations": [_relation(relation) for relation in assessment.relations.all()],
        "seniority": [_columns(band, BAND) for band in assessment.seniority.all()],
        "claims": [_columns(claim, CLAIM) for claim in assessment.claims.all()],
        **computation(score(document.inputs(), document.method)),
        "licence": LICENCE,
        "links": {name: site + path for name, path in links(assessment).items()},
    }


BAND = ("label", "low", "high", "zone", "reason")
"""What the seniority note says of another level of the role."""
CLAIM = ("figure", "claimed", "place", "subject")
"""A figure as the document states it, be it right or not."""
CITED = ("kind", "note", "cited_score", "cited_zone", "cited_sub_label")
"""What an assessment says of another role, with the score that it quotes."""


def links(assessment: Assessment) -> dict[str, str]:
    """The paths of everything else that there is of a version, by what it is."""
    slug, number = assessment.role.slug, assessment.version
    return {
        "role": reverse("role", args=[slug]),
        "version": reverse("version", args=[slug, number]),
    }


def _relation(relation: RoleRelation) -> dict[str, Any]:
    role = relation.role
    return {"title": role.title, "slug": role.slug, **_columns(relation, CITED)}


def _of(document: AssessmentDocument, fields: Mapping[str, Field]) -> dict[str, Any]:
    return {name: plain(getattr(document, name)) for name in fields}


def _columns(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in names}

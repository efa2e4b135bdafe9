"""A version of a role as plain data: what its page shows, and all that its score follows from.

What is in it comes from the lists of fields, of inputs and of figures, so that a new one is in
here too, and in the schema (``schema.py``). Every text is in the form in which a document has it:
light Markdown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from typing import Any, get_type_hints

from django.urls import reverse

from roles.documents.fields import FIELDS, AssessmentDocument, Field
from roles.models import Assessment, Role
from roles.reading.card import checked_claims, neighbours_of
from roles.services.export_document import document_of, identity_of
from roles.vocabulary import LICENCE, RelationKind, Standing
from scoring.claims import Reproduction
from scoring.figures import score
from scoring.inputs import Inputs
from scoring.plain import computation, plain
from scoring.zones import SubLabel, Zone

INPUTS = tuple(field.name for field in fields(Inputs))
"""What is scored; a document calls each part of it by the same name."""
ABOUT = ("method_version", "assessed_on")
"""The fields that say where an assessment comes from, beside its provenance."""
TEXTS: Mapping[str, Field] = {
    name: field for name, field in FIELDS.items() if name not in (*INPUTS, *ABOUT, "provenance")
}
"""The fields that are read, not scored."""
TABLES = ("sources", "corrections")
"""The tables of a document that hold nothing but text."""
FORMS = ("json", "md", "csv")
"""Endings of addresses: everything there is of a role, its document, its tasks."""


@dataclass(frozen=True, slots=True)
class Citing:
    """What an assessment says of another role, with the score that it quotes."""

    title: str
    slug: str
    kind: RelationKind
    note: str
    cited_score: Decimal | None
    cited_zone: Zone | None
    cited_sub_label: SubLabel | None


@dataclass(frozen=True, slots=True)
class Band:
    """What the seniority note says of another level of the role."""

    label: str
    low: Decimal
    high: Decimal
    zone: Zone
    reason: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure as the document states it, be it right or not, and what its inputs give."""

    figure: str
    claimed: str
    computed: str
    """Empty where there is nothing to hold it against."""
    standing: Reproduction
    place: str
    subject: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A score that the published assessment of one role quotes for another."""

    by: str
    """The slug of the role whose assessment it is."""
    cited_score: Decimal
    cited_zone: Zone
    cited_sub_label: SubLabel | None


def representation(assessment: Assessment, site: str) -> dict[str, Any]:
    """A version that can be scored, fetched ``with_document``, as JSON has it.

    ``site`` is what addresses begin with, such as ``https://jobzone.example``.
    """
    document = document_of(assessment)
    scored = score(document.inputs(), document.method)
    claims = checked_claims(assessment, scored, neighbours_of(assessment, scored))
    return {
        **_role(assessment.role, document.provenance, site),
        "version": assessment.version,
        "published_at": plain(assessment.published_at),
        "superseded_at": plain(assessment.superseded_at),
        **stated(document),
        "relations": [
            _columns(Citing, one, title=one.role.title, slug=one.role.slug)
            for one in assessment.relations.all()
        ],
        "seniority": [_columns(Band, band) for band in assessment.seniority.all()],
        "claims": [
            _columns(Claim, one.claim, computed=one.computed, standing=one.standing)
            for one in claims
        ],
        **computation(scored),
        "links": _absolute(version_links(assessment), site),
    }


def stated(document: AssessmentDocument) -> dict[str, Any]:
    """What a document says itself: nothing that is computed, and nothing of other roles."""
    return {
        **_of(document, ABOUT),
        "inputs": _of(document, INPUTS),
        "texts": _of(document, TEXTS),
        **_of(document, TABLES),
    }


def cited_representation(role: Role, site: str) -> dict[str, Any]:
    """A role that is not assessed, fetched ``with_citations``: what is quoted for it."""
    return {
        **_role(role, Standing.CITED, site),
        "quoted": [_columns(Quoted, one, by=one.assessment.role.slug) for one in role.citations],
        "links": _absolute({"role": role.get_absolute_url(), "schema": reverse("schema")}, site),
    }


def version_links(assessment: Assessment) -> dict[str, str]:
    """The path of each form that a version is to be had in, and of what belongs to it."""
    slug, number = assessment.role.slug, assessment.version
    return {
        "role": reverse("role", args=[slug]),
        "version": reverse("version", args=[slug, number]),
        "history": reverse("history", args=[slug]),
        **{form: reverse("version_as", args=[slug, number, form]) for form in FORMS},
        "schema": reverse("schema"),
    }


def _role(role: Role, standing: str, site: str) -> dict[str, Any]:
    """What there is of every role, whatever its score rests on."""
    return {
        "$schema": site + reverse("schema"),
        "slug": role.slug,
        "standing": plain(standing),
        "synthetic": role.synthetic,
        "identity": plain(identity_of(role)),
        "licence": plain(LICENCE),
    }


def _of(document: AssessmentDocument, names: Iterable[str]) -> dict[str, Any]:
    return {name: plain(getattr(document, name)) for name in names}


def _columns(kind: type, row: Any, **more: Any) -> dict[str, Any]:
    """What a dataclass names, of a row and of what is given beside it."""
    return {
        name: _one(hint, more[name] if name in more else getattr(row, name))
        for name, hint in _hints(kind).items()
    }


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _one(hint: Any, value: Any) -> Any:
    """A column has an empty text where no word is chosen."""
    return None if value == "" and hint is not str else plain(value)


def _absolute(paths: Mapping[str, str], site: str) -> dict[str, str]:
    return {name: site + path for name, path in paths.items()}

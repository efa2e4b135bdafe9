"""Takes published assessments to another version of the method."""

from dataclasses import dataclass

from django.db import transaction

from roles.models import Assessment
from roles.services.publish import NotAllowed
from roles.services.workflow import new_draft
from scoring.figures import Score, score
from scoring.method import METHODS, Method


class UnknownMethod(Exception):
    """There is no such version of the method."""


@dataclass(frozen=True, slots=True)
class Rescored:
    """A published assessment, with its score before and by the other version."""

    assessment: Assessment
    before: Score
    after: Score

    @property
    def changes_zone(self) -> bool:
        """Whether readers would see another zone."""
        return self.before.zone is not self.after.zone


def method_named(version: str) -> Method:
    """The version of the method; UnknownMethod, naming those there are, if there is none."""
    if version not in METHODS:
        raise UnknownMethod(f"There is no method {version}; expected one of {', '.join(METHODS)}.")
    return METHODS[version]


def rescored(by: Method) -> list[Rescored]:
    """What every published assessment of another version would score."""
    others = Assessment.objects.published().exclude(method_version=by.version)
    return [
        Rescored(assessment, score(inputs, assessment.method), score(inputs, by))
        for assessment in others.select_related("role").with_scored_rows().order_by("role__title")
        for inputs in (assessment.inputs(),)
    ]


@transaction.atomic
def draft_by(by: Method, source: Assessment) -> Assessment | None:
    """A draft with the same inputs by another version; None if an open draft is in the way."""
    try:
        return new_draft(source, method_version=by.version)
    except NotAllowed:
        return None

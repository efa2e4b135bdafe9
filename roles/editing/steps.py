"""The steps of an assessment: who may take which when, and what each does and says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from roles.models import Assessment
from roles.services import workflow
from roles.services.permissions import may_change, may_publish, may_restore
from roles.vocabulary import Status

type Take = Callable[[Assessment, User, Mapping[str, Any]], Assessment | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it does with an assessment, for a person, by what the form says."""

    take: Take
    """Gives the draft that came of it, where the person goes on with that."""
    done: str
    """What is said of the assessment afterwards."""
    tells: str = ""
    """Whom it is told to: the assessment's ``author`` or ``reviewer``."""
    asks: bool = False
    """Whether it asks first, since readers see what comes of it."""


def _submit(assessment: Assessment, _: User, said: Mapping[str, Any]) -> None:
    if "reviewer" in said:
        workflow.choose_reviewer(assessment, said["reviewer"])
    workflow.submit(assessment)


def _choose_reviewer(assessment: Assessment, _: User, said: Mapping[str, Any]) -> None:
    workflow.choose_reviewer(assessment, said.get("reviewer"))


def _publish(assessment: Assessment, person: User, said: Mapping[str, Any]) -> None:
    workflow.publish_by(person, assessment, knowing_remarks=_knows(said))


def _schedule(assessment: Assessment, person: User, said: Mapping[str, Any]) -> None:
    workflow.schedule(assessment, said["at"], person, knowing_remarks=_knows(said))


def _roll_back(assessment: Assessment, person: User, said: Mapping[str, Any]) -> None:
    workflow.roll_back(assessment, person, knowing_remarks=_knows(said))


def _restore(assessment: Assessment, *_: object) -> None:
    workflow.restore(assessment)


def _knows(said: Mapping[str, Any]) -> bool:
    return bool(said.get("knowing_remarks"))


STEPS: Mapping[str, Step] = {
    "submit": Step(_submit, "waits for review", "reviewer"),
    "choose reviewer": Step(_choose_reviewer, "the reviewer is chosen", "reviewer"),
    "send back": Step(
        lambda assessment, *_: workflow.send_back(assessment), "is back with its author", "author"
    ),
    "publish": Step(_publish, "is published", "author", asks=True),
    "schedule": Step(_schedule, "will be published at the planned time", "author", asks=True),
    "cancel schedule": Step(
        lambda assessment, *_: workflow.cancel_schedule(assessment),
        "the planned publication is off",
        "author",
    ),
    "roll back": Step(
        _roll_back, "the older version is published again, as a new one", "author", asks=True
    ),
    "revise": Step(
        lambda assessment, person, _: workflow.new_draft(assessment, person),
        "this is a new draft with the published content",
    ),
    "restore": Step(_restore, "is back"),
}


def allowed(person: User, assessment: Assessment, name: str) -> bool:
    """Whether this person may take this step with this assessment now."""
    status = assessment.status
    match name:
        case "submit":
            return status == Status.DRAFT and may_change(person, assessment)
        case "choose reviewer":
            return may_change(person, assessment)
        case "send back":
            return status == Status.IN_REVIEW and person.has_perm("roles.review_assessment")
        case "publish":
            return assessment.is_open and may_publish(person, assessment)
        case "schedule":
            return status == Status.IN_REVIEW and may_publish(person, assessment)
        case "cancel schedule":
            planned = assessment.publish_at is not None
            return planned and person.has_perm("roles.publish_assessment")
        case "roll back":
            return status == Status.SUPERSEDED and may_publish(person, assessment)
        case "revise":
            return status == Status.PUBLISHED and person.has_perm("roles.add_assessment")
        case "restore":
            return status == Status.DELETED and may_restore(person, assessment)
    return False

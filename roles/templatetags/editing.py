"""What the screens of an assessment in the admin share: its links, its remarks, its clock."""

from typing import Any

from django import template
from django.urls import reverse

from roles.editing.clock import clock, clocks
from roles.models import Assessment
from roles.services.permissions import may_change
from roles.vocabulary import OPEN, Status

register = template.Library()
register.filter("clock", clock)
register.filter("clocks", clocks)
FOLDER = "admin/roles/assessment"


@register.inclusion_tag(f"{FOLDER}/links.html", takes_context=True)
def assessment_links(context: dict[str, Any], assessment: Assessment) -> dict[str, Any]:
    """From each screen of an assessment: what readers see, the draft, what differs, what was."""
    role = assessment.role
    versions = {
        version.status: version
        for version in role.assessments.filter(status__in=[*OPEN, Status.PUBLISHED])
    }
    draft = versions.get(Status.DRAFT) or versions.get(Status.IN_REVIEW)
    live = versions.get(Status.PUBLISHED)
    mine = draft and may_change(context["request"].user, draft)
    reviewed = draft if mine else assessment
    return {
        "live": reverse("role", args=[role.slug]) if live else "",
        "draft": draft if mine else None,
        "reviewed": reviewed,
        "assessment": assessment,
    }


@register.inclusion_tag(f"{FOLDER}/remarks.html")
def remarks_on(assessment: Assessment, section: str) -> dict[str, Any]:
    """The remarks on one section, by its name, to be read beside it.

    One query for all sections, which the assessment object keeps.
    """
    if not hasattr(assessment, "threads"):
        assessment.threads = list(assessment.comments.threads())
    found = [comment for comment in assessment.threads if comment.section == section]
    return {"remarks": found, "assessment": assessment, "token": ""}

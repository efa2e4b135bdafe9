"""The worklist on the admin's first page."""

from typing import Any

from django import template

from roles.editing import worklist
from roles.editing.requests import visible_assessments

register = template.Library()


@register.inclusion_tag("admin/worklist.html", takes_context=True)
def show_worklist(context: dict[str, Any]) -> dict[str, Any]:
    """What needs doing, for those who may see assessments."""
    request = context["request"]
    if not request.user.has_perm("roles.view_assessment"):
        return {"hidden": True}
    cited = worklist.cited_only()
    return {
        "hidden": False,
        "groups": worklist.groups(visible_assessments(request), request.user),
        "cited_only": cited[: worklist.MOST],
        "cited_count": cited.count(),
        "not_found": worklist.not_found(),
    }

"""The worklist on the admin's first page."""

from typing import Any

from django import template

from roles.editing import worklist

register = template.Library()


@register.inclusion_tag("admin/worklist.html", takes_context=True)
def show_worklist(context: dict[str, Any]) -> dict[str, Any]:
    """What needs doing, for those who may see assessments."""
    person = context["request"].user
    if not person.has_perm("roles.view_assessment"):
        return {"hidden": True}
    return {
        "hidden": False,
        "groups": worklist.groups(person),
        "cited_only": worklist.cited_only(),
        "not_found": worklist.not_found(),
        "unreproduced": worklist.unreproduced(),
    }

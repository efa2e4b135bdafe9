"""The desk on the admin's first page."""

from django import template

from roles.editing import worklist as desk

register = template.Library()


@register.inclusion_tag("admin/desk.html", takes_context=True)
def show_desk(context) -> dict:
    """What needs doing, for those who may see assessments."""
    person = context["request"].user
    if not person.has_perm("roles.view_assessment"):
        return {"hidden": True}
    return {
        "piles": desk.piles(person),
        "cited_only": desk.cited_only(),
        "unreproduced": desk.unreproduced(),
    }

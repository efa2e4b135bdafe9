"""What stands beside the form of an assessment: its contents, and the score in its bar."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.template import Library

from roles.editing.parts import MARKDOWN, lacking_by_part
from scoring.dimensions import WHOLE_TIME

register = Library()


@register.filter
def is_markdown(name: str) -> bool:
    """Whether readers see the text of this field as Markdown."""
    return name in MARKDOWN


@register.inclusion_tag("admin/roles/assessment/contents.html")
def form_contents(lacking: Sequence[str] = (), swapped: bool = False) -> dict[str, Any]:
    """Every part with what it lacks; ``swapped`` where it replaces the list on the page."""
    return {"parts": lacking_by_part(lacking), "swapped": swapped}


@register.inclusion_tag("admin/roles/assessment/bar_score.html")
def bar_score(
    score: Any, time: Decimal = WHOLE_TIME, lacking: Sequence[str] = (), swapped: bool = False
) -> dict[str, Any]:
    """Score and zone of anything that has them, and what is missing for publication."""
    return {"score": score, "time": time, "lacking": lacking, "swapped": swapped}

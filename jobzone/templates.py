"""The environment of the public pages' templates, which are Jinja2's; the admin's are Django's."""

from functools import lru_cache
from typing import Any

from django.template import defaultfilters
from django.templatetags.static import static
from django.urls import reverse
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined

from roles.drawing import formats as figures

FILTERS = {
    **{
        name: getattr(defaultfilters, name) for name in ("capfirst", "date", "pluralize", "slugify")
    },
    **{
        name: getattr(figures, name)
        for name in (
            "absolute",
            "after_lead",
            "claimed",
            "computed",
            "decimals",
            "exact",
            "figure_name",
            "inline",
            "lead",
            "marked",
            "plain",
            "prose",
            "resistance",
            "signed",
            "thousands",
        )
    },
}


def environment(**options: Any) -> Environment:
    """An environment in which a name that no view passes is an error."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)
    made.globals |= {"htmx_script": htmx_script, "static": lru_cache(static), "url": url}
    made.filters |= FILTERS
    return made


@lru_cache(maxsize=4096)
def url(name: str, *arguments: Any) -> str:
    """The address of a named page; working it out takes long beside the rest of a list."""
    return reverse(name, args=arguments)

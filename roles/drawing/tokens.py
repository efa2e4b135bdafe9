"""The colours of static/css/tokens.css, for drawings that no stylesheet reaches."""

import re
from functools import cache

from django.conf import settings


@cache
def light(name: str) -> str:
    """A colour on a light page, such as "#1b1f23" for "ink". Raises KeyError for an unknown one."""
    css = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    colours: dict[str, str] = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}),", css))
    return colours[name]

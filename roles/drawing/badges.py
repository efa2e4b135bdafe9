"""Zone, standing and scale as small marks that stand in every row of a list.

There are a few of each, so each is made from its partial once and kept: a list of twenty roles
includes no template sixty times.
"""

from functools import cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@cache
def zone_badge(zone: str, sub_label: str = "") -> SafeString:
    """The zone as shape, word and colour, with its sub-label where there is one."""
    return _made("partials/zone_badge.html", zone=zone, sub_label=sub_label)


@cache
def zone_shape(zone: str) -> SafeString:
    """The shape of a zone."""
    return _made("partials/zone_shape.html", zone=zone)


@cache
def standing_tag(standing: str) -> SafeString:
    """What a score rests on, in a word that leads to what it means."""
    return _made("partials/standing.html", standing=standing)


def _made(partial: str, **values: str) -> SafeString:
    return SafeString(render_to_string(partial, values).strip())

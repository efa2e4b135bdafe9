"""The filters of the public pages: how figures and prose are written, and where things stand."""

from django.template import Library

from roles.drawing import badges, bands, dots, formats, marks, outcomes, prose, waterfall

register = Library()
for function in (
    formats.absolute,
    formats.as_figure,
    formats.as_percent,
    formats.changed,
    formats.claim_name,
    formats.claimed,
    formats.computed,
    formats.day,
    formats.decimals,
    formats.difference,
    formats.exact,
    formats.figure,
    formats.hundredths,
    formats.marked,
    formats.plain,
    formats.published,
    formats.rating,
    formats.resistance,
    formats.signed,
    formats.thousands,
    badges.standing_tag,
    badges.zone_badge,
    badges.zone_shape,
    bands.bands,
    bands.height,
    dots.dotted,
    dots.sideways,
    outcomes.outcomes,
    outcomes.percent,
    outcomes.zone_shares,
    marks.band_width,
    marks.strip_height,
    marks.text_anchor,
    prose.after_lead,
    prose.inline,
    prose.lead,
    prose.opening,
    prose.prose,
    waterfall.from_the_best,
):
    register.filter(function.__name__, function)

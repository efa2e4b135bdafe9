"""The filters of the public pages: how figures and prose are written, and where things stand."""

from django.template import Library

from roles.drawing import bands, dots, formats, marks, prose

register = Library()
for function in (
    formats.absolute,
    formats.as_figure,
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
    formats.resistance,
    formats.scale,
    formats.signed,
    formats.thousands,
    bands.bands,
    bands.height,
    dots.dotted,
    dots.sideways,
    marks.strip_height,
    marks.text_anchor,
    prose.after_lead,
    prose.inline,
    prose.lead,
    prose.prose,
):
    register.filter(function.__name__, function)

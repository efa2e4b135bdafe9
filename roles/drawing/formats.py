"""How figures are written on a page. Nothing is computed here but the rounding."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from roles.documents.diff import Change, Run
from roles.occupation_figures import PublishedFigure
from scoring.claims import CheckedClaim, StatedClaim
from scoring.dimensions import Range
from scoring.figure_type import Figure
from scoring.figures import FIGURES, Score
from scoring.formula import rounded
from scoring.inputs import InputPart
from scoring.zones import Zone

MINUS = "\u2212"
RESISTANCE = {Zone.GREEN: "high", Zone.YELLOW: "medium", Zone.RED: "low"}


def decimals(value: Decimal | int, places: int) -> str:
    """A figure rounded half up to the method's decimals."""
    return f"{rounded(Decimal(value), places):f}".replace("-", MINUS)


def exact(value: Decimal, least: int = 0) -> str:
    """A figure with all its digits, and at least so many decimals."""
    digits = value.normalize()
    places = max(least, -int(digits.as_tuple().exponent))
    return f"{digits:.{max(places, 0)}f}".replace("-", MINUS)


def signed(value: Decimal | int) -> SafeString:
    """A figure on a scale with two sides, its sign before it; ASCII for machines."""
    shown = f"{value:+}" if value else f"{value}"
    return format_html('<data value="{}">{}</data>', value, shown.replace("-", MINUS))


def rating(value: int, part: str) -> str:
    """A rating as it is written: with its sign on a scale that has two sides."""
    signs = part in (InputPart.EVIDENCE, InputPart.GROWTH) and value
    return (f"{value:+}" if signs else str(value)).replace("-", MINUS)


def as_percent(value: Decimal) -> str:
    """A constant between 0 and 1 in percent, with all its digits: "12.5 %"."""
    return f"{exact(value * 100)} %"


def absolute(value: Decimal) -> Decimal:
    """A figure without its sign, where words say the direction."""
    return abs(value)


def difference(points: Decimal) -> str:
    """A gap between two scores in words, seen from the first."""
    if points == 0:
        return "No gap"
    return f"{absolute(points)} points {'more' if points > 0 else 'less'}"


def day(moment: date) -> SafeString:
    """A day as readers and machines read it."""
    return format_html(
        '<time datetime="{}">{}</time>', moment.isoformat(), date_format(moment, "j F Y")
    )


def resistance(zone: str) -> str:
    """How much resistance to AI a zone stands for, in a word."""
    return RESISTANCE[Zone(zone)]


def figure(score: Score, name: str) -> str:
    """A figure of a score as it is declared to be written, without its unit."""
    return FIGURES[name].text(getattr(score, name)).replace("-", MINUS)


def as_figure(value: Any, figure: Figure) -> str:
    """A value of a figure as it is declared to be written; "none" where there is no score."""
    return "none" if value is None else figure.text(value).replace("-", MINUS)


def published(value: Decimal | int | str, figure: PublishedFigure) -> str:
    """A published figure with its unit: "USD 213,990", "+5 %"."""
    if isinstance(value, str):
        return value
    sign = "+" if figure.within and figure.within.signed else ""
    number = f"{rounded(Decimal(value), figure.decimals or 0):{sign},f}".replace("-", MINUS)
    if figure.unit == "%":
        return f"{number} %"
    return f"{figure.unit} {number}".strip()


def hundredths(value: float) -> str:
    """A correlation with its sign and two decimals."""
    return f"{value:+.2f}".replace("-", MINUS)


def scale(allowed: Range) -> str:
    """The ends of a scale: "−2 to +2"."""
    low, high = (f"{end:+}" if allowed.signed else str(end) for end in allowed)
    return f"{low} to {high}".replace("-", MINUS)


def claim_name(claim: StatedClaim) -> str:
    """The figure that a claim states, and of what."""
    of = f" ({claim.subject.lower()})" if claim.subject else ""
    return f"{claim.figure.label}{of}"


def claimed(checked: CheckedClaim) -> str:
    """The stated figure as it is written, with its unit."""
    return _written(checked.claim.figure, checked.claim.claimed)


def computed(checked: CheckedClaim) -> str:
    """The computed figure, with its unit."""
    figure, value = checked.claim.figure, checked.computed
    if figure.decimals is not None:
        value = exact(Decimal(value), figure.decimals) if value else ""
    return _written(figure, value) if value else "nothing"


def _written(figure: Figure, value: str) -> str:
    unit = f" {figure.unit}" if figure.unit else ""
    return f"{value.replace('-', MINUS)}{unit}"


def plain(value: object, least: int = 0) -> str:
    """A figure with its digits and at least so many decimals, a word as it is."""
    if isinstance(value, Decimal):
        return exact(value, least)
    return str(value).replace("-", MINUS) if isinstance(value, int) else str(value)


def thousands(value: int) -> str:
    """A whole number with its thousands set apart."""
    return f"{value:,}"


def changed(run: Run) -> SafeString:
    """Words of a difference, marked where they were added or removed."""
    tag = {Change.ADDED: "ins", Change.REMOVED: "del"}.get(run.change)
    return format_html("<{0}>{1}</{0}>", tag, run.text) if tag else escape(run.text)


def marked(text: str, words: list[str]) -> SafeString:
    """A text with the words that a search looked for marked, also where they only begin one."""
    text = text.replace(" -- ", " – ")
    if not words:
        return escape(text)
    pattern = r"(\b(?:" + "|".join(re.escape(word) for word in words) + r")\w*)"
    parts: list[str] = [escape(part) for part in re.split(pattern, text, flags=re.IGNORECASE)]
    parts[1::2] = [f"<mark>{part}</mark>" for part in parts[1::2]]
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped above

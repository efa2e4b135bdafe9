"""Numbers as people write them in documents: +1, −2, 20%, 1/9, 2,30, **2.30/5.0**."""

import re
from decimal import Decimal

from roles.documents.markup import folded

MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
DASH = rf"(?:-{{1,2}}|[{MINUS[1:]}])"
NUMBER = rf"(?:[+]|{DASH})?[0-9]{{1,9}}(?:[.,][0-9]{{1,9}})?"
RAISED = re.compile("[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u215f]")
WRITTEN = re.compile(
    rf"(?P<number>{NUMBER})\s*"
    r"(?:(?P<percent>%|per\s?cent|pct\.?)"
    r"|(?:/|of|out of)\s*[±]?(?P<out_of>[0-9]{1,4}(?:[.,][0-9]+)?))?"
    r"(?:\s*\([^()0-9]{1,40}\))?",
    re.I,
)


def number_in(text: str, out_of: int | None = None, *, percent: bool = False) -> Decimal | None:
    """The number that is all there is in a text, a remark in words after it left aside.

    It may be said to be out of ``out_of``, or a percentage where it is one, and of nothing
    else: 4/10 is no score of a scale from 1 to 5. None if there is no such number.
    """
    if RAISED.search(text):
        return None  # a footnote's sign, or a fraction, which would become digits
    match = WRITTEN.fullmatch(folded(text))
    if match is None or (match["percent"] and not percent):
        return None
    if match["out_of"] and to_decimal(match["out_of"]) != out_of:
        return None
    return to_decimal(match["number"])


def to_decimal(number: str) -> Decimal:
    """A matched ``NUMBER`` as a Decimal that keeps its decimals; a comma sets them off too."""
    return Decimal(re.sub(f"^{DASH}", "-", number).replace(",", ".")) + 0


def with_sign(value: int) -> str:
    """A score on a scale with two sides, as documents write it: -1, 0, +1."""
    return f"{value:+}" if value else "0"

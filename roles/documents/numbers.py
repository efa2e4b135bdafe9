"""Numbers as people write them in documents: +1, −2, 20%, 1/9, **2.30/5.0**."""

import re
from decimal import Decimal

MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
DASH = rf"(?:-{{1,2}}|[{MINUS[1:]}])"
NUMBER = rf"(?:[+]|{DASH})?[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?"
WRITTEN = re.compile(rf"(?P<number>{NUMBER})\s*(?:%|/\s*[0-9]{{1,4}}(?:\.[0-9]+)?)?")


def number_in(text: str) -> Decimal | None:
    """The number that is all there is in a text, whatever it is out of; None if there is none."""
    match = WRITTEN.fullmatch(text.replace("**", "").strip())
    return to_decimal(match["number"]) if match else None


def to_decimal(number: str) -> Decimal:
    """A matched ``NUMBER`` as a Decimal that keeps its decimals."""
    return Decimal(re.sub(f"^{DASH}", "-", number)) + 0


def with_sign(value: int) -> str:
    """A score on a scale with two sides, as documents write it: -1, 0, +1."""
    return f"{value:+}" if value else "0"


def times(value: Decimal) -> str:
    """A percentage of time without a needless decimal: 20, 12.5."""
    return f"{value.normalize() + 0:f}"

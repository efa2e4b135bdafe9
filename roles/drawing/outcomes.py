"""The outcomes of a score whose ratings may be a step off, in words and as bars."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.figures import Score
from scoring.formula import rounded
from scoring.uncertainty import in_percent
from scoring.zones import Zone


@dataclass(frozen=True, slots=True)
class ZoneShare:
    """How much of the outcomes lies in a zone."""

    zone: Zone
    share: str
    """In words, as in "80 %"."""
    width: Decimal
    """Of its bar, in percent."""


def zone_shares(score: Score) -> list[ZoneShare]:
    """The zones, the best first."""
    return [
        ZoneShare(zone, percent(chance), in_percent(chance))
        for zone, chance in score.uncertainty.chances.items()
    ]


def percent(chance: Fraction) -> str:
    """A probability in whole percent; never 0 or 100 where something else is possible."""
    if chance in (0, 1):
        return f"{chance * 100} %"
    whole = rounded(in_percent(chance), 0)
    if whole == 0:
        return "under 1 %"
    return "over 99 %" if whole == 100 else f"{whole} %"


def outcomes(chance: Fraction) -> str:
    """How many of the outcomes that is: "80 % of the outcomes"."""
    if chance == 1:
        return "all outcomes"
    return "no outcomes" if chance == 0 else f"{percent(chance)} of the outcomes"

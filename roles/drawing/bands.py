"""The zones as bands of the line from 0 to 100, by the boundaries of one version of the method."""

from dataclasses import dataclass
from decimal import Decimal

from scoring.dimensions import PUBLISHED_SCORE
from scoring.method import Method
from scoring.zones import Zone


@dataclass(frozen=True, slots=True)
class Band:
    """Where one zone lies, in points."""

    zone: Zone
    start: Decimal
    width: Decimal


def bands(method: Method) -> list[Band]:
    """The zones from 0 up."""
    yellow, green = method.boundaries
    edges = (Decimal(PUBLISHED_SCORE.low), yellow, green, Decimal(PUBLISHED_SCORE.high))
    zones = (Zone.RED, Zone.YELLOW, Zone.GREEN)
    return [
        Band(zone, start, end - start)
        for zone, start, end in zip(zones, edges[:-1], edges[1:], strict=True)
    ]


def height(points: Decimal) -> Decimal:
    """How far below the top of a drawing of 0 to 100 a score lies."""
    return PUBLISHED_SCORE.high - points

"""The chart of a role's score over its versions."""

from dataclasses import dataclass
from decimal import Decimal

from roles.models import Assessment


@dataclass(frozen=True, slots=True)
class Point:
    """One version in the chart of scores; places in percent of the drawing."""

    version: Assessment
    x: Decimal
    y: Decimal

    @classmethod
    def of(cls, versions: list[Assessment]) -> list["Point"]:
        """The versions from left to right, in equal steps."""
        step = Decimal(90) / max(len(versions) - 1, 1)
        return [
            cls(version, 5 + step * number, 100 - (version.published_score or Decimal(0)))
            for number, version in enumerate(versions)
        ]

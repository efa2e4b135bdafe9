"""What a card, a badge and an embedded box say of a role: all in words and shapes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from roles.drawing.formats import decimals
from roles.models import Role
from roles.vocabulary import Standing
from scoring.method import Method
from scoring.zones import Zone


@dataclass(frozen=True, slots=True)
class Verdict:
    """The score of a role that is assessed here."""

    score: Decimal
    low: Decimal
    """Where its range begins."""
    high: Decimal
    """Where its range ends."""
    zone: Zone
    sub_label: str
    standing: str
    """What the score rests on, in a word: published or sample, or synthetic where it is a test."""
    method: Method

    @classmethod
    def of(cls, role: Role) -> Self | None:
        """That of a public role; None where its score is only cited, so not assessed here."""
        if role.standing == Standing.CITED:
            return None
        assert role.score is not None
        assert role.range_low is not None
        assert role.range_high is not None
        return cls(
            role.score,
            role.range_low,
            role.range_high,
            Zone(role.zone),
            role.sub_label,
            "synthetic" if role.synthetic else role.standing.lower(),
            role.method,
        )

    @property
    def range(self) -> str:
        """The range in words: "range 18 to 28"."""
        return f"range {decimals(self.low, 0)} to {decimals(self.high, 0)}"

    @property
    def in_zone(self) -> str:
        """Zone and sub-label: "Red (Displacing)"."""
        return f"{self.zone} ({self.sub_label})"

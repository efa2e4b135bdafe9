"""The geometry of a badge: a small picture of a score for the pages of others."""

from dataclasses import dataclass

from roles.sharing.canvas import font
from roles.sharing.verdict import Verdict

TEXT = 11
"""Height of its letters in pixels."""
PAD = 8
SHAPE = 10
NAME = "AI resistance"
NOT_ASSESSED = "not assessed here"


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says on its two halves, and how wide each is in pixels."""

    zone: str
    """Empty where there is no score."""
    said: str

    @classmethod
    def of(cls, verdict: Verdict | None) -> "Badge":
        """The badge of a score; of none where the role is not assessed here."""
        if verdict is None:
            return cls("", NOT_ASSESSED)
        return cls(verdict.zone, f"{verdict.score} {verdict.in_zone}, {verdict.standing}")

    @property
    def name(self) -> str:
        """What is measured."""
        return NAME

    @property
    def name_width(self) -> int:
        """How wide the words of the left half are."""
        return _width(NAME)

    @property
    def said_width(self) -> int:
        """How wide the words of the right half are."""
        return _width(self.said)

    @property
    def split(self) -> int:
        """Where the right half begins."""
        return self.name_width + 2 * PAD

    @property
    def said_x(self) -> int:
        """Where its words begin: after the shape, where there is one."""
        return self.split + PAD + (SHAPE + 5 if self.zone else 0)

    @property
    def shape_x(self) -> int:
        """Where the shape stands."""
        return self.split + PAD

    @property
    def width(self) -> int:
        """The whole."""
        return self.said_x + self.said_width + PAD


def _width(text: str) -> int:
    return round(font(TEXT).getlength(text))

"""A score as filled dots."""

from dataclasses import dataclass

DOT = 14
"""Width of a dot and the space around it, in pixels."""


@dataclass(frozen=True, slots=True)
class Dots:
    """A row of dots: its width in pixels, and each dot's middle and whether it is filled."""

    width: int
    circles: list[tuple[int, bool]]


def dots(score: int, most: int) -> Dots:
    """As many dots as a score can be at most, as many of them filled as it is."""
    return Dots(most * DOT, [(number * DOT + DOT // 2, number < score) for number in range(most)])


def dotted(score: int, most: int) -> str:
    """A score as a row of dots in text, where its number stands beside it."""
    return "●" * score + "○" * (most - score)

"""Scores as small marks beside their numbers."""


def dotted(score: int, most: int) -> str:
    """A score as a row of dots in text, where its number stands beside it."""
    return "●" * score + "○" * (most - score)


def sideways(score: int) -> str:
    """A score of -2..+2 as a bar from the middle of 64 by 12 pixels, as the outline of a path."""
    return f"M32 1h{15 * score}v10H32z"

"""Prints the whole computation of a score: ``python -m scoring role.json``.

This is the one place in ``scoring`` that reads a file. It needs nothing but Python.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scoring.figures import InvalidInputs, Score
from scoring.plain import computation
from scoring.reading import Unreadable, loaded, score_of
from scoring.working import working

DIFFERS, UNREADABLE = 1, 2
"""Exit codes: the file states a figure that its inputs do not give; there is nothing to compute."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the computation, and hold the figures that the file states against it."""
    parser = argparse.ArgumentParser(
        prog="python -m scoring", description="Print how the score of a role comes about."
    )
    parser.add_argument("file", help="the JSON of a role, or - for what is piped in")
    file = parser.parse_args(arguments).file
    # Names can have characters that a terminal has not.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        data = loaded(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
        score = score_of(data)
    except (Unreadable, InvalidInputs, OSError) as error:
        print(f"{file}: {error}", file=sys.stderr)
        return UNREADABLE
    print(*working(score), sep="\n")
    return _compare(data, score)


def _compare(data: Mapping[str, Any], score: Score) -> int:
    """Say which of the figures that a file states are not those that its inputs give."""
    if not isinstance(stated := data.get("figures"), Mapping):
        return 0
    computed = computation(score)["figures"]
    differing = [name for name, value in stated.items() if value != computed.get(name)]
    for name in differing:
        print(f"{name}: the file states {stated[name]}, computed {computed.get(name)}")
    if not differing:
        print("\nThe figures are those that the file states.")
    return DIFFERS if differing else 0


if __name__ == "__main__":
    sys.exit(main())

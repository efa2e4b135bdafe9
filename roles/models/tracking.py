"""Which changes are kept: who changed what and when, by triggers that see every path."""

from collections.abc import Callable, Iterable
from typing import Any

import pghistory


def tracked(exclude: Iterable[str] = ()) -> Callable[[Any], Any]:
    """Keep every insertion, change and deletion of a model's rows, but for these columns."""
    track: Callable[[Any], Any] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
    )
    return track

"""The one clock of the editors' screens, and the editors' own beside it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def clock(moment: datetime) -> str:
    """A moment as these screens say it: "21:06 UTC, 26 November 2026"."""
    return f"{moment.astimezone(UTC):%H:%M UTC, %-d %B %Y}"


def clocks(moment: datetime) -> str:
    """A planned moment, also on the editors' own clock, which the settings name."""
    place = settings.EDITORS_TIME_ZONE.rpartition("/")[2].replace("_", " ")
    local = moment.astimezone(ZoneInfo(settings.EDITORS_TIME_ZONE))
    return f"{clock(moment)} ({local:%H:%M on %-d %B} in {place})"

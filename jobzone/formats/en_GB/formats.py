"""Dates and times as the site writes them: a clock of 24 hours, with its zone."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i e"
DATETIME_FORMAT = "H:i e, j F Y"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "H:i e, j M Y"

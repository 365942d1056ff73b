"""Fields for times on local clocks, and the question which of two equal times is meant."""

from datetime import time
from typing import Any
from zoneinfo import available_timezones

from wtforms import RadioField, StringField

from events_service.translation import lazy_gettext as _

AREAS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
BAD_TIME = _("Enter a time from 00:00 to 23:59, like 09:30")


def time_zones() -> list[str]:
    """Names of places (IANA), in order; not the abbreviations and offsets."""
    return sorted(zone for zone in available_timezones() if zone.startswith(AREAS))


class ClockField(StringField):
    """A time of day on 24 hours, typed as text: browsers show `type=time` in the reader's way,
    with AM and PM for some. Kept as typed, so that nothing is lost when a form is shown again."""

    @property
    def clock(self) -> time | None:
        """The time, or None when the text is none."""
        return clock_in(self.data or "")


class WhichTime(RadioField):
    """Which of two equal times is meant; offered only where a time comes twice."""

    def __init__(self, label: str = _("Which of the two?"), **given: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **given)

    @property
    def fold(self) -> int | None:
        return int(self.data) if self.data in ("0", "1") else None

    def offer(self, words: tuple[str, str] | None) -> None:
        """Show the two; None hides the question."""
        self.choices = [(str(fold), text) for fold, text in enumerate(words)] if words else []


def clock_in(text: str) -> time | None:
    """“09:30”, “9:30”, “0930” or “09.30”; seconds are left out."""
    parts = text.strip().replace(".", ":").split(":")
    if len(parts) == 1 and len(parts[0]) == 4:
        parts = [parts[0][:2], parts[0][2:]]
    if len(parts) not in (2, 3) or not all(one.isascii() and one.isdigit() for one in parts):
        return None
    hour, minute = int(parts[0]), int(parts[1])
    return time(hour, minute) if hour < 24 and minute < 60 else None

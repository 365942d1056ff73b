"""Calendar data that other programs wrote, read into plain values."""

from events_service.itip.answers import CalendarAnswer


class CalendarUnreadable(ValueError):
    """The data is no answer that can be read; the message says why, in words."""


def read_answers(ics: bytes) -> list[CalendarAnswer]:
    """Every VEVENT of a REPLY, COUNTER or REFRESH. CalendarUnreadable for anything else."""
    raise NotImplementedError

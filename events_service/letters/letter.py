"""What a letter function gives back: plain values, not yet a MIME message."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CalendarPart:
    """A text/calendar body. `method` is the METHOD property in it (RFC 6047 §2.4)."""

    method: str
    ics: bytes  # UTF-8, CRLF


@dataclass(frozen=True)
class Letter:
    """One mail, rendered. Links in it hold placeholders (see events_service.tokens)."""

    subject: str
    text: str
    html: str
    from_name: str
    from_address: str  # for calendar mail the ORGANIZER, rsvp+PLACEHOLDER@…
    reply_to: str | None = None
    calendar: CalendarPart | None = None
    language: str = "en"

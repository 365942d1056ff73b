"""A mail taken apart again, to be shown to a person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from icalendar import Calendar

from events_service.letters import dates
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext

METHODS = {
    "REQUEST": lazy_gettext("Puts this into the calendar and asks for an answer"),
    "CANCEL": lazy_gettext("Takes this out of the calendar"),
    "REPLY": lazy_gettext("Answers"),
    "DECLINECOUNTER": lazy_gettext("Says that the time that was proposed is declined"),
}


@dataclass(frozen=True)
class Attachment:
    number: int  # of the part in the message, as walked
    name: str
    content_type: str
    size: int  # bytes
    content: bytes


@dataclass(frozen=True)
class CalendarGlance:
    """What the calendar part of a mail says, in words."""

    method: str  # as in the part, such as REQUEST
    does: str
    title: str
    when: str  # empty where the part must not say it
    where: str
    sequence: int
    status: str  # CONFIRMED, CANCELLED; empty when the part says nothing


@dataclass(frozen=True)
class OpenedMail:
    headers: tuple[tuple[str, str], ...]  # decoded, in their order
    text: str
    html: str
    calendar: CalendarGlance | None
    attachments: tuple[Attachment, ...]

    def header(self, name: str) -> str:
        """The first header of that name; empty when there is none."""
        found = (value for each, value in self.headers if each.lower() == name.lower())
        return next(found, "")


def opened(raw: bytes) -> OpenedMail:
    """The parts of a MIME message that was made by this service."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    leaves = [part for part in message.walk() if not part.is_multipart()]
    shown = [part for part in leaves if part.get_content_disposition() != "attachment"]
    calendars = [part for part in shown if part.get_content_type() == "text/calendar"]
    return OpenedMail(
        headers=tuple((name, " ".join(str(value).split())) for name, value in message.items()),
        text=_first(shown, "text/plain"),
        html=_first(shown, "text/html"),
        calendar=glance(_content(calendars[0])) if calendars else None,
        attachments=tuple(
            _attachment(number, part) for number, part in enumerate(leaves) if part not in shown
        ),
    )


def glance(ics: bytes) -> CalendarGlance:
    """One calendar object, read for a card. The part has one VEVENT."""
    calendar: Any = Calendar.from_ical(ics)  # its properties are unions of everything
    event = calendar.walk("VEVENT")[0]
    method = str(calendar.get("METHOD", ""))
    return CalendarGlance(
        method=method,
        does=str(METHODS.get(method, method)),
        title=str(event.get("SUMMARY", "")),
        when=_when(event),
        where=str(event.get("LOCATION", "")),
        sequence=int(event.get("SEQUENCE", 0)),
        status=str(event.get("STATUS", "")),
    )


def _when(event: Any) -> str:
    if "DTSTART" not in event:
        return ""  # of a DECLINECOUNTER, which repeats nothing
    starts, ends = event["DTSTART"].dt, event["DTEND"].dt
    days = int(event["RRULE"]["COUNT"][0]) if "RRULE" in event else 1
    first: date = starts.date() if isinstance(starts, datetime) else starts
    when = dates.weekday_range(first, first + timedelta(days=days - 1))
    if not isinstance(starts, datetime):
        return when
    hours = dates.clock_range(starts.time(), ends.time())
    zone = event["DTSTART"].params.get("TZID", "UTC")
    if days > 1:
        return _("%(when)s, %(hours)s each day (%(zone)s)", when=when, hours=hours, zone=zone)
    return f"{when}, {hours} ({zone})"


def _first(parts: list[EmailMessage], content_type: str) -> str:
    found = next((part for part in parts if part.get_content_type() == content_type), None)
    return str(found.get_content()) if found is not None else ""


def _content(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


def _attachment(number: int, part: EmailMessage) -> Attachment:
    content = _content(part)
    return Attachment(
        number=number,
        name=part.get_filename() or f"part-{number}",
        content_type=part.get_content_type(),
        size=len(content),
        content=content,
    )

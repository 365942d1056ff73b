"""A reply that the tests of reading vary, and what it says."""

from datetime import UTC, datetime

import pytest

from events_service.itip.answers import CalendarAnswer
from events_service.itip.reading import CalendarUnreadable, read_answers

VEVENT = {
    "ATTENDEE": "ATTENDEE;PARTSTAT=ACCEPTED:mailto:deputy.mayor@newark.example.org",
    "UID": "UID:one@events.example.org",
    "SEQUENCE": "SEQUENCE:2",
    "DTSTAMP": "DTSTAMP:20270501T120000Z",
    "DTSTART": "DTSTART;TZID=Europe/Bratislava:20270601T090000",
    "DTEND": "DTEND;TZID=Europe/Bratislava:20270601T173000",
}
STARTS = datetime(2027, 6, 1, 7, tzinfo=UTC)
ANSWER = CalendarAnswer(
    method="REPLY",
    uid="one@events.example.org",
    attendee="deputy.mayor@newark.example.org",
    said="ACCEPTED",
    sequence=2,
    dtstamp=datetime(2027, 5, 1, 12, tzinfo=UTC),
    starts=STARTS,
    ends=datetime(2027, 6, 1, 15, 30, tzinfo=UTC),
)


def vevent(*more: str, **changed: str | None) -> list[str]:
    lines = {**VEVENT, **{name.replace("_", "-"): line for name, line in changed.items()}}
    return ["BEGIN:VEVENT", *(line for line in lines.values() if line), *more, "END:VEVENT"]


def calendar(*lines: str, method: str = "METHOD:REPLY", zone: str = "") -> bytes:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", method, *zone.splitlines()]
    return "\r\n".join([*(line for line in head if line), *lines, "END:VCALENDAR", ""]).encode()


def reply(*more: str, zone: str = "", **changed: str | None) -> bytes:
    return calendar(*vevent(*more, **changed), zone=zone)


def one(ics: bytes) -> CalendarAnswer:
    (answer,) = read_answers(ics)
    return answer


def problem(ics: bytes) -> str:
    with pytest.raises(CalendarUnreadable) as refused:
        read_answers(ics)
    assert str(refused.value).endswith(".")
    return str(refused.value)


OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
X-MICROSOFT-CDO-TZID:6
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0{summer}00
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0{summer}00
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""
SUMMER_OF_TWO = OWN_ZONE.format(summer=2)
OWN_START = 'DTSTART;TZID="Customized Time Zone":20270601T090000'

"""One calendar message as it goes over the wire."""

from datetime import date
from typing import Literal

from icalendar import Event

from events_service.itip.folding import fold
from events_service.itip.zones import vtimezone

PRODID = "-//Events service//Workshops between cities//EN"
Method = Literal["REQUEST", "CANCEL", "DECLINECOUNTER", "REPLY", "COUNTER"]


def written(method: Method, event: Event, zone: str, first: date, last: date) -> bytes:
    """The message as UTF-8 with CRLF, with its VTIMEZONE for these days if one is named.

    vtimezone() is text made once a zone and year; icalendar would write it anew every time.
    Folding is ours throughout, so that sealing a letter folds alike; icalendar's is also slow.
    """
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    zone_lines = vtimezone(zone, first, last) if _names_zone(event) else ""
    before = "\r\n".join([*head, f"METHOD:{method}", zone_lines]).encode()
    lines = [*event.content_lines()[:-1], "END:VCALENDAR", ""]  # its last one is an empty one
    return fold(before + "\r\n".join(lines).encode())


def _names_zone(event: Event) -> bool:
    times = [event[name] for name in ("dtstart", "recurrence-id") if name in event]
    return any("TZID" in each.params for each in times)

"""Calendars that programs fetch: many entries, no METHOD, and nobody's name in them.

Written as text from plain values: icalendar's serialiser takes over a second for 5,000 entries,
this a tenth of that.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from events_service.itip.cleaning import lines, one_line
from events_service.itip.days import Run
from events_service.itip.feed_zones import Clocks, clocks_of
from events_service.itip.folding import fold
from events_service.itip.writing import PRODID

FeedStatus = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
REFRESH = "PT1H"  # how often programs may look


class FeedEntry(NamedTuple):
    """One VEVENT. `run` is in local time of `zone` (IANA name). Both instants are aware:
    `stamped_at` becomes DTSTAMP, and `changed_at`, not before it, LAST-MODIFIED.

    `location`, `description` and `url` may be empty. `blocks`: whether the time counts as busy;
    whole days and what is cancelled never do.
    """

    uid: str
    sequence: int
    stamped_at: datetime
    changed_at: datetime
    summary: str
    run: Run
    zone: str
    description: str = ""
    location: str = ""
    url: str = ""
    status: FeedStatus = "CONFIRMED"
    blocks: bool = True


def calendar_feed(name: str, entries: Sequence[FeedEntry]) -> bytes:
    """A calendar to subscribe to, under this name (RFC 7986), as UTF-8 with CRLF."""
    named = text_of(one_line(name))
    head = [
        f"NAME:{named}",
        f"X-WR-CALNAME:{named}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    return _calendar(head, entries)


def calendar_file(entries: Sequence[FeedEntry]) -> bytes:
    """A calendar to take in once. It has no name, for which programs would make a new calendar."""
    return _calendar([], entries)


def _calendar(head: list[str], entries: Sequence[FeedEntry]) -> bytes:
    clocks = clocks_of([(entry.zone, entry.run) for entry in entries])
    top = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN", *head, ""]
    before = fold(("\r\n".join(top) + clocks.definitions).encode())
    return b"".join([before, *(vevent(entry, clocks) for entry in entries), b"END:VCALENDAR\r\n"])


def vevent(entry: FeedEntry, clocks: Clocks) -> bytes:
    """One entry, folded, each line with its CRLF."""
    summary, cancelled = one_line(entry.summary), entry.status == "CANCELLED"
    run = clocks.told(entry.zone, entry.run)
    blocks = entry.blocks and not cancelled and run.hours is not None
    written = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{in_utc(entry.stamped_at)}",
        f"LAST-MODIFIED:{in_utc(entry.changed_at)}",
        f"SEQUENCE:{entry.sequence}",
        *_when(run, entry.zone, clocks),
        # Programs show a cancelled entry of a feed like any other, so its name says it too.
        f"SUMMARY:{text_of(f'Cancelled: {summary}' if cancelled else summary)}",
    ]
    if location := one_line(entry.location):
        written.append(f"LOCATION:{text_of(location)}")
    if description := lines(entry.description).strip():
        written.append(f"DESCRIPTION:{text_of(description)}")
    if entry.url:
        written.append(f"URL:{entry.url}")
    written += [
        f"STATUS:{entry.status}",
        f"TRANSP:{'OPAQUE' if blocks else 'TRANSPARENT'}",
        "END:VEVENT",
        "",
    ]
    return fold("\r\n".join(written).encode())


def _when(run: Run, zone: str, clocks: Clocks) -> list[str]:
    if run.hours is None:
        after = run.days[-1] + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{_day(run.days[0])}", f"DTEND;VALUE=DATE:{_day(after)}"]
    tzid = clocks.tzid(zone, run)
    starts, ends = (_moment(run.days[0], clock, zone, tzid) for clock in run.hours)
    bounds = [f"DTSTART{starts}", f"DTEND{ends}"]
    repeats = [f"RRULE:FREQ=DAILY;COUNT={len(run.days)}"] if len(run.days) > 1 else []
    return bounds + repeats


def _moment(day: date, clock: time, zone: str, tzid: str | None) -> str:
    if tzid is None:
        return f":{in_utc(datetime.combine(day, clock, ZoneInfo(zone)))}"
    return f";TZID={tzid}:{_day(day)}T{clock.isoformat('seconds').replace(':', '')}"


def in_utc(moment: datetime) -> str:
    """20270531T070000Z, to the second."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def text_of(clean: str) -> str:
    """A TEXT value (RFC 5545 §3.3.11) of text without control characters other than `\\n`."""
    escaped = clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")

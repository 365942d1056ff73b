"""REQUEST, CANCEL and DECLINECOUNTER as iTIP defines them, one VEVENT a message (RFC 5546 §3.2.2,
§3.2.5, §3.2.8)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Event, vCalAddress, vUri

from events_service.itip.addresses import mailto
from events_service.itip.cleaning import display_name, lines, one_line
from events_service.itip.days import Run
from events_service.itip.writing import Method, written

Partstat = Literal["NEEDS-ACTION", "ACCEPTED", "TENTATIVE", "DECLINED"]
Role = Literal["REQ-PARTICIPANT", "OPT-PARTICIPANT", "CHAIR"]
Status = Literal["CONFIRMED", "TENTATIVE"]


@dataclass(frozen=True)
class Person:
    """`address` as it stands in the mail's From or To; `name` becomes CN."""

    address: str
    name: str


@dataclass(frozen=True)
class Entry:
    """One calendar object of one person, as it is to stand in their calendar.

    `dtstamp` is aware. `run` is in local time of `zone` (IANA name). `location`, `description`
    and `url` may be empty.
    """

    uid: str
    sequence: int
    dtstamp: datetime
    organizer: Person
    attendee: Person
    summary: str
    run: Run
    zone: str
    description: str = ""
    location: str = ""
    url: str = ""
    partstat: Partstat = "NEEDS-ACTION"
    role: Role = "REQ-PARTICIPANT"
    status: Status = "CONFIRMED"


def request(entry: Entry) -> bytes:
    """An invitation or its update, as UTF-8 with CRLF. AddressNotSendable for a wrong address."""
    event = _event(entry)
    event.add("status", entry.status)
    event.add("transp", "OPAQUE" if entry.run.hours else "TRANSPARENT")
    if entry.description:
        event.add("description", lines(entry.description).strip())
    if entry.url:
        event.add("url", vUri(entry.url))
    answer = {"PARTSTAT": entry.partstat, "RSVP": "TRUE"}
    event.add("attendee", _party(entry.attendee, ROLE=entry.role, **answer))
    return _calendar("REQUEST", event, entry)


def cancel(entry: Entry, *, whole_event: bool) -> bytes:
    """The removal of an entry. STATUS:CANCELLED only if the event itself is cancelled."""
    event = _event(entry)
    if whole_event:
        event.add("status", "CANCELLED")
    event.add("attendee", _party(entry.attendee, ROLE=entry.role))
    return _calendar("CANCEL", event, entry)


def decline_counter(entry: Entry, *, day: date | None = None, comment: str = "") -> bytes:
    """The time that somebody proposed is declined; `entry` stands as it was last sent. Of it, this
    may repeat neither SEQUENCE nor ATTENDEE nor the time (RFC 5546 §3.2.8).

    `day`: the proposal was about one day of several, which RECURRENCE-ID then names.
    """
    event = _named(entry)
    if day is not None and entry.run.hours and len(entry.run.days) > 1:
        event.add("recurrence-id", _bounds(Run((day,), entry.run.hours), entry.zone)[0])
    if comment:
        event.add("comment", lines(comment).strip())
    return _calendar("DECLINECOUNTER", event, entry)


def _named(entry: Entry) -> Event:
    """What says which entry of whom is meant."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.dtstamp.astimezone(UTC).replace(microsecond=0))
    organizer = vCalAddress(mailto(entry.organizer.address))
    organizer.params["CN"] = _common_name(entry.organizer)
    event.add("organizer", organizer)
    return event


def _event(entry: Entry) -> Event:
    event = _named(entry)
    event.add("sequence", entry.sequence)
    starts, ends = _bounds(entry.run, entry.zone)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    if entry.run.hours and len(entry.run.days) > 1:
        event.add("rrule", {"FREQ": "DAILY", "COUNT": len(entry.run.days)})
    event.add("summary", one_line(entry.summary))
    if entry.location:
        event.add("location", one_line(entry.location))
    return event


def _party(person: Person, **parameters: str) -> vCalAddress:
    party = vCalAddress(mailto(person.address))
    party.params["CN"] = _common_name(person) or person.address
    party.params["CUTYPE"] = "INDIVIDUAL"
    for name, value in parameters.items():
        party.params[name] = value
    return party


def _common_name(person: Person) -> str:
    """Without backslashes, which mean nothing in a parameter, but which some readers take for the
    beginning of an escape and then lose the next parameter."""
    return display_name(person.name.replace("\\", ""))


def _bounds(run: Run, zone: str) -> tuple[date, date]:
    """DTSTART and DTEND of the first day; an all-day run ends on the day after its last.

    The second of two equal wall times cannot be said with a TZID (RFC 5545 §3.3.5), so it is
    given in UTC. Such a day is a run of its own.
    """
    if run.hours is None:
        return run.days[0], run.days[-1] + timedelta(days=1)
    bounds = [_moment(run.days[0], clock, zone) for clock in run.hours]
    if any(moment.utcoffset() != moment.replace(fold=0).utcoffset() for moment in bounds):
        bounds = [moment.astimezone(UTC) for moment in bounds]
    return bounds[0], bounds[1]


def _moment(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone))


def _calendar(method: Method, event: Event, entry: Entry) -> bytes:
    return written(method, event, entry.zone, entry.run.days[0], entry.run.days[-1])

"""What a calendar program writes when a person answers an invitation (RFC 5546 §3.2.3, §3.2.7)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Literal
from zoneinfo import ZoneInfo

from icalendar import Component, Event, vCalAddress

from events_service.itip.addresses import address_in
from events_service.itip.answers import Moment
from events_service.itip.cleaning import lines
from events_service.itip.parsing import CalendarUnreadable, calendar_in, one_of, words_of
from events_service.itip.writing import Method, written

Answered = Literal["ACCEPTED", "TENTATIVE", "DECLINED"]
ECHOED = ("uid", "sequence", "summary", "organizer")


@dataclass(frozen=True)
class Asked:
    """An invitation of ours as its recipient's program keeps it.

    `starts` and `ends` are of the first day, on the clocks of `zone` (IANA name); dates when it
    is about whole days. `days` are those that can be answered singly, so one for whole days.
    """

    starts: Moment
    ends: Moment
    zone: str
    days: tuple[date, ...]
    event: Component

    @property
    def title(self) -> str:
        return words_of(self.event, "SUMMARY")

    @property
    def organizer(self) -> str:
        """The address that answers go to."""
        return address_in(str(one_of(self.event, "ORGANIZER")))

    def on(self, day: date | None) -> tuple[Moment, Moment]:
        """Start and end on one of the days; on the first for None. ValueError for another day."""
        if day is None:
            return self.starts, self.ends
        if day not in self.days:
            raise ValueError(f"The invitation is not for {day}.")
        later = day - self.days[0]
        return self.starts + later, self.ends + later


def asked(request: bytes) -> Asked:
    """The VEVENT of a REQUEST of ours. CalendarUnreadable for anything else."""
    calendar = calendar_in(request)
    events = [each for each in calendar.subcomponents if each.name == "VEVENT"]
    if words_of(calendar, "METHOD") != "REQUEST" or len(events) != 1:
        raise CalendarUnreadable("The calendar part is no invitation.")
    event = events[0]
    starts, ends = one_of(event, "DTSTART"), one_of(event, "DTEND")
    zone = str(starts.params.get("TZID", "UTC"))
    first = _local(starts.dt, zone)
    return Asked(first, _local(ends.dt, zone), zone, _days(event, first), event)


def reply(
    request: bytes, said: Answered, *, now: datetime, day: date | None = None, comment: str = ""
) -> bytes:
    """The REPLY to a REQUEST of ours, for all its days or for one (RECURRENCE-ID)."""
    invitation = asked(request)
    event = _echo(invitation, said, now, comment)
    starts, ends = invitation.on(day)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    _name_day(event, invitation, day)
    return _message("REPLY", event, invitation, starts)


def counter(
    request: bytes,
    starts: Moment,
    ends: Moment,
    *,
    now: datetime,
    day: date | None = None,
    comment: str = "",
) -> bytes:
    """The COUNTER that proposes another time: for all days, of which `starts` is the first, or
    instead of one `day`. Aware times, or dates (the end is exclusive)."""
    invitation = asked(request)
    event = _echo(invitation, "TENTATIVE", now, comment)
    event.add("dtstart", _in_zone(starts, invitation.zone))
    event.add("dtend", _in_zone(ends, invitation.zone))
    _name_day(event, invitation, day)
    return _message("COUNTER", event, invitation, starts)


def _echo(invitation: Asked, said: Answered, now: datetime, comment: str) -> Event:
    event = Event()
    for name in ECHOED:
        event[name] = invitation.event[name]
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    if comment.strip():
        event.add("comment", lines(comment).strip())
    invited: Any = one_of(invitation.event, "ATTENDEE")
    attendee = vCalAddress(str(invited))
    attendee.params.update({"CN": invited.params["CN"], "CUTYPE": "INDIVIDUAL"})
    attendee.params.update({"PARTSTAT": said, "ROLE": invited.params["ROLE"]})
    event.add("attendee", attendee)
    return event


def _name_day(event: Event, invitation: Asked, day: date | None) -> None:
    """Which day is meant if one of several is, else how the days repeat."""
    if len(invitation.days) < 2:
        return
    if day is None:
        event["rrule"] = invitation.event["rrule"]
    else:
        event.add("recurrence-id", invitation.on(day)[0])


def _message(method: Method, event: Event, invitation: Asked, starts: Moment) -> bytes:
    local = _in_zone(starts, invitation.zone)
    first = local.date() if isinstance(local, datetime) else local
    last = first + (invitation.days[-1] - invitation.days[0])
    return written(method, event, invitation.zone, first, last)


def _days(event: Component, starts: Moment) -> tuple[date, ...]:
    rule = one_of(event, "RRULE")
    count = int(rule["COUNT"][0]) if rule else 1
    first = starts.date() if isinstance(starts, datetime) else starts
    return tuple(first + timedelta(days=number) for number in range(count))


def _local(moment: Moment, zone: str) -> Moment:
    """As the parser gave it: naive where a TZID stands."""
    if isinstance(moment, datetime) and moment.tzinfo is None:
        return moment.replace(tzinfo=_zone(zone))
    return moment


def _in_zone(moment: Moment, zone: str) -> Moment:
    return moment.astimezone(_zone(zone)) if isinstance(moment, datetime) else moment


def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)

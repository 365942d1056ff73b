"""Times by two clocks: where the event is, and where its reader is, both named. Nothing is doubled
where the clocks agree at that instant.

Filters for every page; `event` is anything with a `zone` and a `city`:
    {{ instant | in_both(event) }}                a day and a time; the event's city is always named
    {{ instant | moment(event.zone) }}            the same; no place is named where clocks agree
    {{ (starts, ends) | hours_in_both(event) }}   two instants, on a day that the page names already
"""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from events_service.letters import dates
from events_service.letters.dates import clock, clock_range, hours_there, on_day
from events_service.web.reader import differs, place_of, reader

BETWEEN = " · "


class Somewhere(Protocol):
    @property
    def name(self) -> str: ...


class Held(Protocol):
    """An event, as far as its clock goes."""

    @property
    def zone(self) -> ZoneInfo: ...
    @property
    def city(self) -> Somewhere: ...


def in_both(instant: datetime, event: Held) -> str:
    """Friday 29 January 2027, 18:00 (Stockholm) · 12:00 (Columbus)"""
    first = _named(dates.moment(instant, event.zone), event.city.name)
    there = there_instant(instant, event.zone)
    return f"{first}{BETWEEN}{there}" if there else first


def moment(instant: datetime, zone: ZoneInfo) -> str:
    """Friday 29 January 2027, 18:00; where the clocks differ, as `in_both`, by the zone's place."""
    first, there = dates.moment(instant, zone), there_instant(instant, zone)
    return f"{_named(first, place_of(zone.key))}{BETWEEN}{there}" if there else first


def hours_in_both(hours: tuple[datetime, datetime], event: Held) -> str:
    """09:00 – 10:30 (Stockholm) · 03:00 – 04:30 (Columbus)"""
    starts, ends = (instant.astimezone(event.zone) for instant in hours)
    first = _named(clock_range(starts.time(), ends.time()), event.city.name)
    who = reader()
    if who is None or not differs(hours[0], event.zone, who.zone):
        return first
    there = _named(hours_there(*hours, event.zone, who.zone), who.place)
    return f"{first}{BETWEEN}{there}"


def there_instant(instant: datetime, here: ZoneInfo) -> str:
    """12:00 (Columbus) · the day before, 23:00 (Columbus); empty where nothing differs."""
    who = reader()
    if who is None or not differs(instant, here, who.zone):
        return ""
    there = instant.astimezone(who.zone)
    on = instant.astimezone(here).date()
    return _named(on_day(clock(there.time()), there.date(), on), who.place)


def _named(time: str, place: str) -> str:
    return f"{time} ({place})"


CLOCK_FILTERS = {"in_both": in_both, "moment": moment, "hours_in_both": hours_in_both}

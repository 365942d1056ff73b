"""VTIMEZONE components made from zoneinfo, for the years that an invitation touches.

One STANDARD and at most one DAYLIGHT, each with one RRULE of one BYDAY and its onset in local
wall time before the change (RFC 5545 §3.6.5). icalendar's own generator writes RDATE lists that
end in 2038 and onsets an hour late, so calendars showed 2027 wrongly.

Zones whose clocks follow no such rule in these years (Africa/Casablanca at Ramadan, Asia/Gaza)
get what is true around the days concerned: one fixed offset, or one change without a rule.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NOON = time(12)  # when clocks are never changed
YEARS_AHEAD = 10  # a rule that also holds this long is preferred


class ZoneNotExpressible(Exception):
    """The clocks of the zone change more than once within the days of one invitation."""

    def __init__(self, zone: str, first: date, last: date) -> None:
        super().__init__(f"The clocks of {zone} change too often between {first} and {last}.")


@dataclass(frozen=True)
class Change:
    """A change of the clocks. `wall` is the local time before it; offsets are from UTC."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str


@dataclass(frozen=True)
class Rule:
    month: int
    nth: int  # of the weekday in its month; -1 is the last
    weekday: int
    clock: tuple[int, int, int]

    def __str__(self) -> str:
        return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={self.nth}{WEEKDAYS[self.weekday]}"


@lru_cache(maxsize=512)
def vtimezone(zone: str, first: date, last: date) -> str:
    """The component as unfolded CRLF lines, right from the day before `first` to that after
    `last`."""
    yearly = _yearly(zone, first.year, last.year)
    return _component(zone, yearly or _around(zone, first, last))


Observance = tuple[Change, Rule | None]


def _yearly(zone: str, first: int, last: int) -> list[Observance] | None:
    """No change at all, or one each way in every year from the one before the first."""
    years = [_changes(zone, year) for year in range(first - 1, last + YEARS_AHEAD)]
    needed = last - first + 2
    if not any(years[:needed]):
        new_year = datetime.combine(date(first - 1, 1, 1), time())
        return [(_unchanged(zone, new_year), None)]
    if any(len(changes) != 2 for changes in years[:needed]):
        return None
    observances: list[Observance] = []
    for position in (0, 1):
        series = [changes[position] for changes in years if len(changes) == 2]
        offsets = {(change.before, change.after) for change in series[:needed]}
        rules = [rule for rule in _candidates(series[0]) if _holds(rule, series[:needed])]
        if len(offsets) != 1 or not rules:
            return None
        best = max(rules, key=lambda rule: sum(_holds(rule, [each]) for each in series))
        observances.append((series[0], best))
    return observances


def _around(zone: str, first: date, last: date) -> list[Observance]:
    """What the clocks do near these days: one offset, or one change from one to another."""
    start = datetime.combine(first - timedelta(days=2), NOON)
    end = datetime.combine(last + timedelta(days=2), NOON)
    near = [
        change
        for year in range(start.year, end.year + 1)
        for change in _changes(zone, year)
        if start < change.wall < end
    ]
    if len(near) > 1:
        raise ZoneNotExpressible(zone, first, last)
    return [(_unchanged(zone, start), None), *((change, None) for change in near)]


def _candidates(change: Change) -> Iterator[Rule]:
    wall = change.wall
    clock = wall.hour, wall.minute, wall.second
    if wall.day + 7 > monthrange(wall.year, wall.month)[1]:
        yield Rule(wall.month, -1, wall.weekday(), clock)
    yield Rule(wall.month, (wall.day - 1) // 7 + 1, wall.weekday(), clock)


def _holds(rule: Rule, changes: list[Change]) -> bool:
    return all(rule in _candidates(change) for change in changes)


@lru_cache(maxsize=512)
def _changes(zone: str, year: int) -> tuple[Change, ...]:
    """Every change of the offset that begins in this UTC year, to the second."""
    tz = ZoneInfo(zone)
    found = []
    moment = datetime(year, 1, 1, tzinfo=UTC)
    offset = _offset(tz, moment)
    while moment.year == year:
        later = moment + timedelta(days=1)
        if (new_offset := _offset(tz, later)) != offset:
            found.append(_change(tz, moment, later))
        moment, offset = later, new_offset
    return tuple(found)


def _change(tz: ZoneInfo, old: datetime, new: datetime) -> Change:
    before, after = _offset(tz, old), _offset(tz, new)
    while new - old > timedelta(seconds=1):
        middle = old + timedelta(seconds=(new - old) // timedelta(seconds=2))
        old, new = (middle, new) if _offset(tz, middle) == before else (old, middle)
    wall = (new + before).replace(tzinfo=None)
    return Change(wall, before, after, new.astimezone(tz).tzname() or "")


def _unchanged(zone: str, wall: datetime) -> Change:
    local = wall.replace(tzinfo=ZoneInfo(zone))
    offset = local.utcoffset() or timedelta()
    return Change(wall, offset, offset, local.tzname() or "")


def _offset(tz: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(tz).utcoffset() or timedelta()


def _component(zone: str, observances: list[Observance]) -> str:
    """DAYLIGHT is whichever is further ahead of UTC (zoneinfo calls Dublin's winter daylight)."""
    standard = min(change.after for change, _ in observances)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    for change, rule in observances:
        kind = "STANDARD" if change.after == standard else "DAYLIGHT"
        lines += [
            f"BEGIN:{kind}",
            f"DTSTART:{change.wall:%Y%m%dT%H%M%S}",
            f"TZOFFSETFROM:{_hhmm(change.before)}",
            f"TZOFFSETTO:{_hhmm(change.after)}",
            *([f"RRULE:{rule}"] if rule else []),
            *([f"TZNAME:{change.name}"] if change.name else []),
            f"END:{kind}",
        ]
    return "\r\n".join([*lines, "END:VTIMEZONE", ""])


def _hhmm(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"

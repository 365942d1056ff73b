"""Every way to fill calendars, before both judges: each person's hours, and nothing beside them."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events_service.itip.days import Style, runs
from events_service.itip.messages import Entry, cancel, request
from tests.interop.conftest import Judge
from tests.itip.entries import ENTRY

ZONES = ("Europe/Stockholm", "America/New_York", "Africa/Johannesburg")
FIRST_DAYS = (
    date(2027, 6, 1),
    date(2027, 3, 27),
    date(2040, 10, 27),
)  # two over a change of clocks


@dataclass(frozen=True)
class Session:
    id: int
    held_on: date
    starts: time
    ends: time
    title: str
    fold: int = 0


def agenda(first: date) -> list[Session]:
    """Two full days, of which one has two sessions, and a morning."""
    later = [first + timedelta(days=n) for n in range(3)]
    return [
        Session(1, later[0], time(9), time(10, 30), "Opening: Who is missing?"),
        Session(2, later[0], time(11), time(17), "Site visits"),
        Session(3, later[1], time(9), time(17), "Working together"),
        Session(4, later[2], time(9), time(12), "Commitments"),
    ]


def entries(style: Style, first: date, zone: str) -> list[Entry]:
    sessions = agenda(first)
    found = runs(style, [one.held_on for one in sessions], None, sessions)
    return [
        replace(ENTRY, uid=f"{n}@example.org", run=run, zone=zone) for n, run in enumerate(found)
    ]


def spans(style: Style, first: date, zone: str) -> list[list[str]]:
    """What each occurrence is by zoneinfo."""
    one, two, three = (first + timedelta(days=n) for n in range(3))
    full, morning = (time(9), time(17)), (time(9), time(12))
    by_day = [(one, *full), (two, *full), (three, *morning)]
    by_session = [(each.held_on, each.starts, each.ends) for each in agenda(first)]
    if style == "all_day":
        return [[f"{one:%Y%m%d}", f"{three + timedelta(days=1):%Y%m%d}"]]
    return [
        [_in_utc(day, clock, zone) for clock in clocks]
        for day, *clocks in (by_session if style == "each_session" else by_day)
    ]


def _in_utc(day: date, clock: time, zone: str) -> str:
    moment = datetime.combine(day, clock, tzinfo=ZoneInfo(zone))
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@pytest.mark.parametrize("style", ["daily", "each_day", "each_session", "all_day"])
def test_both_read_the_hours_that_are_meant(style: Style, libical: Judge, icaljs: Judge) -> None:
    for judge in (libical, icaljs):
        for zone in ZONES:
            for first in FIRST_DAYS:
                ics = [request(entry) for entry in entries(style, first, zone)]
                read = [span for verdict in judge(ics) for span in verdict["occurrences"]]
                assert read == spans(style, first, zone), (zone, first)


@pytest.mark.parametrize("style", ["daily", "each_day", "each_session", "all_day"])
def test_libical_finds_no_fault(style: Style, libical: Judge) -> None:
    found = [one for zone in ZONES for first in FIRST_DAYS for one in entries(style, first, zone)]
    ics = [request(one) for one in found] + [cancel(one, whole_event=False) for one in found]
    assert [(v["fine"], v["errors"]) for v in libical(ics)] == [(True, 0)] * len(ics)

"""Every kind of feed before both judges: all entries, and the instants as zoneinfo has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.feeds import feed_of_account, feed_of_person
from events_service.itip.days import Hours, Run
from events_service.itip.feeds import FeedEntry, calendar_feed
from events_service.tokens import token_for
from tests import cast, follow_up, office
from tests.conftest import SECRET, TestClock
from tests.interop.conftest import Judge
from tests.interop.test_judges import HOURS, ZONES, as_written, broken
from tests.itip.test_feed import ENTRY

WITHOUT_RULE = ("Africa/Casablanca", "Asia/Gaza")
Told = list[list[object]]  # UID with the start and end of each of its days


def entries(zones: tuple[str, ...], year: int) -> Iterator[FeedEntry]:
    """The whole year, in runs of three days, in each of these zones."""
    for zone in zones:
        for number in range(0, 363, 3):
            days = tuple(date(year, 1, 1) + timedelta(days=number + n) for n in range(3))
            uid = f"{zone}-{days[0]}@events.example.org"
            yield ENTRY._replace(uid=uid, zone=zone, run=Run(days, HOURS))


def truth(every: list[FeedEntry]) -> Told:
    return [[entry.uid, _instants(entry)] for entry in every]


def _instants(entry: FeedEntry) -> list[list[str]]:
    return [
        [as_written(datetime.combine(day, clock, ZoneInfo(entry.zone))) for clock in HOURS]
        for day in entry.run.days
    ]


@pytest.mark.parametrize("year", [2027, 2040])
def test_every_instant_of_a_year_in_all_zones_at_once(
    year: int, libical: Judge, icaljs: Judge
) -> None:
    every = list(entries(ZONES + WITHOUT_RULE, year))
    ics = calendar_feed("Everything", every)
    for judge in (libical, icaljs):
        assert judge([ics])[0]["events"] == truth(every)


def test_years_apart_in_one_feed(libical: Judge, icaljs: Judge) -> None:
    every = [*entries(ZONES[:2], 2027), *entries(ZONES[:4], 2040)]
    ics = calendar_feed("Both", every)
    [verdict] = libical([ics])
    assert (verdict["fine"], verdict["errors"]) == (True, 0)
    assert verdict["events"] == icaljs([ics])[0]["events"] == truth(every)


def test_whole_days_and_hours_that_come_twice(libical: Judge, icaljs: Judge) -> None:
    night = Run((date(2027, 10, 31),), Hours(time(2, 30, fold=1), time(5, fold=1)))
    days = Run((date(2027, 6, 1), date(2027, 6, 2)), None)
    ics = calendar_feed(
        "W", [ENTRY._replace(uid="a", run=night), ENTRY._replace(uid="b", run=days)]
    )
    for judge in (libical, icaljs):
        assert judge([ics])[0]["events"] == [
            ["a", [["20271031T013000Z", "20271031T040000Z"]]],
            ["b", [["20270601", "20270603"]]],
        ]


def test_control_a_wrong_rule_is_seen(libical: Judge, icaljs: Judge) -> None:
    every = list(entries(ZONES[:1], 2027))
    wrong = broken(calendar_feed("W", every), b"BYMONTH=3;BYDAY=-1SU", b"BYMONTH=4;BYDAY=1SU")
    for judge in (libical, icaljs):
        assert judge([wrong])[0]["events"] != truth(every)


@dataclass(frozen=True)
class Fetched:
    path: str
    ics: bytes


@pytest.fixture
def fetched(
    client: FlaskClient, db: Session, settings: Settings, clock: TestClock
) -> list[Fetched]:
    """Every kind of feed and file, as it is served."""
    event = cast.event(db, host="Bratislava", days=5)
    event.sessions[3].ends = time(12)
    event.title = "Hate, and how to; prevent\r\nATTENDEE:mailto:evil@example.net \\n\x0b"
    off = cast.event(db, host="Cape Town", days=1)
    off.cancelled_at = clock.now
    cast.event(db, host="Stockholm", published=False)
    mayor = office.people_of(office.registered(db, settings, clock, event, "Newark", "Mayor"))[0]
    lead = follow_up.colleague(db, "Lead")
    feeds = [feed_of_person(db, mayor, now=clock.now), feed_of_account(db, lead, now=clock.now)]
    db.commit()
    paths = [
        "/series/workshops/calendar.ics",
        f"/events/{event.slug}/calendar.ics",
        f"/a/{token_for(SECRET, 'answ', mayor.id)}/calendar.ics",
        *(f"/calendar/{token_for(SECRET, 'feed', one.id)}.ics" for one in feeds),
    ]
    return [Fetched(path, client.get(path).data) for path in paths]


def test_every_kind_of_feed_is_read_alike_and_without_fault(
    fetched: list[Fetched], libical: Judge, icaljs: Judge
) -> None:
    calendars = [one.ics for one in fetched]
    ours, theirs = libical(calendars), icaljs(calendars)
    assert [(one["fine"], one["errors"]) for one in ours] == [(True, 0)] * len(calendars)
    assert [one["events"] for one in ours] == [one["events"] for one in theirs]
    assert [one["method"] for one in theirs] == [None] * len(calendars)
    assert [one["name"] for one in theirs] == [
        "Workshop series · Network of Cities",
        None,
        None,
        "My workshops · Network of Cities",
        "Workshops I organise · Network of Cities",
    ]
    assert [len(one["events"]) for one in ours] == [4, 3, 3, 3, 5]


def test_no_kind_of_feed_says_who(fetched: list[Fetched]) -> None:
    for one in fetched:
        text = one.ics.replace(b"\r\n ", b"")
        for word in (b"\r\nATTENDEE", b"\r\nORGANIZER", b"\r\nMETHOD", b"rsvp+", b"newark"):
            assert (one.path, word in text) == (one.path, False)
        assert b"\n" not in one.ics.replace(b"\r\n", b"")

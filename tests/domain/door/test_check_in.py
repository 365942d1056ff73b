"""Checking people in: once a person and day, whoever sends it and however often."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.door.check_in import Entry, check_in, take_back
from events_service.domain.refusals import Conflict, NotFound
from events_service.domain.reporting import attendance
from events_service.model import Attendance, CheckIn, Event
from tests import cast, door
from tests.conftest import TestClock
from tests.door import FIRST, MORNING, SECOND, key, stamp, there


@pytest.fixture
def event(db: Session, settings: Settings, clock: TestClock) -> Event:
    return door.workshop(db, settings, clock)


def test_somebody_comes_in_and_is_there(db: Session, event: Event, clock: TestClock) -> None:
    mayor = door.member(db, "Mayor, Newark")
    assert check_in(db, event, mayor, stamp(), now=clock.now) == Entry("in", MORNING)
    assert there(db, event) == [("Mayor, Newark", [FIRST])]
    entry = db.query(CheckIn).one()
    assert (entry.event_id, entry.day, entry.recorded_by) == (event.id, FIRST, "door 1")


def test_the_same_entry_once_more_changes_nothing(
    db: Session, event: Event, clock: TestClock
) -> None:
    mayor, sent = door.member(db, "Mayor, Newark"), stamp()
    for later in range(3):
        now = clock.now + timedelta(minutes=later)
        assert check_in(db, event, mayor, sent, now=now) == Entry("in", MORNING)
    assert door.standing(db, event) == [(FIRST, MORNING, sent.key)]


def test_another_device_is_told_when_the_person_came_in(
    db: Session, event: Event, clock: TestClock
) -> None:
    mayor, first = door.member(db, "Mayor, Newark"), stamp()
    check_in(db, event, mayor, first, now=clock.now)
    second = stamp(came_at=MORNING - timedelta(minutes=5))
    assert check_in(db, event, mayor, second, now=clock.now) == Entry("already", MORNING)
    assert door.standing(db, event) == [(FIRST, MORNING, first.key)]


def test_the_next_day_extends_the_attendance(db: Session, event: Event, clock: TestClock) -> None:
    planner = door.member(db, "Planner, Boise")
    check_in(db, event, planner, stamp(), now=clock.now)
    clock.advance(timedelta(days=1))
    morning = MORNING + timedelta(days=1)
    check_in(db, event, planner, stamp(day=SECOND, came_at=morning), now=clock.now)
    assert there(db, event) == [("Planner, Boise", [FIRST, SECOND])]
    assert [day for day, _, _ in door.standing(db, event)] == [FIRST, SECOND]


def test_an_entry_that_was_a_mistake(db: Session, event: Event, clock: TestClock) -> None:
    mayor, sent = door.member(db, "Mayor, Newark"), stamp()
    check_in(db, event, mayor, sent, now=clock.now)
    assert take_back(db, event, sent.key, now=clock.now)
    assert not take_back(db, event, sent.key, now=clock.now)
    assert not take_back(db, event, key(), now=clock.now)
    assert (there(db, event), door.standing(db, event)) == ([], [])


def test_what_was_taken_back_is_not_brought_back_by_a_late_copy(
    db: Session, event: Event, clock: TestClock
) -> None:
    """A device that got no answer sends again, after somebody else took the entry back. Control:
    a new entry counts, and the old one's end does not end it."""
    mayor, sent = door.member(db, "Mayor, Newark"), stamp()
    check_in(db, event, mayor, sent, now=clock.now)
    take_back(db, event, sent.key, now=clock.now)
    assert check_in(db, event, mayor, sent, now=clock.now).outcome == "taken_back"
    assert there(db, event) == []
    again = stamp()
    assert check_in(db, event, mayor, again, now=clock.now).outcome == "in"
    assert not take_back(db, event, sent.key, now=clock.now)
    assert there(db, event) == [("Mayor, Newark", [FIRST])]


def test_a_day_taken_back_and_come_again_keeps_the_other_days(
    db: Session, event: Event, clock: TestClock
) -> None:
    planner, first, second = door.member(db, "Planner, Boise"), stamp(), stamp(day=SECOND)
    clock.advance(timedelta(days=1))
    for sent in (first, second):
        check_in(db, event, planner, sent, now=clock.now)
    take_back(db, event, first.key, now=clock.now)
    assert there(db, event) == [("Planner, Boise", [SECOND])]
    assert check_in(db, event, planner, first, now=clock.now).outcome == "taken_back"
    check_in(db, event, planner, stamp(), now=clock.now)
    assert there(db, event) == [("Planner, Boise", [FIRST, SECOND])]


def test_a_key_is_for_one_entry(db: Session, event: Event, clock: TestClock) -> None:
    mayor, planner = door.member(db, "Mayor, Newark"), door.member(db, "Planner, Boise")
    sent = stamp()
    check_in(db, event, mayor, sent, now=clock.now)
    with pytest.raises(Conflict, match="sent before for somebody else"):
        check_in(db, event, planner, sent, now=clock.now)
    other = cast.event(db, host="Bratislava", slug="other")
    with pytest.raises(Conflict, match="sent before for somebody else"):
        take_back(db, other, sent.key, now=clock.now)
    assert there(db, event) == [("Mayor, Newark", [FIRST])]


@pytest.mark.parametrize("day", [date(2027, 5, 30), SECOND, date(2027, 6, 3)])
def test_nobody_comes_in_on_a_day_that_is_none_or_not_yet(
    db: Session, event: Event, clock: TestClock, day: date
) -> None:
    with pytest.raises(Conflict):
        check_in(db, event, door.member(db, "Mayor, Newark"), stamp(day=day), now=clock.now)
    assert there(db, event) == []


def test_a_person_whose_row_is_gone(db: Session, event: Event, clock: TestClock) -> None:
    gone = Attendance(id=999_999, event_id=event.id)
    with pytest.raises(NotFound, match="taken off the list"):
        check_in(db, event, gone, stamp(), now=clock.now)


def test_the_sheet_has_the_last_word(db: Session, event: Event, clock: TestClock) -> None:
    """Staff take a day out that the door had; a copy of the entry does not bring it back."""
    mayor, planner = door.member(db, "Mayor, Newark"), door.member(db, "Planner, Boise")
    first, second = stamp(), stamp()
    check_in(db, event, mayor, first, now=clock.now)
    check_in(db, event, planner, second, now=clock.now)
    clock.now = datetime.combine(SECOND, MORNING.timetz())
    days = {mayor.id: {SECOND}, planner.id: set[date]()}
    attendance.record_members(db, event, days, now=clock.now)
    assert there(db, event) == [("Mayor, Newark", [SECOND])]
    assert door.standing(db, event) == []
    for person, sent in ((mayor, first), (planner, second)):
        assert check_in(db, event, person, sent, now=clock.now).outcome == "taken_back"
    assert there(db, event) == [("Mayor, Newark", [SECOND])]

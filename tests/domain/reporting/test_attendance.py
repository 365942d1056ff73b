"""Who was there, from the delegations and at the door."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event as sql_events
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.db import engine
from events_service.domain.door.check_in import Stamp, check_in
from events_service.domain.refusals import Conflict, NotFound, Refusal
from events_service.domain.registration.form import days_of
from events_service.domain.reporting import attendance as domain
from events_service.model import Attendance, Event, Onboarding, Organisation
from events_service.queries.attendance import attendance_sheet
from tests import cast, office
from tests.conftest import TestClock

FIRST, SECOND, THIRD = date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)
DAYS = [FIRST, SECOND, THIRD]


@pytest.fixture
def event(db: Session, settings: Settings, clock: TestClock) -> Event:
    made = cast.event(db)
    office.registered(db, settings, clock, made, "Newark", "Mayor", "Youth lead", days=DAYS[:2])
    office.registered(db, settings, clock, made, "Boise", "Planner")
    clock.now = datetime(2027, 6, 2, 12, tzinfo=UTC)  # its last day
    return made


def recorded(db: Session, event: Event) -> list[tuple[str, list[date], bool]]:
    rows = db.scalars(select(Attendance).where(Attendance.event_id == event.id))
    return sorted((row.name, row.days, row.walk_in) for row in rows)


def test_everybody_is_recorded_as_registered_at_one_press_and_once(
    db: Session, event: Event, clock: TestClock
) -> None:
    assert domain.record_all_as_registered(db, event, now=clock.now) == 3
    assert domain.record_all_as_registered(db, event, now=clock.now) == 0
    assert recorded(db, event) == [
        ("Mayor, Newark", [FIRST, SECOND], False),
        ("Planner, Boise", DAYS, False),
        ("Youth lead, Newark", [FIRST, SECOND], False),
    ]


def test_days_are_changed_and_a_person_without_a_day_was_not_there(
    db: Session, event: Event, clock: TestClock
) -> None:
    mayor, youth, planner = domain.registered(db, event)
    for _ in range(2):
        domain.record_members(
            db, event, {mayor.id: {THIRD, FIRST, date(2030, 1, 1)}, youth.id: set()}, now=clock.now
        )
    assert recorded(db, event) == [("Mayor, Newark", [FIRST, THIRD], False)]
    domain.record_members(db, event, {mayor.id: set(), planner.id: {SECOND}}, now=clock.now)
    assert recorded(db, event) == [("Planner, Boise", [SECOND], False)]


def test_members_of_other_events_are_left_alone(
    db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    other = cast.event(db, slug="other")
    clock.now -= timedelta(days=90)  # while registration is open
    office.registered(db, settings, clock, other, "Dijon", "Mayor")
    clock.advance(timedelta(days=90))
    (stranger,) = domain.registered(db, other)
    domain.record_members(db, event, {stranger.id: {FIRST}}, now=clock.now)
    assert recorded(db, event) == recorded(db, other) == []


def test_somebody_who_simply_came(db: Session, event: Event, clock: TestClock) -> None:
    dijon = cast.city(db, "Dijon")
    guest = Organisation(name="Eurocities", kind="city_network")
    db.add(guest)
    db.flush()
    for days in (DAYS[:1], DAYS[:2]):
        domain.add_walk_in(
            db,
            event,
            dijon,
            name="Deputy mayor, Dijon",
            role="Deputy mayor",
            days=days,
            now=clock.now,
        )
    made = domain.add_walk_in(
        db, event, guest, name="Policy lead", role="", days=[THIRD], now=clock.now
    )
    assert recorded(db, event) == [
        ("Deputy mayor, Dijon", [FIRST, SECOND], True),
        ("Policy lead", [THIRD], True),
    ]
    domain.record_others(db, event, {made.id: set()}, now=clock.now)
    assert recorded(db, event) == [("Deputy mayor, Dijon", [FIRST, SECOND], True)]


def test_a_walk_in_without_a_day_of_the_event_is_refused(
    db: Session, event: Event, clock: TestClock
) -> None:
    with pytest.raises(Refusal, match="Tick at least one day on which Policy lead was there"):
        domain.add_walk_in(
            db,
            event,
            cast.city(db, "Dijon"),
            name="Policy lead",
            role="",
            days=[date(2030, 1, 1)],
            now=clock.now,
        )


def test_a_city_that_came_and_is_no_member_is_introduced(
    db: Session, event: Event, clock: TestClock
) -> None:
    domain.record_all_as_registered(db, event, now=clock.now)
    assert db.scalars(select(Onboarding.city_id)).all() == []
    dijon = cast.city(db, "Dijon")
    domain.add_walk_in(db, event, dijon, name="Mayor", role="Mayor", days=DAYS, now=clock.now)
    assert db.scalars(select(Onboarding.city_id)).all() == [dijon.id]


def test_bodies_by_what_the_form_sends(db: Session) -> None:
    dijon = cast.city(db, "Dijon")
    assert domain.body_named(db, f"city:{dijon.id}") is dijon
    for unknown in ("city:0", "organisation:999999", "city:", "x", ""):
        with pytest.raises(NotFound):
            domain.body_named(db, unknown)


def test_the_sheet_ticks_what_was_registered_until_something_is_recorded(
    db: Session, event: Event, clock: TestClock
) -> None:
    def sheet() -> list[tuple[str, list[tuple[str, int, bool]]]]:
        made = attendance_sheet(db, event, domain.registered(db, event), DAYS)
        return [
            (body, [(one.name, len(one.ticked), one.recorded) for one in people])
            for body, people in made.groups
        ]

    assert sheet() == [
        ("Boise", [("Planner, Boise", 3, False)]),
        ("Newark", [("Mayor, Newark", 2, False), ("Youth lead, Newark", 2, False)]),
    ]
    mayor = domain.registered(db, event)[0]
    domain.record_members(db, event, {mayor.id: {FIRST}}, now=clock.now)
    made = attendance_sheet(db, event, domain.registered(db, event), DAYS)
    assert (made.counts, made.recorded, made.waiting) == ([1, 0, 0], 1, 2)
    assert sheet()[1][1][0] == ("Mayor, Newark", 1, True)


def test_where_a_door_was_kept_nobody_is_ticked_who_did_not_come_in(
    db: Session, event: Event, clock: TestClock
) -> None:
    """Control: the test above, where none was."""
    mayor = domain.registered(db, event)[0]
    entry = Stamp(day=SECOND, came_at=clock.now, key="a" * 32, recorded_by="door")
    check_in(db, event, mayor, entry, now=clock.now)
    made = attendance_sheet(db, event, domain.registered(db, event), DAYS)
    ticked = {one.name: one.ticked for _, people in made.groups for one in people}
    assert ticked == {
        "Mayor, Newark": {SECOND},
        "Youth lead, Newark": frozenset(),
        "Planner, Boise": frozenset(),
    }
    assert (made.door_kept, made.waiting, made.counts) == (True, 2, [0, 1, 0])


def test_the_sheet_asks_no_more_of_the_database_for_more_delegations(
    db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    def asked() -> int:
        statements: list[str] = []

        def count(*given: Any) -> None:
            statements.append(given[2])

        db.expire_all()
        days = days_of(event)
        sql_events.listen(engine(), "before_cursor_execute", count)
        attendance_sheet(db, event, domain.registered(db, event), days)
        sql_events.remove(engine(), "before_cursor_execute", count)
        return len(statements)

    before = asked()
    clock.now -= timedelta(days=90)  # while registration is open
    for name in ("Dijon", "Cape Town", "Bratislava"):
        office.registered(db, settings, clock, event, name, "Mayor")
    assert asked() == before > 0


def test_nobody_has_been_where_nothing_has_begun(
    db: Session, event: Event, clock: TestClock
) -> None:
    clock.now = datetime(2027, 5, 30, 21, 59, tzinfo=UTC)  # 23:59 in Stockholm, the day before
    with pytest.raises(Conflict, match="begins on 31\xa0May 2027"):
        domain.record_all_as_registered(db, event, now=clock.now)
    with pytest.raises(Conflict, match="begins on"):
        domain.record_members(db, event, {}, now=clock.now)
    clock.now = datetime(2027, 5, 30, 22, 0, tzinfo=UTC)  # midnight there
    assert domain.record_all_as_registered(db, event, now=clock.now) == 3

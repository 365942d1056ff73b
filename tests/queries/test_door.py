"""The list at the door: everybody expected, whoever came, by one statement."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event as sql_events
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.db import engine
from events_service.domain.door.check_in import check_in, take_back
from events_service.domain.door.people import walk_in
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.model import Delegation, Event
from events_service.queries.door import Came, DayCount, Expected, counted, door_list, matching
from tests import cast, door, office
from tests.conftest import TestClock
from tests.door import DAYS, FIRST, MORNING, SECOND, stamp


@pytest.fixture
def event(db: Session, settings: Settings, clock: TestClock) -> Event:
    return door.workshop(db, settings, clock)


def names(people: list[Expected]) -> list[str]:
    return [one.name for one in people]


def test_everybody_and_what_is_known_of_them(db: Session, event: Event, clock: TestClock) -> None:
    mayor, sent, other = door.member(db, "Mayor, Newark"), stamp(), stamp()
    check_in(db, event, mayor, sent, now=clock.now)
    dijon = cast.city(db, "Dijon")
    walk_in(db, event, dijon, other, name="Guest", role="Adviser", now=clock.now)
    youth, planner = door.member(db, "Youth lead, Newark"), door.member(db, "Planner, Boise")
    taken_back = stamp()
    check_in(db, event, planner, taken_back, now=clock.now)
    take_back(db, event, taken_back.key, now=clock.now)
    days = tuple(DAYS[:2])
    guest, *rest = door_list(db, event)
    assert guest == Expected(
        guest.person, "Guest", "Adviser", "Dijon", (), {FIRST: Came(MORNING, other.key)}
    )
    assert guest.person.startswith("attendance:") and guest.member_id is None
    assert rest == [
        Expected(
            f"member:{mayor.id}",
            "Mayor, Newark",
            "Mayor",
            "Newark",
            days,
            {FIRST: Came(MORNING, sent.key)},
        ),
        Expected(f"member:{planner.id}", "Planner, Boise", "Planner", "Boise", tuple(DAYS), {}),
        Expected(f"member:{youth.id}", "Youth lead, Newark", "Youth lead", "Newark", days, {}),
    ]
    assert counted([guest, *rest], FIRST) == DayCount(FIRST, 3, 1, 1)
    assert counted([guest, *rest], DAYS[2]) == DayCount(DAYS[2], 1, 0, 0)


def test_who_is_not_expected(
    db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    """Who withdrew is gone from the list, unless they came; who waits was never on it."""
    mayor = door.member(db, "Mayor, Newark")
    check_in(db, event, mayor, stamp(), now=clock.now)
    clock.now -= timedelta(days=90)
    withdraw_delegation(db, settings, mayor.delegation.city_invitation_id, now=clock.now)
    door.member(db, "Planner, Boise").delegation.state = "waitlisted"
    db.flush()
    people = door_list(db, event)
    assert [(one.name, one.days, list(one.came)) for one in people] == [
        ("Mayor, Newark", (), [FIRST])
    ]


def test_search_folds_accents_and_takes_words_in_any_order() -> None:
    people = [
        Expected("member:1", "Åsa Öberg", "Deputy mayor", "Malmö", (FIRST,), {}),
        Expected("member:2", "Łukasz", "Liaison", "Żywiec", (FIRST,), {}),
    ]
    for asked in ("malmo", "MALMÖ", "asa", "oberg deputy", "mayor öberg", "  Malmo  asa "):
        assert names(matching(people, asked)) == ["Åsa Öberg"], asked
    assert names(matching(people, "lukasz zywiec")) == ["Łukasz"]
    assert names(matching(people, "")) == ["Åsa Öberg", "Łukasz"]
    assert matching(people, "oslo") == []


def test_one_statement_however_many_come(
    db: Session, event: Event, settings: Settings, clock: TestClock
) -> None:
    def asked() -> int:
        statements: list[str] = []

        def count(*given: Any) -> None:
            statements.append(given[2])

        number = event.id
        db.commit()
        sql_events.listen(engine(), "before_cursor_execute", count)
        door_list(db, event)
        sql_events.remove(engine(), "before_cursor_execute", count)
        assert number == event.id
        return len([one for one in statements if "SAVEPOINT" not in one])

    assert asked() == 1
    clock.now -= timedelta(days=90)
    for name in ("Dijon", "Cape Town", "Bratislava"):
        office.registered(db, settings, clock, event, name, "Mayor", "Adviser")
    clock.now += timedelta(days=90)
    check_in(db, event, door.member(db, "Mayor, Dijon"), stamp(), now=clock.now)
    assert asked() == 1


def test_the_second_day_knows_who_walked_in_on_the_first(
    db: Session, event: Event, clock: TestClock
) -> None:
    walk_in(db, event, cast.city(db, "Dijon"), stamp(), name="Guest", role="", now=clock.now)
    clock.advance(timedelta(days=1))
    [guest] = matching(door_list(db, event), "guest")
    assert list(guest.came) == [FIRST] and SECOND not in guest.came
    assert db.query(Delegation).count() == 2

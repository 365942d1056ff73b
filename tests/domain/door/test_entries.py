"""What devices send: people on the list, people who simply came, and mistakes."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.door.entries import (
    CameIn,
    Result,
    Sent,
    TakenBack,
    WalkedIn,
    carry_out,
)
from events_service.model import Attendance, CheckIn, Event, Onboarding, Organisation
from tests import cast, door, office
from tests.conftest import TestClock
from tests.door import FIRST, MORNING, key, there

IN = Result("in", came_at=MORNING)


@pytest.fixture
def event(db: Session, settings: Settings, clock: TestClock) -> Event:
    return door.workshop(db, settings, clock)


@pytest.fixture
def sends(db: Session, event: Event, clock: TestClock):
    def send(*sent: Sent) -> list[Result]:
        return [carry_out(db, event, one, recorded_by="door 2", now=clock.now) for one in sent]

    return send


def came(person: str, number: str = "") -> CameIn:
    return CameIn(number or key(), person, FIRST, MORNING)


def walked(name: str, body: str, number: str = "") -> WalkedIn:
    return WalkedIn(number or key(), name, "Adviser", body, FIRST, MORNING)


def test_what_cannot_be_done_does_not_hold_up_the_rest(
    db: Session, event: Event, settings: Settings, clock: TestClock, sends
) -> None:
    mayor, planner = door.member(db, "Mayor, Newark"), door.member(db, "Planner, Boise")
    clock.now -= timedelta(days=90)
    other = cast.event(db, host="Bratislava", slug="other")
    office.registered(db, settings, clock, other, "Dijon", "Stranger")
    clock.now += timedelta(days=90)
    stranger = door.member(db, "Stranger, Dijon")
    results = sends(
        came(f"member:{mayor.id}"),
        came(f"member:{stranger.id}"),
        came("member:0"),
        came("attendance:x"),
        came("nobody"),
        walked("Mayor", "city:0"),
        walked("", f"city:{other.city_id}"),
        came(f"member:{planner.id}"),
    )
    assert [one.outcome for one in results] == ["in", *["refused"] * 6, "in"]
    assert "not on the list of this workshop" in results[1].said
    assert "Choose one from the list" in results[5].said
    assert results[6].said == "Enter the person’s name."
    assert [name for name, _ in there(db, event)] == ["Mayor, Newark", "Planner, Boise"]


def test_somebody_who_simply_came(db: Session, event: Event, sends) -> None:
    """And comes from a city that is no member: it is introduced to the network."""
    dijon = cast.city(db, "Dijon")
    guest = Organisation(name="Eurocities", kind="city_network")
    db.add(guest)
    db.flush()
    sent = walked("Claire Août", f"city:{dijon.id}")
    results = sends(sent, sent, walked("Policy lead", f"organisation:{guest.id}"))
    assert results == [IN, IN, IN]
    assert there(db, event) == [("Claire Août", [FIRST]), ("Policy lead", [FIRST])]
    assert [row.walk_in for row in db.query(Attendance)] == [True, True]
    assert db.query(Onboarding).one().city_id == dijon.id


def test_a_walk_in_on_two_devices_is_one_person(db: Session, event: Event, sends) -> None:
    dijon = cast.city(db, "Dijon")
    results = sends(
        walked("Claire Août", f"city:{dijon.id}"), walked("claire AOUT", f"city:{dijon.id}")
    )
    assert [one.outcome for one in results] == ["in", "already"]
    assert there(db, event) == [("Claire Août", [FIRST])]


@pytest.mark.usefixtures("event")
def test_a_walk_in_who_was_registered_is_not_there_twice(db: Session, sends) -> None:
    newark = cast.city(db, "Newark")
    mayor = door.member(db, "Mayor, Newark")
    results = sends(walked("mayor newark", f"city:{newark.id}"), came(f"member:{mayor.id}"))
    assert [one.outcome for one in results] == ["in", "already"]
    row = db.query(Attendance).one()
    assert (row.member_id, row.name, row.walk_in) == (mayor.id, "Mayor, Newark", False)


def test_an_entry_and_its_end_sent_together(db: Session, event: Event, sends) -> None:
    mayor = door.member(db, "Mayor, Newark")
    one, other = key(), key()
    newark = cast.city(db, "Newark")
    batch = [
        came(f"member:{mayor.id}", one),
        TakenBack(one),
        walked("Guest", f"city:{newark.id}", other),
        TakenBack(other),
    ]
    for _ in range(2):  # the answer was lost
        outcomes = [result.outcome for result in sends(*batch)]
    assert outcomes == ["taken_back"] * 4
    assert there(db, event) == []
    assert [row.attendance_id for row in db.query(CheckIn)] == [None, None]


@pytest.mark.usefixtures("event")
def test_who_left_the_delegation_while_a_device_was_away(
    db: Session, clock: TestClock, sends
) -> None:
    mayor = door.member(db, "Mayor, Newark")
    mayor.removed_at = clock.now
    db.flush()
    assert sends(came(f"member:{mayor.id}")) == [IN]

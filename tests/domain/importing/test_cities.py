"""A list kept, shown and carried out: whole, as it was read, and once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events_service.domain.importing import cities as domain
from events_service.domain.importing.lines import CityLine, CityLines
from events_service.domain.importing.problems import ListRefused
from events_service.domain.refusals import Conflict, NotFound
from events_service.model import Account, City, CityImport, Contact, Event, Onboarding, OutboxMail
from tests import cast
from tests.conftest import TestClock
from tests.domain.importing.lists import NEW, line
from tests.follow_up import colleague

JOINED = datetime(2021, 10, 1, tzinfo=UTC)


def kept(db: Session, clock: TestClock, *lines: CityLine) -> CityImport:
    found = CityLines(lines, ("Note",))
    somebody = db.query(Account).first() or colleague(db)
    return domain.keep_list(db, found, "cities.csv", somebody, now=clock.now)


def carried_out(db: Session, clock: TestClock, one: CityImport) -> dict[str, int]:
    read = domain.plan_for(db, one, now=clock.now).digest
    return domain.carry_out(db, one, read=read, now=clock.now)


def cities(db: Session) -> Sequence[tuple[Any, ...]]:
    rows = db.query(City).order_by(City.id).populate_existing()
    return [(one.name, one.slug, one.timezone, one.joined_at) for one in rows]


def people(db: Session) -> Sequence[tuple[Any, ...]]:
    rows = db.query(Contact).order_by(Contact.id).populate_existing()
    return [(one.city.name, one.name, one.role, one.address) for one in rows]


def test_a_list_is_carried_out_as_it_was_read(db: Session, clock: TestClock) -> None:
    stockholm = cast.city(db, "Stockholm")
    head = "Head of international affairs"
    one = kept(
        db,
        clock,
        line(2, **NEW, member_since=JOINED.date(), person="A", address="a@lodz.example.org"),
        line(3, **NEW, person="B", role="Deputy", address="b@lodz.example.org"),
        line(4, timezone="Europe/Oslo", person="C", address="STOCKHOLM@cities.example.org"),
        line(5, person="D", address="d@stockholm.example.org"),
    )
    assert (len(one.lines), one.ignored, one.filename) == (4, ["Note"], "cities.csv")
    assert cities(db) == [("Stockholm", "stockholm", "Europe/Stockholm", cast.LONG_AGO)]

    counts = {"city_added": 1, "person_added": 3, "city_changed": 1, "person_changed": 1}
    assert carried_out(db, clock, one) == counts
    assert cities(db) == [
        ("Stockholm", "stockholm", "Europe/Oslo", cast.LONG_AGO),
        ("Łódź", "lodz", "Europe/Warsaw", JOINED),
    ]
    assert people(db) == [
        ("Stockholm", "C", head, "stockholm@cities.example.org"),
        ("Łódź", "A", "", "a@lodz.example.org"),
        ("Łódź", "B", "Deputy", "b@lodz.example.org"),
        ("Stockholm", "D", "", "d@stockholm.example.org"),
    ]
    assert stockholm.subdivision is None
    assert (one.imported_at, one.lines, one.outcome) == (clock.now, [], counts)
    assert db.query(OutboxMail).count() == 0


def test_a_second_time_does_nothing(db: Session, clock: TestClock) -> None:
    one = kept(db, clock, line(2, **NEW))
    assert carried_out(db, clock, one) == {"city_added": 1}
    assert domain.carry_out(db, one, read="", now=clock.now) == {"city_added": 1}
    again = kept(db, clock, line(2, **NEW))
    assert domain.plan_for(db, again, now=clock.now).steps == ()
    assert len(cities(db)) == 1


def test_what_was_read_is_what_is_done(db: Session, clock: TestClock) -> None:
    """Control: read anew, it is carried out."""
    stockholm = cast.city(db, "Stockholm")
    one = kept(db, clock, line(2, timezone="Europe/Oslo"))
    read = domain.plan_for(db, one, now=clock.now).digest
    stockholm.timezone = "Europe/Riga"
    db.flush()
    with pytest.raises(Conflict, match="changed since you looked"):
        domain.carry_out(db, one, read=read, now=clock.now)
    assert (stockholm.timezone, one.imported_at) == ("Europe/Riga", None)
    assert carried_out(db, clock, one) == {"city_changed": 1}


def test_a_list_with_a_problem_is_not_kept(db: Session, clock: TestClock) -> None:
    with pytest.raises(ListRefused):
        kept(db, clock, line(2, **NEW), line(3, name="Malmö"))
    assert (db.query(CityImport).count(), cities(db)) == (0, [])


def test_a_city_being_onboarded_is_left_to_that(db: Session, clock: TestClock) -> None:
    event: Event = cast.event(db)
    dijon = cast.city(db, "Dijon")
    db.add(
        Onboarding(
            city_id=dijon.id,
            state="introduced",
            introduced_at_event_id=event.id,
            introduced_on=event.ends_on,
        )
    )
    db.flush()
    with pytest.raises(ListRefused, match="nothing of it is imported"):
        kept(db, clock, line(2, name="Dijon", country="FR", member_since=JOINED.date()))
    one = kept(db, clock, line(2, name="Dijon", country="FR", region="Burgundy"))
    assert carried_out(db, clock, one) == {"city_changed": 1}


def test_a_list_is_forgotten_after_a_day(db: Session, clock: TestClock) -> None:
    one = kept(db, clock, line(2, **NEW))
    clock.advance(domain.KEPT - timedelta(seconds=1))
    assert domain.list_numbered(db, one.id, now=clock.now) is one
    assert domain.forget_old_lists(db, now=clock.now) == 0
    clock.advance(timedelta(seconds=1))
    with pytest.raises(NotFound, match="no longer kept"):
        domain.list_numbered(db, one.id, now=clock.now)
    assert domain.forget_old_lists(db, now=clock.now) == 1
    assert db.query(CityImport).count() == 0


def test_put_aside_it_is_gone(db: Session, clock: TestClock) -> None:
    one = kept(db, clock, line(2, **NEW))
    domain.drop_list(db, one)
    assert (db.query(CityImport).count(), cities(db)) == (0, [])


def test_cities_of_one_name_get_pages_of_their_own(db: Session, clock: TestClock) -> None:
    us = {"name": "Columbus", "country": "US", "latitude": 40.0, "longitude": -83.0}
    zone = "America/New_York"
    one = kept(
        db,
        clock,
        line(2, **us, region="Ohio", timezone=zone),
        line(3, **us, region="Georgia", timezone=zone),
    )
    assert carried_out(db, clock, one) == {"city_added": 2}
    assert [slug for _, slug, _, _ in cities(db)] == ["columbus", "columbus-2"]

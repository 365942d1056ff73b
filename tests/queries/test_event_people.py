from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.model import Attendance, DayAnswer, Event
from events_service.queries.event_people import EventPerson, people_of_event
from events_service.queries.network import FocalPoint, NetworkCity, cities_of_network
from tests import cast, office
from tests.conftest import TestClock
from tests.queries.test_board import counted_queries

MONDAY = date(2027, 5, 31)
DAYS = (MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=2))


def test_somebody_as_the_list_has_them(db: Session, settings: Settings, clock: TestClock) -> None:
    event = cast.event(db)
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor")
    [mayor] = office.people_of(newark)
    newark.city.subdivision, mayor.assistant_address = "New Jersey", "office@example.org"
    db.flush()
    silent = EventPerson(
        member_id=mayor.id,
        name="Mayor, Newark",
        role="Mayor",
        address="mayor@newark.example.org",
        assistant="office@example.org",
        days=DAYS,
        city_id=newark.city_id,
        city="Newark, New Jersey",
        country="US",
        state="confirmed",
        answer="NEEDS-ACTION",
        route=None,
        answered_at=None,
    )
    assert people_of_event(db, event.id) == [silent]

    [asked] = mayor.invitations
    asked.partstat, asked.answered_by, asked.answered_at = "ACCEPTED", "mail", clock.now
    db.flush()
    accepted = replace(silent, answer="ACCEPTED", route="mail", answered_at=clock.now)
    assert people_of_event(db, event.id) == [accepted]


def test_an_answer_to_one_day_counts_as_on_the_board(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor")
    [asked] = office.people_of(newark)[0].invitations
    asked.partstat, asked.answered_by, asked.answered_at = "ACCEPTED", "page", clock.now
    later = clock.now + timedelta(hours=1)
    asked.day_answers = [
        DayAnswer(
            day=DAYS[1],
            partstat="TENTATIVE",
            answered_at=later,
            answered_by="mail",
            reply_sequence=0,
            reply_dtstamp=later,
        )
    ]
    db.flush()
    [person] = people_of_event(db, event.id)
    assert (person.answer, person.route, person.answered_at) == ("TENTATIVE", "mail", later)


def states(db: Session, event: Event) -> list[tuple[str, str, str | None]]:
    return [(one.name, one.state, one.answer) for one in people_of_event(db, event.id)]


def test_people_who_wait_have_left_or_are_not_confirmed(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db, capacity=3)
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    office.registered(db, settings, clock, event, "Boise", "Mayor", "Adviser")
    bratislava = office.registered(db, settings, clock, event, "Bratislava", "Mayor")
    office.people_of(newark)[1].removed_at = clock.now
    asked = office.people_of(bratislava)[0].invitations[0]
    asked.partstat, asked.answered_by, asked.answered_at = "DECLINED", "page", clock.now
    db.flush()
    withdraw_delegation(db, settings, bratislava.id, now=clock.now)
    other = cast.event(db, slug="other")
    office.registered(db, settings, clock, other, "Cape Town", "Mayor")
    assert states(db, event) == [
        ("Mayor, Newark", "confirmed", "NEEDS-ACTION"),
        ("Adviser, Newark", "removed", None),
        ("Mayor, Boise", "waitlisted", None),
        ("Adviser, Boise", "waitlisted", None),
        ("Mayor, Bratislava", "withdrawn", "DECLINED"),
    ]


@pytest.mark.parametrize("cities", [["Newark"], ["Newark", "Boise", "Bratislava"]])
def test_people_take_three_queries_however_many_there_are(
    db: Session, settings: Settings, clock: TestClock, cities: list[str]
) -> None:
    event = cast.event(db)
    for name in cities:
        office.registered(db, settings, clock, event, name, "Mayor", "Adviser", "Liaison")
    number = event.id
    db.expire_all()
    with counted_queries() as statements:
        people = people_of_event(db, number)
    assert (len(people), len(statements)) == (3 * len(cities), 3)


def test_a_city_as_the_list_has_it(db: Session, clock: TestClock) -> None:
    """When it was invited and came, as far as the series count for the reader."""
    event = cast.event(db, host="Stockholm")
    newark = cast.invited(db, event, "Newark", at=clock.now).city
    db.add(
        Attendance(
            event_id=event.id, city_id=newark.id, name="Mayor", days=DAYS[:2], recorded_at=clock.now
        )
    )
    db.flush()
    office_there = "Head of international affairs"
    expected = NetworkCity(
        city_id=newark.id,
        name="Newark",
        subdivision=None,
        country="US",
        latitude=40.74,
        longitude=-74.17,
        timezone="America/New_York",
        language=None,
        member_since=cast.LONG_AGO.date(),
        focal_points=(
            FocalPoint(f"{office_there}, Newark", office_there, "newark@cities.example.org"),
        ),
        invited_on=clock.now.date(),
        attended_on=DAYS[1],
    )
    assert cities_of_network(db, [event.series_id])[-1] == expected
    unknown = replace(expected, invited_on=None, attended_on=None)
    assert cities_of_network(db, [])[-1] == unknown


@pytest.mark.parametrize("cities", [["Newark"], ["Newark", "Boise", "Bratislava"]])
def test_cities_take_four_queries_however_many_there_are(db: Session, cities: list[str]) -> None:
    event = cast.event(db)
    for name in cities:
        cast.invited(db, event, name)
    series = event.series_id
    db.expire_all()
    with counted_queries() as statements:
        found = cities_of_network(db, [series])
    assert (len(found), len(statements)) == (1 + len(cities), 4)

"""A board's pulse: the same as long as nothing on it is new."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.registration.answers import answer
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.model import DayAnswer, Event, Member
from events_service.queries.pulse import pulse_of
from tests import cast, inbound, office
from tests.conftest import TestClock
from tests.follow_up import colleague
from tests.queries.test_board import counted_queries

Happens = Callable[[Session, Settings, TestClock, Member], object]


def a_person_answers(_db: Session, _settings: Settings, clock: TestClock, one: Member) -> None:
    answer(one, {one.invitations[0].id: "ACCEPTED"}, now=clock.now)


def they_answer_for_a_day(_db: Session, _settings: Settings, clock: TestClock, one: Member) -> None:
    said = DayAnswer(
        day=one.days[0],
        partstat="DECLINED",
        answered_at=clock.now,
        answered_by="mail",
        reply_sequence=0,
        reply_dtstamp=clock.now,
    )
    one.invitations[0].day_answers = [said]


def a_mail_is_held(db: Session, _settings: Settings, clock: TestClock, one: Member) -> None:
    inbound.came(db, clock, one)


def a_time_is_proposed(db: Session, _settings: Settings, clock: TestClock, one: Member) -> None:
    event = one.delegation.event
    inbound.proposed(db, clock, event, one, later=timedelta(days=7), comment="")


def a_city_withdraws(db: Session, settings: Settings, clock: TestClock, one: Member) -> None:
    withdraw_delegation(db, settings, one.delegation.city_invitation_id, now=clock.now)


def a_city_is_asked(db: Session, _settings: Settings, _clock: TestClock, one: Member) -> None:
    cast.invited(db, one.delegation.event, "Boise")


def places_are_offered(_db: Session, _settings: Settings, _clock: TestClock, one: Member) -> None:
    """Even without a new version of the delegation, which an offer makes."""
    one.delegation.offered_seats = 1


def an_offer_ends_later(_db: Session, _settings: Settings, clock: TestClock, one: Member) -> None:
    one.delegation.offer_ends_at = clock.now


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


@pytest.fixture
def mayor(db: Session, settings: Settings, clock: TestClock, event: Event) -> Member:
    [one] = office.people_of(office.registered(db, settings, clock, event, "Newark", "Mayor"))
    return one


@pytest.mark.parametrize(
    "happens",
    [
        a_person_answers,
        they_answer_for_a_day,
        a_mail_is_held,
        a_time_is_proposed,
        a_city_withdraws,
        a_city_is_asked,
        places_are_offered,
        an_offer_ends_later,
    ],
)
def test_it_changes_with_all_that_the_board_shows(
    db: Session,
    settings: Settings,
    clock: TestClock,
    event: Event,
    mayor: Member,
    happens: Happens,
) -> None:
    """Control: it stays while nothing happens, and what happens elsewhere does not change it."""
    other = cast.event(db, host="Bratislava")
    before, elsewhere = pulse_of(db, event.id), pulse_of(db, other.id)
    clock.advance(timedelta(seconds=5))
    assert pulse_of(db, event.id) == before
    happens(db, settings, clock, mayor)
    db.flush()
    assert pulse_of(db, event.id) != before
    assert pulse_of(db, other.id) == elsewhere


def test_it_takes_one_query(db: Session, event: Event) -> None:
    colleague(db)
    with counted_queries() as statements:
        assert len(pulse_of(db, event.id)) == 32
    assert len(statements) == 1

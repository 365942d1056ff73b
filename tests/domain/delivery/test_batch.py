"""What was released and is undone within its minute waits again, once for each recipient."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.batch import TakenBack, take_back
from events_service.domain.registration.sending_to_many import send_to_many
from events_service.domain.scheduling.city_invitations import invite_cities, readdress
from events_service.domain.scheduling.invitees import Invitee
from events_service.model import CityInvitation, Event, OutboxMail
from tests import cast, office
from tests.conftest import TestClock

SECONDS = timedelta(seconds=20)


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db)


@pytest.fixture
def boise(db: Session, settings: Settings, clock: TestClock, event: Event) -> CityInvitation:
    """Invited, and its letter is released and leaves in a minute."""
    city = cast.city(db, "Boise")
    invitee = Invitee(city.id, "mayor@boise.example.org", "Mayor", 3)
    (made,) = invite_cities(db, settings, event, [invitee], now=clock.now)
    office.release_all(db, settings, clock, event)
    return made


def mails(db: Session) -> list[tuple[str, str, str]]:
    db.expire_all()
    found = db.query(OutboxMail).order_by(OutboxMail.id)
    return [(one.letter, one.to_address, one.state) for one in found]


def test_a_second_letter_that_was_drafted_meanwhile_gives_way_to_the_first(
    db: Session, settings: Settings, clock: TestClock, event: Event, boise: CityInvitation
) -> None:
    """Which goes where the second would have gone, and is not called a second one."""
    released = clock.now
    clock.advance(SECONDS)
    readdress(db, settings, boise, "office@boise.example.org", "Office", now=clock.now)
    assert take_back(db, event.id, released) == TakenBack(1, 0)
    assert mails(db) == [
        ("city_invited", "office@boise.example.org", "drafted"),
        ("city_invited", "office@boise.example.org", "discarded"),
    ]
    first = db.query(OutboxMail).order_by(OutboxMail.id).first()
    assert first is not None
    assert (first.facts["again"], first.facts["addressee"], first.rendered) == (
        False,
        "Office",
        None,
    )


def test_control_without_a_second_letter_the_first_waits_as_it_was_read(
    db: Session, clock: TestClock, event: Event, boise: CityInvitation
) -> None:
    del boise
    before = db.query(OutboxMail).one().rendered
    assert take_back(db, event.id, clock.now) == TakenBack(1, 0)
    assert mails(db) == [("city_invited", "mayor@boise.example.org", "drafted")]
    assert db.query(OutboxMail).one().rendered == before


def test_letters_of_two_people_at_one_address_are_two(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    newark = office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")
    mayor, adviser = office.people_of(newark)
    adviser.address = mayor.address
    for mail in db.query(OutboxMail):
        mail.state = "sent"
    send_to_many(db, settings, event, [mayor.id, adviser.id], now=clock.now)
    office.release_all(db, settings, clock, event)
    released = clock.now
    clock.advance(SECONDS)
    send_to_many(db, settings, event, [mayor.id], now=clock.now)
    assert take_back(db, event.id, released) == TakenBack(2, 0)
    states = [state for letter, _, state in mails(db) if letter == "member_invited"]
    assert states == ["sent", "sent", "drafted", "drafted", "discarded"]

"""Registration is to close at another time: letters to cities that have not left say so, and are
read again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.batch import release_letters
from events_service.domain.delivery.outbox_groups import hash_of, waiting_letters
from events_service.domain.refusals import Conflict
from events_service.domain.scheduling.city_invitations import invite_cities, replace_link
from events_service.domain.scheduling.events import edit_event
from events_service.domain.scheduling.invitees import Invitee
from events_service.model import Account, CityInvitation, Event, OutboxMail
from tests import cast, office
from tests.conftest import TestClock
from tests.follow_up import colleague, written

OLD, NEW = "2027-05-01T22:00:00+00:00", "2027-03-01T11:00:00+00:00"


@pytest.fixture
def event(db: Session, settings: Settings, clock: TestClock) -> Event:
    """The letters to Boise and Newark wait."""
    made = cast.event(db)
    cities = [cast.city(db, name) for name in ("Boise", "Newark")]
    asked = [Invitee(one.id, one.contacts[0].address, "Mayor", 3) for one in cities]
    invite_cities(db, settings, made, asked, now=clock.now)
    for mail in db.query(OutboxMail).order_by(OutboxMail.id):
        written(db, settings, mail)
    return made


@pytest.fixture
def organiser(db: Session) -> Account:
    return colleague(db, "Workshop lead", "organiser")


def edits(db: Session, settings: Settings, clock: TestClock, event: Event, **other: object) -> None:
    """The form is sent an hour later. Unless said, it leaves title, places and deadline."""
    clock.advance(timedelta(hours=1))
    plan = office.plan(db, title=event.title, capacity=event.capacity, summary=event.summary)
    kept = event.registration_closes_at.astimezone(event.zone)
    plan = replace(plan, closes_on=kept.date(), closes_at=kept.time())
    edit_event(db, settings, event, replace(plan, **other), now=clock.now)  # type: ignore[arg-type]
    db.expire_all()


def closes_earlier(db: Session, settings: Settings, clock: TestClock, event: Event) -> None:
    noon = office.plan(db).closes_at
    edits(db, settings, clock, event, closes_on=date(2027, 3, 1), closes_at=noon)


def letters(db: Session) -> list[tuple[str, str, bool]]:
    """State, the deadline that it tells, and whether it is written, of each letter to a city."""
    db.expire_all()
    mails = db.query(OutboxMail).filter_by(letter="city_invited").order_by(OutboxMail.id)
    return [(one.state, one.facts["closes_at"], one.rendered is not None) for one in mails]


def test_letters_that_wait_tell_it_and_are_read_again(
    db: Session, settings: Settings, clock: TestClock, event: Event, organiser: Account
) -> None:
    """Control: an edit that says nothing new."""
    read = hash_of(waiting_letters(db, event.id))
    edits(db, settings, clock, event)
    assert letters(db) == [("drafted", OLD, True)] * 2
    closes_earlier(db, settings, clock, event)
    assert letters(db) == [("drafted", NEW, False)] * 2
    with pytest.raises(Conflict, match="has changed since you read it"):
        release_letters(db, event, organiser, read=read, now=clock.now)


def test_letters_that_were_released_wait_again_until_a_worker_has_taken_them(
    db: Session, settings: Settings, clock: TestClock, event: Event, organiser: Account
) -> None:
    """Control: those stay released when only words are edited."""
    office.release_all(db, settings, clock, event, organiser)
    edits(db, settings, clock, event, programme="Two panels.")
    assert letters(db) == [("queued", OLD, True)] * 2
    db.query(OutboxMail).order_by(OutboxMail.id).first().state = "claimed"  # type: ignore[union-attr]
    db.flush()
    closes_earlier(db, settings, clock, event)
    assert letters(db) == [("claimed", OLD, True), ("drafted", NEW, False)]
    [mail] = db.query(OutboxMail).filter_by(state="drafted")
    assert (mail.approved_by_id, mail.approved_at, mail.approved_hash) == (None, None, None)


def test_one_letter_waits_for_a_city_that_was_to_get_another(
    db: Session, settings: Settings, clock: TestClock, event: Event, organiser: Account
) -> None:
    office.release_all(db, settings, clock, event, organiser)
    clock.advance(timedelta(seconds=20))
    boise = db.query(CityInvitation).order_by(CityInvitation.id).first()
    assert boise is not None
    replace_link(db, settings, boise, now=clock.now)
    closes_earlier(db, settings, clock, event)
    assert letters(db) == [
        ("drafted", NEW, False),
        ("drafted", NEW, False),
        ("discarded", OLD, False),
    ]
    [mail, *_] = db.query(OutboxMail).order_by(OutboxMail.id)
    assert (mail.facts["link"]["version"], mail.facts["again"]) == (2, False)

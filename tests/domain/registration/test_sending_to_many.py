"""Letters that an organiser sends again: to whom, and how they wait in the outbox."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.claim import claim
from events_service.domain.delivery.conditions import is_outdated
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.domain.registration.sending_to_many import choose, send_to_many
from events_service.model import (
    CityInvitation,
    Event,
    Member,
    OutboxMail,
    PendingChange,
    SuppressedAddress,
)
from tests import cast, office
from tests.conftest import TestClock
from tests.follow_up import colleague

MINUTE = timedelta(seconds=60)


@pytest.fixture
def event(db: Session) -> Event:
    return cast.event(db, capacity=5)


@pytest.fixture
def newark(db: Session, settings: Settings, clock: TestClock, event: Event) -> CityInvitation:
    return office.registered(db, settings, clock, event, "Newark", "Mayor", "Adviser")


def everybody(db: Session) -> list[int]:
    return [one.id for one in db.query(Member).order_by(Member.id)]


def again(db: Session) -> list[OutboxMail]:
    found = db.query(OutboxMail).filter(OutboxMail.dedupe_key.startswith("again:"))
    return found.order_by(OutboxMail.id).populate_existing().all()


def test_each_gets_the_last_letter_once_more_as_it_stands_now(
    db: Session, settings: Settings, clock: TestClock, event: Event, newark: CityInvitation
) -> None:
    mayor, adviser = office.people_of(newark)
    mayor.invitations[0].partstat = "ACCEPTED"
    db.flush()
    before = {
        one.invitation_id: one for one in db.query(OutboxMail).filter_by(letter="member_invited")
    }
    clock.advance(timedelta(days=1))
    send_to_many(db, settings, event, [mayor.id, adviser.id], now=clock.now)
    to_mayor, to_adviser = again(db)
    assert [one.to_address for one in (to_mayor, to_adviser)] == [mayor.address, adviser.address]
    first = before[mayor.invitations[0].id]
    entry = {**first.facts["invitation"], "dtstamp": clock.now.isoformat(), "partstat": "ACCEPTED"}
    assert to_mayor.facts == {**first.facts, "invitation": entry}
    assert (to_mayor.letter, to_mayor.state) == ("member_invited", "drafted")
    assert to_mayor.message_id != first.message_id


def test_who_has_left_waits_or_is_not_reached_gets_none(
    db: Session, settings: Settings, clock: TestClock, event: Event, newark: CityInvitation
) -> None:
    mayor, adviser = office.people_of(newark)
    boise = office.registered(db, settings, clock, event, "Boise", "Mayor", "Adviser", "Liaison")
    waiting = office.registered(db, settings, clock, event, "Cape Town", *"ABCD")
    adviser.removed_at = clock.now
    withdraw_delegation(db, settings, boise.id, now=clock.now)
    db.add(SuppressedAddress(address=mayor.address.lower(), since=clock.now, answer="550"))
    elsewhere = office.registered(db, settings, clock, cast.event(db, slug="x"), "Dijon", "Mayor")
    db.flush()
    db.expire_all()
    chosen = choose(db, event, everybody(db))
    assert (chosen.people, chosen.letters) == ((), ())
    gone = [(one, "withdrawn") for one in office.people_of(boise)]
    late = [(one, "waiting") for one in office.people_of(waiting)]
    why = [(mayor, "refused"), (adviser, "removed"), *gone, *late]
    assert list(chosen.left_out) == why
    assert office.people_of(elsewhere)[0] not in {one for one, _ in chosen.left_out}
    with pytest.raises(Refusal, match="None of these people"):
        send_to_many(db, settings, event, everybody(db), now=clock.now)
    assert again(db) == []


@pytest.mark.usefixtures("newark")
def test_without_a_first_letter_there_is_nothing_to_send_again(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    office.letters(db)
    assert {why for _, why in choose(db, event, everybody(db)).left_out} == {"never_sent"}
    with pytest.raises(Refusal, match="None of these people"):
        send_to_many(db, settings, event, everybody(db), now=clock.now)


@pytest.mark.usefixtures("newark")
def test_asked_for_twice_they_wait_once_and_tell_how_things_stand(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    """Control: once they were released, others are written."""
    send_to_many(db, settings, event, everybody(db), now=clock.now)
    clock.advance(timedelta(minutes=5))
    send_to_many(db, settings, event, everybody(db), now=clock.now)
    assert [one.created_at for one in again(db)] == [clock.now, clock.now]
    assert office.release_all(db, settings, clock, event).sent == 2
    send_to_many(db, settings, event, everybody(db), now=clock.now)
    assert len(again(db)) == 4


def test_an_entry_that_changes_within_the_minute_is_not_sent_as_it_was(
    db: Session, settings: Settings, clock: TestClock, event: Event, newark: CityInvitation
) -> None:
    """Control: the letter of whom nothing changed leaves."""
    for mail in db.query(OutboxMail):
        mail.state = "sent"
    send_to_many(db, settings, event, everybody(db), now=clock.now)
    office.release_all(db, settings, clock, event)
    changed, same = again(db)
    entry = office.people_of(newark)[0].invitations[0]
    entry.sequence, entry.changed_at = 1, clock.now + timedelta(seconds=1)
    db.flush()
    assert [is_outdated(db, one.id, now=clock.now) for one in (changed, same)] == [True, False]
    taken = claim(db.connection(), now=clock.now + MINUTE)
    assert ([one.id for one in taken.mails], taken.put_aside) == ([same.id], 1)
    db.expire_all()
    assert changed.state == "discarded"


@pytest.mark.usefixtures("newark")
def test_nothing_is_sent_while_a_change_is_about_to_leave_or_when_it_is_over(
    db: Session, settings: Settings, clock: TestClock, event: Event
) -> None:
    change = PendingChange(
        event_id=event.id,
        kind="move",
        details={},
        asked_by_id=colleague(db).id,
        asked_at=clock.now,
        due_at=clock.now,
    )
    db.add(change)
    db.flush()
    with pytest.raises(Conflict, match="about to leave"):
        send_to_many(db, settings, event, everybody(db), now=clock.now)
    change.undone_at = clock.now
    event.ends_on = event.starts_on = date(2026, 11, 21)
    with pytest.raises(Conflict, match="over"):
        send_to_many(db, settings, event, everybody(db), now=clock.now)
    event.cancelled_at = clock.now
    with pytest.raises(Conflict, match="cancelled"):
        send_to_many(db, settings, event, everybody(db), now=clock.now)

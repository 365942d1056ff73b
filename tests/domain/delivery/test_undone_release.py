"""A release is undone within its minute, after something newer was decided or asked that counts on
its letters: these leave, so that nobody's outbox holds two answers."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.batch import TakenBack, take_back
from events_service.domain.refusals import Conflict
from events_service.domain.registration.untold import known_state
from events_service.model import CityInvitation, OutboxMail
from tests import office
from tests.conftest import TestClock
from tests.domain.registration.test_deciding import Desk, of

NEWARK, BOISE = "office@newark.example.org", "office@boise.example.org"


@pytest.fixture
def desk(db: Session, settings: Settings, clock: TestClock) -> Desk:
    return Desk(db, settings, clock)


def released(desk: Desk, *which: CityInvitation) -> None:
    """Turned down, and the letters leave in a minute; half of it passes."""
    for one in which:
        desk.turn_down(one)
    office.release_all(desk.db, desk.settings, desk.clock, desk.event, desk.me)
    desk.clock.advance(timedelta(seconds=30))


def undo_release(desk: Desk) -> TakenBack:
    at = desk.clock.now - timedelta(seconds=30)
    try:
        return take_back(desk.db, desk.event.id, at)
    finally:
        desk.db.expire_all()


def letters(desk: Desk, *addresses: str) -> list[tuple[str, str, str]]:
    asked = desk.db.query(OutboxMail).where(OutboxMail.letter != "delegation_submitted")
    found = asked.where(OutboxMail.to_address.in_(addresses)).order_by(OutboxMail.id)
    return [(one.letter, one.to_address, one.state) for one in found]


def test_letters_that_a_newer_decision_counts_on_leave(desk: Desk) -> None:
    """Control: those to another city, released together with them, wait again."""
    newark, boise = desk.handed_in("Newark", "Mayor"), desk.handed_in("Boise", "Mayor")
    released(desk, newark, boise)
    desk.approve(newark)
    assert undo_release(desk) == TakenBack(1, 1)
    assert letters(desk, NEWARK, BOISE) == [
        ("delegation_turned_down", NEWARK, "queued"),
        ("delegation_turned_down", BOISE, "drafted"),
        ("delegation_approved", NEWARK, "drafted"),
    ]
    assert (known_state(of(newark)), known_state(of(boise))) == ("turned_down", "submitted")


def test_with_nothing_to_hold_it_says_why(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor")
    released(desk, newark)
    desk.approve(newark)
    with pytest.raises(Conflict, match="something newer"):
        undo_release(desk)
    desk.undo(newark)  # control: nothing newer stands then
    assert undo_release(desk) == TakenBack(1, 0)


def test_what_a_city_hands_in_since_counts_on_them_too(desk: Desk) -> None:
    newark = desk.handed_in("Newark", "Mayor")
    released(desk, newark)
    assert desk.names(newark, "Mayor", "Adviser") == "submitted"
    with pytest.raises(Conflict):
        undo_release(desk)
    assert letters(desk, NEWARK) == [("delegation_turned_down", NEWARK, "queued")]

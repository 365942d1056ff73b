"""A city says that it does not come, and may change its mind."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration.confirming import confirm_delegation
from events_service.domain.registration.declining import decline
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.form import RegistrationClosed, days_of
from events_service.domain.registration.saving import save_draft
from events_service.domain.registration.taking_up import take_up
from events_service.model import CityInvitation, OutboxMail
from events_service.queries.city_state import city_standing
from tests import cast, office
from tests.conftest import TestClock

LETTER = ("city_declined", "newark@cities.example.org")


@pytest.fixture
def newark(db: Session) -> CityInvitation:
    return cast.invited(db, cast.event(db), "Newark")


def state(invitation: CityInvitation) -> str:
    return city_standing(invitation).state


def test_a_no_is_kept_with_its_reason_and_acknowledged_once(
    db: Session, settings: Settings, clock: TestClock, newark: CityInvitation
) -> None:
    assert decline(db, settings, newark.id, "No budget.", now=clock.now)
    assert not decline(db, settings, newark.id, "", now=clock.now + timedelta(minutes=1))
    assert (newark.opened_at, newark.declined_at, newark.declined_because) == (
        clock.now,
        clock.now,
        "No budget.",
    )
    assert db.query(OutboxMail).one().facts["words"] == "No budget."
    assert (office.letters(db), state(newark)) == ([LETTER], "declined")


def test_what_was_typed_is_kept_and_typing_on_takes_the_no_back(
    db: Session, settings: Settings, clock: TestClock, newark: CityInvitation
) -> None:
    save_draft(db, newark, DelegationDraft("office@newark.example.org"), now=clock.now)
    decline(db, settings, newark.id, "", now=clock.now)
    assert newark.delegation is not None
    assert newark.delegation.draft is not None
    save_draft(db, newark, DelegationDraft("office@newark.example.org"), now=clock.now)
    assert (newark.declined_at, state(newark)) == (None, "started")
    clock.advance(timedelta(days=1))
    assert decline(db, settings, newark.id, "", now=clock.now)
    assert office.letters(db) == [LETTER, LETTER]


def test_a_mind_is_changed_by_a_press_of_a_button(
    db: Session, settings: Settings, clock: TestClock, newark: CityInvitation
) -> None:
    decline(db, settings, newark.id, "No budget.", now=clock.now)
    take_up(newark, now=clock.now + timedelta(days=1))
    assert (newark.opened_at, newark.declined_because, state(newark)) == (clock.now, "", "opened")


def test_who_is_registered_withdraws_instead(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    invitation = office.registered(db, settings, clock, cast.event(db), "Newark", "Mayor")
    office.letters(db)
    with pytest.raises(Conflict, match="Withdraw the delegation"):
        decline(db, settings, invitation.id, "", now=clock.now)
    assert (office.letters(db), state(invitation)) == ([], "registered")


def test_who_confirms_a_moment_later_comes(
    db: Session, settings: Settings, clock: TestClock, newark: CityInvitation
) -> None:
    """Two people of a city at once: what was pressed last holds."""
    people = cast.people("Mayor", where="Newark", days=days_of(newark.event))
    facts = {"contact_address": "office@newark.example.org", "people": people}
    save_draft(db, newark, DelegationDraft.from_json(facts), now=clock.now)
    decline(db, settings, newark.id, "", now=clock.now)
    assert confirm_delegation(db, settings, newark.id, now=clock.now).state == "confirmed"
    assert (newark.declined_at, state(newark)) == (None, "registered")


def test_after_the_deadline_nothing_is_changed(
    db: Session, settings: Settings, newark: CityInvitation
) -> None:
    with pytest.raises(RegistrationClosed):
        decline(db, settings, newark.id, "", now=newark.event.registration_closes_at)
    assert (office.letters(db), newark.declined_at) == ([], None)


def test_a_reason_has_its_bounds(
    db: Session, settings: Settings, clock: TestClock, newark: CityInvitation
) -> None:
    with pytest.raises(Refusal, match="Shorten the reason to 1,000 characters"):
        decline(db, settings, newark.id, "x" * 1001, now=clock.now)
    assert decline(db, settings, newark.id, "x" * 1000, now=clock.now)

"""Who speaks for a city."""

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.accounts.speaking import Voice, voices_of
from events_service.domain.registration.confirming import withdraw_delegation
from events_service.domain.registration.draft import DelegationDraft
from events_service.domain.registration.saving import save_draft
from events_service.model import Contact
from tests import cast, office
from tests.conftest import TestClock

OFFICE = "office@newark.example.org"


def test_a_focal_point_of_two_cities_speaks_for_both(db: Session) -> None:
    newark, boise = cast.city(db, "Newark"), cast.city(db, "Boise")
    newark.contacts.append(Contact(name="Envoy", role="", address="boise@cities.example.org"))
    db.flush()
    assert voices_of(db, "BOISE@cities.example.org") == [
        Voice(boise, "boise@cities.example.org", True),
        Voice(newark, "boise@cities.example.org", True),
    ]
    assert voices_of(db, "nobody@cities.example.org") == []


def test_whoever_registered_speaks_for_what_they_registered(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    invitation = office.registered(db, settings, clock, cast.event(db), "Newark", "Mayor")
    assert voices_of(db, OFFICE) == [Voice(invitation.city, OFFICE, False)]
    withdraw_delegation(db, settings, invitation.id, now=clock.now)
    assert voices_of(db, OFFICE) == [Voice(invitation.city, OFFICE, False)]
    invitation.city.contacts.append(Contact(name="Office", role="", address=OFFICE))
    db.flush()
    assert voices_of(db, OFFICE) == [Voice(invitation.city, OFFICE, True)]


@pytest.mark.parametrize("typed", [OFFICE, "mayor@newark.example.org"])
def test_an_address_that_was_only_typed_speaks_for_nobody(
    db: Session, clock: TestClock, typed: str
) -> None:
    invitation = cast.invited(db, cast.event(db), "Newark")
    save_draft(db, invitation, DelegationDraft(typed), now=clock.now)
    assert voices_of(db, typed) == []

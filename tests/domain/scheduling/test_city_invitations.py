from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict, LinkEnded
from events_service.domain.registration.links import city_invitation_behind
from events_service.domain.scheduling.access_requests import dismiss_request, invite_requester
from events_service.domain.scheduling.city_invitations import (
    invite_cities,
    replace_link,
    revoke_link,
    send_again,
)
from events_service.domain.scheduling.invitees import Invitee, InviteeProblem, InviteesRefused
from events_service.model import AccessRequest, CityInvitation, Event, OutboxMail
from events_service.tokens import token_for
from tests import cast, office
from tests.conftest import SECRET, TestClock


def asked(db: Session, *names: str) -> list[Invitee]:
    return [
        Invitee(city.id, city.contacts[0].address, "Mayor", 3)
        for city in (cast.city(db, name) for name in names)
    ]


def test_each_city_is_asked_once(db: Session, settings: Settings, clock: TestClock) -> None:
    event = cast.event(db)
    first = invite_cities(db, settings, event, asked(db, "Newark", "Boise"), now=clock.now)
    again = invite_cities(db, settings, event, asked(db, "Boise", "Dijon"), now=clock.now)
    assert [one.city.name for one in (*first, *again)] == ["Newark", "Boise", "Dijon"]
    assert office.letters(db) == [
        ("city_invited", f"{name}@cities.example.org") for name in ("newark", "boise", "dijon")
    ]


def test_the_letter_holds_the_link_and_the_facts(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    [made] = invite_cities(db, settings, event, asked(db, "Newark"), now=clock.now)
    facts = db.query(OutboxMail).one().facts
    assert {key: facts[key] for key in ("city", "city_timezone", "addressee", "seats", "link")} == {
        "city": "Newark",
        "city_timezone": "America/New_York",
        "addressee": "Mayor",
        "seats": 3,
        "link": {"number": made.id, "version": 1},
    }


def test_one_wrong_address_keeps_all_letters_back(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    good, bad = asked(db, "Newark", "Boise")
    bad = Invitee(bad.city_id, "boise", "a\nb", 0)
    with pytest.raises(InviteesRefused) as refused:
        invite_cities(db, settings, event, [good, bad], now=clock.now)
    assert refused.value.problems == [
        InviteeProblem(
            bad.city_id, "address", "Enter an e-mail address with an @, like safety@city.example"
        ),
        InviteeProblem(bad.city_id, "addressee", "Write this on one line"),
        InviteeProblem(bad.city_id, "seats", "Enter a number of places from 1 to 20"),
    ]
    assert (db.query(CityInvitation).count(), office.letters(db)) == (0, [])


@pytest.mark.parametrize("state", ["draft", "cancelled", "closed"])
def test_nobody_is_asked_to_what_takes_no_registrations(
    db: Session, settings: Settings, clock: TestClock, state: str
) -> None:
    event = cast.event(db, published=state != "draft")
    if state == "cancelled":
        event.cancelled_at = clock.now
    if state == "closed":
        event.registration_closes_at = clock.now
    with pytest.raises(Conflict):
        invite_cities(db, settings, event, asked(db, "Newark"), now=clock.now)


def opens(db: Session, event: CityInvitation, version: int) -> bool:
    try:
        city_invitation_behind(db, SECRET, token_for(SECRET, "city", event.id, version))
    except LinkEnded:
        return False
    return True


def test_a_link_is_sent_again_replaced_and_ended(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    invitation = cast.invited(db, event, "Newark")
    send_again(db, settings, invitation, now=clock.now)
    send_again(db, settings, invitation, now=clock.now)  # a double click
    assert office.letters(db) == [("city_invited", "newark@cities.example.org")]
    assert opens(db, invitation, 1)

    clock.advance(timedelta(minutes=1))
    replace_link(db, settings, invitation, now=clock.now)
    assert (opens(db, invitation, 1), opens(db, invitation, 2)) == (False, True)

    revoke_link(db, invitation, now=clock.now)
    assert not opens(db, invitation, 2)
    with pytest.raises(Conflict, match="The link was ended"):
        send_again(db, settings, invitation, now=clock.now)
    replace_link(db, settings, invitation, now=clock.now + timedelta(seconds=5))
    assert (opens(db, invitation, 2), opens(db, invitation, 3)) == (False, True)


def waiting(db: Session) -> list[tuple[str, bool, int]]:
    """State, whether it is a second letter, and the version of the link of each letter."""
    mails = db.query(OutboxMail).order_by(OutboxMail.id).populate_existing()
    return [(one.state, one.facts["again"], one.facts["link"]["version"]) for one in mails]


def test_one_letter_waits_for_a_city_however_often_it_is_asked_for(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    """Control: once it was released, another is written."""
    event = cast.event(db)
    [newark] = invite_cities(db, settings, event, asked(db, "Newark"), now=clock.now)
    db.query(OutboxMail).one().facts |= {"words": "Do come."}
    clock.advance(timedelta(minutes=1))
    send_again(db, settings, newark, now=clock.now)
    replace_link(db, settings, newark, now=clock.now)
    assert waiting(db) == [("drafted", False, 2)]  # the city has not had a first one
    office.release_all(db, settings, clock, event)
    assert newark.invited_at == clock.now
    clock.advance(timedelta(minutes=1))
    send_again(db, settings, newark, now=clock.now)
    assert waiting(db) == [("queued", False, 2), ("drafted", True, 2)]


def test_what_waits_for_a_city_is_put_aside_when_its_link_is_ended(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    """Control: that of another city waits on."""
    event = cast.event(db)
    newark, _ = invite_cities(db, settings, event, asked(db, "Newark", "Boise"), now=clock.now)
    revoke_link(db, newark, now=clock.now)
    assert waiting(db) == [("discarded", False, 1), ("drafted", False, 1)]


def request(db: Session, event: Event, clock: TestClock) -> AccessRequest:
    made = AccessRequest(event_id=event.id, address="deputy@dijon.example.org", asked_at=clock.now)
    db.add(made)
    db.flush()
    return made


def test_an_unknown_address_is_invited_for_a_city(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    asking = request(db, event, clock)
    made = invite_requester(
        db, settings, asking, event, cast.city(db, "Dijon"), addressee="Deputy", now=clock.now
    )
    assert (made.address, made.seats, asking.settled_at) == (
        "deputy@dijon.example.org",
        5,
        clock.now,
    )
    assert office.letters(db) == [("city_invited", "deputy@dijon.example.org")]


def test_a_city_that_was_asked_keeps_one_link(
    db: Session, settings: Settings, clock: TestClock
) -> None:
    event = cast.event(db)
    invitation = cast.invited(db, event, "Dijon")
    asking = request(db, event, clock)
    made = invite_requester(
        db, settings, asking, event, cast.city(db, "Dijon"), addressee="", now=clock.now
    )
    assert (made.id, made.address, made.link_version) == (
        invitation.id,
        "deputy@dijon.example.org",
        1,
    )
    assert office.letters(db) == [("city_invited", "deputy@dijon.example.org")]


def test_a_request_is_dismissed_in_silence(db: Session, clock: TestClock) -> None:
    asking = request(db, cast.event(db), clock)
    dismiss_request(db, asking, now=clock.now)
    assert (asking.settled_at, office.letters(db)) == (clock.now, [])

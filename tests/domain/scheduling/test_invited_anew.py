"""A city that was not written to, although it was to be, is invited as if for the first time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events_service.domain.delivery import batch, desk
from events_service.domain.delivery.claim import claim
from events_service.domain.scheduling.access_requests import invite_requester
from events_service.domain.scheduling.city_invitations import (
    replace_link,
    revoke_link,
    send_again,
)
from events_service.model import AccessRequest, CityInvitation, OutboxMail
from events_service.queries.cities import cities_of_event
from tests.domain.scheduling.first_letter import FIRST, Desk


def facts_of(mail: OutboxMail) -> dict[str, object]:
    return {key: mail.facts[key] for key in ("again", "seats", "link")}


def test_a_city_whose_letter_was_left_out_is_invited_anew(db: Session, at_desk: Desk) -> None:
    """Control: while the letter waits, it is passed over."""
    assert at_desk.invite("other@boise.example.org") == []
    at_desk.leave_out()
    at_desk.clock.advance(timedelta(minutes=1))
    [made] = at_desk.invite("other@boise.example.org", seats=2)
    assert (made.id, made.address, made.seats, made.sent_again_at) == (
        at_desk.boise.id,
        "other@boise.example.org",
        2,
        None,
    )
    assert at_desk.letters() == [
        (FIRST, "mayor@boise.example.org", "discarded"),
        (FIRST, "other@boise.example.org", "drafted"),
    ]
    [mail] = db.query(OutboxMail).filter_by(state="drafted")
    assert facts_of(mail) == {"again": False, "seats": 2, "link": {"number": made.id, "version": 1}}
    at_desk.release()
    assert made.invited_at == at_desk.clock.now
    [line] = [one for one in cities_of_event(db, at_desk.event) if one.invitation]
    assert line.state == "invited"


def test_a_link_that_was_ended_before_the_letter_left_stays_ended(
    db: Session, at_desk: Desk
) -> None:
    """Inviting anew makes another link, and the letter is the first one that the city gets."""
    revoke_link(db, at_desk.boise, now=at_desk.clock.now)
    at_desk.clock.advance(timedelta(minutes=1))
    [made] = at_desk.invite()
    assert (made.link_version, made.revoked_at) == (2, None)
    [mail] = db.query(OutboxMail).filter_by(state="drafted")
    assert facts_of(mail) == {"again": False, "seats": 3, "link": {"number": made.id, "version": 2}}


@pytest.mark.parametrize("verb", [send_again, replace_link])
def test_nothing_is_sent_again_that_was_not_sent(
    db: Session, at_desk: Desk, verb: Callable[..., None]
) -> None:
    """Control: of a letter that was released (see test_city_invitations)."""
    at_desk.leave_out()
    at_desk.clock.advance(timedelta(minutes=1))
    verb(db, at_desk.settings, at_desk.boise, now=at_desk.clock.now)
    [mail] = db.query(OutboxMail).filter_by(state="drafted")
    assert (mail.facts["again"], at_desk.boise.sent_again_at) == (False, None)


def test_who_asks_to_register_is_invited_though_the_letter_was_left_out(
    db: Session, at_desk: Desk
) -> None:
    """Also when the link was ended meanwhile."""
    revoke_link(db, at_desk.boise, now=at_desk.clock.now)
    at_desk.clock.advance(timedelta(minutes=1))
    asking = AccessRequest(
        event_id=at_desk.event.id, address="deputy@boise.example.org", asked_at=at_desk.clock.now
    )
    db.add(asking)
    db.flush()
    made: CityInvitation = invite_requester(
        db,
        at_desk.settings,
        asking,
        at_desk.event,
        at_desk.boise.city,
        addressee="Deputy",
        now=at_desk.clock.now,
    )
    assert (made.id, made.address, made.revoked_at) == (at_desk.boise.id, asking.address, None)
    assert at_desk.letters()[1:] == [(FIRST, asking.address, "drafted")]


def test_a_letter_that_was_put_back_waits_again(db: Session, at_desk: Desk) -> None:
    at_desk.leave_out()
    [mail] = db.query(OutboxMail)
    desk.put_back(db, at_desk.event.id, mail.id, now=at_desk.clock.now)
    [line] = [one for one in cities_of_event(db, at_desk.event) if one.invitation]
    assert (line.state, line.letter_waits) == ("not_invited", True)


def test_a_new_link_within_the_minute_leaves_one_letter_that_waits(
    db: Session, at_desk: Desk
) -> None:
    """The letter that was released has no use any more, so that a worker puts it aside."""
    at_desk.release()
    at_desk.clock.advance(timedelta(seconds=20))
    replace_link(db, at_desk.settings, at_desk.boise, now=at_desk.clock.now)
    claim(db.connection(), now=at_desk.clock.now + batch.UNDO)
    db.expire_all()
    assert [state for _, _, state in at_desk.letters()] == ["discarded", "drafted"]
    [line] = [one for one in cities_of_event(db, at_desk.event) if one.invitation]
    assert (line.state, line.letter_waits) == ("not_invited", True)

"""Part of its places for a delegation that waits and does not fit whole: held for it until a day
and an hour, then given to others.

The row of the delegation decides between a city that answers and the job that ends the offer:
whoever holds it first. What the other then finds is no offer any more.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.registration import decision_letters
from events_service.domain.registration.calendars import Post
from events_service.domain.registration.form import members_of
from events_service.domain.registration.loading import locked_delegation
from events_service.domain.registration.quotas import Used
from events_service.domain.registration.seating import (
    most_seats_for,
    offer_seats,
    practitioners_among,
    release_seats,
)
from events_service.domain.registration.untold import letters_wait, take_back
from events_service.domain.registration.waiting import ahead, promote_waiting
from events_service.model import Account, Delegation
from events_service.translation import gettext as _


def offer_part(
    session: Session,
    settings: Settings,
    delegation: Delegation,
    account: Account,
    places: int,
    until: datetime,
    *,
    now: datetime,
    words: str = "",
) -> None:
    """Hold so many places, fewer than there are people, until that instant. The letter waits to
    be read and sent. Conflict when it does not wait or the places are not there."""
    found = locked_delegation(session, delegation.city_invitation_id)
    if found is None or found.state != "waitlisted" or found.offered_seats:
        raise Conflict(
            _("%(city)s does not wait for an offer any more.", city=delegation.city.name)
        )
    if letters_wait(session, found):
        raise Conflict(_("First send the letter that says that this delegation waits."))
    members = members_of(found)
    _check(found, places, len(members), until, now)
    people = hardest_to_seat(practitioners_among(one.is_elected for one in members), places)
    if not offer_seats(session, found, people):
        raise Conflict(
            _("There are not so many places for %(city)s any more.", city=found.city.name)
        )
    found.offer_ends_at = until
    found.decided_at, found.decided_by_id, found.decided_because = now, account.id, ""
    found.version += 1
    session.flush()
    with Post(session, settings, found, now=now, for_approval=True) as post:
        decision_letters.offered(post, members, words)


def places_to_offer(delegation: Delegation, used: Used) -> int:
    """The most that can be offered now; 0 when there are none, it would fit whole, or was offered
    some already. `used`: of the event."""
    members = members_of(delegation)
    people = practitioners_among(one.is_elected for one in members)
    most = most_seats_for(delegation, people, used)
    return 0 if delegation.offered_seats or most == len(members) else most


def let_offer_go(
    session: Session, settings: Settings, city_invitation_id: int, *, now: datetime
) -> bool:
    """The city does not want part of its places: others get them, and it waits on as a whole.
    False: there is no offer any more."""
    delegation = locked_delegation(session, city_invitation_id)
    if delegation is None or not delegation.offered_seats or letters_wait(session, delegation):
        return False
    _give_back(session, settings, delegation, now)
    return True


def ended_offers(session: Session, *, now: datetime) -> Sequence[int]:
    """Numbers of the invitations of cities whose time to answer is over."""
    return session.scalars(
        select(Delegation.city_invitation_id)
        .where(Delegation.offered_seats > 0, Delegation.offer_ends_at <= now)
        .order_by(Delegation.offer_ends_at, Delegation.id)
    ).all()


def end_offer(
    session: Session, settings: Settings, city_invitation_id: int, *, now: datetime
) -> bool:
    """Give the places of an offer whose time is over to others and tell the city, if it was ever
    told of the offer and the event is still ahead. False: it has answered meanwhile."""
    delegation = locked_delegation(session, city_invitation_id)
    if delegation is None or not offer_is_over(delegation, now):
        return False
    end(session, settings, delegation, now=now)
    return True


def offer_is_over(delegation: Delegation, now: datetime) -> bool:
    ends_at = delegation.offer_ends_at
    return delegation.offered_seats > 0 and ends_at is not None and ends_at <= now


def end(session: Session, settings: Settings, delegation: Delegation, *, now: datetime) -> None:
    """As end_offer, of a delegation that is held and whose time is over."""
    places, ended_at = delegation.offered_seats, delegation.offer_ends_at
    assert ended_at is not None
    if letters_wait(session, delegation):
        take_back(session, settings, delegation, now=now)
        promote_waiting(session, settings, delegation.event_id, now=now)
        return
    _give_back(session, settings, delegation, now, ended=(places, ended_at))


def hardest_to_seat(people: Sequence[bool], places: int) -> list[bool]:
    """Those for whom there are fewest seats: whoever else is chosen in their stead fits too."""
    return sorted(people)[:places]


def _give_back(
    session: Session,
    settings: Settings,
    delegation: Delegation,
    now: datetime,
    ended: tuple[int, datetime] | None = None,
) -> None:
    release_seats(session, delegation)
    delegation.decided_at = delegation.decided_by_id = None
    delegation.version += 1
    session.flush()
    if ended is not None and ahead(delegation.event, now):
        with Post(session, settings, delegation, now=now) as post:
            decision_letters.offer_ended(post, members_of(delegation), *ended)
    promote_waiting(session, settings, delegation.event_id, now=now)


def _check(
    delegation: Delegation, places: int, people: int, until: datetime, now: datetime
) -> None:
    if not 0 < places < people:
        raise Refusal(
            _("Offer at least one place, and fewer than the %(people)s people", people=people)
        )
    if not now < until:
        raise Refusal(_("Choose a day and an hour that lie ahead"))
    if until > delegation.event.registration_closes_at:
        raise Refusal(_("Choose a day and an hour before registration closes"))

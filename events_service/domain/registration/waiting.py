"""The waiting list: whole delegations, in the order they came, the first that fits whole first."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_service.config import Settings
from events_service.domain.registration import letters
from events_service.domain.registration.calendars import Post, invite
from events_service.domain.registration.seats import hold_seats_still, take_seats
from events_service.model import Delegation, Event, Member


def promote_waiting(
    session: Session, settings: Settings, event_id: int, *, now: datetime
) -> list[Delegation]:
    """Confirm waiting delegations that fit whole into the free seats; write to their people.

    A delegation that is being changed at this moment is passed over: its own transaction takes
    the seats when it is done.
    """
    free = hold_seats_still(session, event_id)
    promoted = []
    for delegation in _waiting(session, event_id) if free > 0 else ():
        members = [one for one in delegation.members if one.removed_at is None]
        if len(members) <= free and take_seats(session, event_id, len(members)):
            free -= len(members)
            _promote(session, settings, delegation, members, now)
            promoted.append(delegation)
    return promoted


def _waiting(session: Session, event_id: int) -> list[Delegation]:
    return list(
        session.scalars(
            select(Delegation)
            .where(Delegation.event_id == event_id, Delegation.state == "waitlisted")
            .order_by(Delegation.waitlisted_at, Delegation.id)
            .options(
                joinedload(Delegation.event, innerjoin=True).selectinload(Event.sessions),
                joinedload(Delegation.city_invitation, innerjoin=True),
                selectinload(Delegation.members).selectinload(Member.invitations),
            )
            .with_for_update(of=Delegation, skip_locked=True)
        )
    )


def _promote(
    session: Session,
    settings: Settings,
    delegation: Delegation,
    members: list[Member],
    now: datetime,
) -> None:
    delegation.state, delegation.confirmed_at = "confirmed", now
    delegation.seats, delegation.waitlisted_at = len(members), None
    delegation.version += 1
    with Post(session, settings, delegation, now=now) as post:
        invite(post, members, "promoted")
        letters.promoted(post, members)

"""The waiting list: whole delegations, in the order they came, the first that fits whole first.

Where an organiser decides about each delegation, or what an organiser did made the room, the
letters of one that comes off the list wait to be read, and until they leave it can be put back.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_service.config import Settings
from events_service.domain.registration import decision_letters, letters
from events_service.domain.registration.calendars import Post, invite
from events_service.domain.registration.seating import practitioners_among, seat_whole
from events_service.domain.registration.seats import hold_seats_still, take_seats
from events_service.domain.registration.untold import letters_wait, put_letters_aside
from events_service.model import Delegation, Event, Member


def promote_waiting(
    session: Session,
    settings: Settings,
    event_id: int,
    *,
    now: datetime,
    for_approval: bool = False,
) -> list[Delegation]:
    """Confirm waiting delegations that fit whole into the free seats, by quota where some are
    kept; write to their people. `for_approval`: an organiser did what made the room.

    A delegation that is being changed at this moment is passed over: its own transaction takes
    the seats when it is done. So is one that was offered part of its places: it is the city's
    turn to answer. Nobody is promoted into an event that is not `ahead`.
    """
    free = hold_seats_still(session, event_id)
    event = session.get_one(Event, event_id)
    session.refresh(event, ["cancelled_at", "starts_on", "timezone"])
    if not ahead(event, now):
        return []
    promoted = []
    for delegation in _waiting(session, event_id) if free > 0 else ():
        members = [one for one in delegation.members if one.removed_at is None]
        if len(members) <= free and _seated(session, delegation, members):
            free -= len(members)
            reviewed = for_approval or event.approves_delegations
            _promote(session, settings, delegation, members, now, reviewed=reviewed)
            promoted.append(delegation)
    return promoted


def ahead(event: Event, now: datetime) -> bool:
    """It takes place, and its first day has not come where it is held."""
    return event.cancelled_at is None and now.astimezone(event.zone).date() < event.starts_on


def _waiting(session: Session, event_id: int) -> list[Delegation]:
    return list(
        session.scalars(
            select(Delegation)
            .where(
                Delegation.event_id == event_id,
                Delegation.state == "waitlisted",
                Delegation.offered_seats == 0,
            )
            .order_by(Delegation.waitlisted_at, Delegation.id)
            .options(
                joinedload(Delegation.event, innerjoin=True).options(
                    selectinload(Event.sessions), selectinload(Event.quotas)
                ),
                joinedload(Delegation.city_invitation, innerjoin=True),
                selectinload(Delegation.members).selectinload(Member.invitations),
            )
            .with_for_update(of=Delegation, skip_locked=True)
        )
    )


def _seated(session: Session, delegation: Delegation, members: Sequence[Member]) -> bool:
    if delegation.event.quotas:
        return seat_whole(session, delegation, practitioners_among(m.is_elected for m in members))
    taken = take_seats(session, delegation.event_id, len(members))
    delegation.seats = len(members) if taken else 0
    return taken


def _promote(
    session: Session,
    settings: Settings,
    delegation: Delegation,
    members: list[Member],
    now: datetime,
    *,
    reviewed: bool,
) -> None:
    """`waitlisted_at` is kept where it can be put back to its turn. One that was never told that
    it waits reads only that it was approved."""
    unheard = letters_wait(session, delegation)
    if unheard:
        put_letters_aside(session, delegation, now=now)
    reviewed = reviewed or unheard
    delegation.state, delegation.confirmed_at = "confirmed", now
    delegation.version += 1
    if unheard or not reviewed:
        delegation.waitlisted_at = None
    if reviewed:
        delegation.decided_at, delegation.decided_by_id = now, None
        delegation.decided_because = ""
    with Post(session, settings, delegation, now=now, for_approval=reviewed) as post:
        _tell(post, members, unheard)


def _tell(post: Post, members: list[Member], unheard: bool) -> None:
    if unheard:
        invite(post, members, "named")
        decision_letters.approved(post, members)
    else:
        invite(post, members, "promoted")
        letters.promoted(post, members)

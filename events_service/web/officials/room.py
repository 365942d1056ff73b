"""What a city on the waiting list is told of the room there is, and of an offer that has ended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.domain.registration.form import closed_because, members_of
from events_service.domain.registration.seating import (
    most_seats_for,
    practitioners_among,
    used_of,
)
from events_service.domain.registration.untold import known_state
from events_service.model import Delegation, OutboxMail
from events_service.web.context import now
from events_service.web.officials.offer import offer_ends_at


@dataclass(frozen=True)
class Room:
    """`places`: a smaller list of so many people gets in at once; 0 where none does.
    `offer_ended_at`: when it was told that the time to answer an offer was over."""

    full: bool
    places: int
    offer_ended_at: datetime | None


def room_for(db: Session, delegation: Delegation | None) -> Room | None:
    """None: the delegation does not wait, or answers an offer."""
    if delegation is None or known_state(delegation) != "waitlisted" or offer_ends_at(delegation):
        return None
    full = delegation.event.seats_free <= 0
    return Room(full, _places(db, delegation), _offer_ended_at(db, delegation))


def _places(db: Session, delegation: Delegation) -> int:
    """Where an organiser decides about each list, a smaller one takes its turn too."""
    event = delegation.event
    if event.approves_delegations or closed_because(event, now()):
        return 0
    people = practitioners_among(one.is_elected for one in members_of(delegation))
    most = most_seats_for(delegation, people, used_of(db, event.id))
    return most if most < len(people) else 0


def _offer_ended_at(db: Session, delegation: Delegation) -> datetime | None:
    return db.scalar(
        select(func.max(OutboxMail.created_at)).where(
            OutboxMail.letter == "delegation_offer_ended",
            OutboxMail.event_id == delegation.event_id,
            OutboxMail.city_id == delegation.city_id,
            OutboxMail.created_at >= delegation.waitlisted_at,
        )
    )

"""Seats of an event. One conditional UPDATE decides a race; nothing is counted and then written."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from events_service.model import Event


def take_seats(session: Session, event_id: int, seats: int) -> bool:
    """Take `seats` if that many are free. False: they are not, and nothing was taken."""
    taken = session.execute(
        update(Event)
        .where(Event.id == event_id, Event.seats_taken + seats <= Event.capacity)
        .values(seats_taken=Event.seats_taken + seats, revision=Event.revision + 1)
        .returning(Event.id),
        execution_options={"synchronize_session": False},
    )
    return taken.scalar() is not None


def give_back_seats(session: Session, event_id: int, seats: int) -> None:
    session.execute(
        update(Event)
        .where(Event.id == event_id)
        .values(seats_taken=Event.seats_taken - seats, revision=Event.revision + 1),
        execution_options={"synchronize_session": False},
    )


def hold_seats_still(session: Session, event_id: int) -> int:
    """Seats free now, and nobody can take or give back any until this transaction ends."""
    free = select(Event.capacity - Event.seats_taken).where(Event.id == event_id)
    return session.execute(free.with_for_update()).scalar_one()

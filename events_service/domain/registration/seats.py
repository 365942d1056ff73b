"""Seats of an event. One conditional UPDATE decides a race; nothing is counted and then written."""

from typing import cast

from sqlalchemy import Integer, Table, bindparam, select, update
from sqlalchemy.orm import Session

from events_service.model import Event

_EVENT = cast(Table, Event.__table__)
_TAKE = (
    update(_EVENT)
    .where(
        _EVENT.c.id == bindparam("event_id"),
        _EVENT.c.seats_taken + bindparam("seats", type_=Integer) <= _EVENT.c.capacity,
    )
    .values(
        seats_taken=_EVENT.c.seats_taken + bindparam("seats", type_=Integer),
        revision=_EVENT.c.revision + 1,
    )
)


def take_seats(session: Session, event_id: int, seats: int) -> bool:
    """Take `seats` if that many are free. False: they are not, and nothing was taken."""
    taken = session.connection().execute(_TAKE, {"event_id": event_id, "seats": seats})
    return taken.rowcount == 1


def give_back_seats(session: Session, event_id: int, seats: int) -> None:
    session.execute(
        update(Event)
        .where(Event.id == event_id)
        .values(seats_taken=Event.seats_taken - seats, revision=Event.revision + 1),
        execution_options={"synchronize_session": False},
    )


def seats_of(session: Session, event_id: int) -> tuple[int, int]:
    """Seats in all, and those that are taken, as the database has them."""
    found = select(Event.capacity, Event.seats_taken).where(Event.id == event_id)
    capacity, taken = session.execute(found).one()
    return capacity, taken


def hold_seats_still(session: Session, event_id: int) -> int:
    """Seats free now, and nobody can take or give back any until this transaction ends."""
    free = select(Event.capacity - Event.seats_taken).where(Event.id == event_id)
    return session.execute(free.with_for_update()).scalar_one()

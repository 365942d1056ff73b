"""Whoever writes down attendance of an event does so alone, and the rest wait their turn.

A door writes for a few people a second, and a device that was without a network sends fifty at
once, in an order of its own: locks on single rows would wait for each other in a circle.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

DOORS = 0x444F  # the class of this service's advisory locks that stand for the doors of events


def hold_the_door(session: Session, event_id: int) -> None:
    """Until this transaction ends nobody else writes down who was at this event."""
    session.execute(select(func.pg_advisory_xact_lock(DOORS, event_id)))

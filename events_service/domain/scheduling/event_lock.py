"""A registration reads an event's days and promises letters about them; a move rewrites both.

The two may not interleave, or a person named in that second is invited to days that are gone.
A move takes the event alone, before any row; registrations share it.
"""

from sqlalchemy import Integer, bindparam, cast, func, select
from sqlalchemy.orm import Session

from events_service.model import CityInvitation

EVENTS = 0x4556  # the class of this service's advisory locks that stand for events


def hold_event_alone(session: Session, event_id: int) -> None:
    """Wait until no registration of this event is under way; new ones wait for this transaction."""
    session.execute(select(func.pg_advisory_xact_lock(EVENTS, event_id)))


def hold_event_steady(session: Session, city_invitation_id: int) -> None:
    """The event's days and place stay as they are until this transaction ends. Registrations
    do so side by side. Read the event after this, not before."""
    session.connection().execute(_SHARED, {"number": city_invitation_id})


_SHARED = select(
    func.pg_advisory_xact_lock_shared(EVENTS, cast(CityInvitation.event_id, Integer))
).where(CityInvitation.id == bindparam("number"))

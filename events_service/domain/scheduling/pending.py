"""A change of an event that waits its minute: until it leaves, it can be undone."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from events_service.domain.inbox.overtaking import reopen_accepted
from events_service.domain.refusals import Conflict, NotFound
from events_service.model import PendingChange

UNDO = timedelta(seconds=60)


def open_change(session: Session, event_id: int) -> PendingChange | None:
    """The change of this event that has neither left nor been undone. There is one at most."""
    return session.scalar(
        select(PendingChange).where(
            PendingChange.event_id == event_id,
            PendingChange.applied_at.is_(None),
            PendingChange.undone_at.is_(None),
        )
    )


def refuse_while_pending(session: Session, event_id: int) -> None:
    if open_change(session, event_id) is not None:
        raise Conflict(
            "A change of this workshop is about to leave. Undo it, or wait until it has left."
        )


def undo_change(session: Session, event_id: int, change_id: int, *, now: datetime) -> None:
    """Take a change back before it leaves. Conflict when it has left; undoing twice is fine."""
    undone = session.execute(
        update(PendingChange)
        .where(
            PendingChange.id == change_id,
            PendingChange.event_id == event_id,
            PendingChange.applied_at.is_(None),
        )
        .values(undone_at=now)
        .returning(PendingChange.id)
    ).scalar()
    change = session.get(PendingChange, change_id)
    if change is None or change.event_id != event_id:
        raise NotFound
    if undone is None:
        raise Conflict("The change has left already. Move the workshop again to set it right.")
    reopen_accepted(session, change)

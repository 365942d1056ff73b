"""What becomes of proposed times when the event changes, or does not change after all."""

from datetime import datetime
from typing import cast

from sqlalchemy import update
from sqlalchemy.orm import Session

from events_service.model import PendingChange, TimeProposal

PROPOSALS = "proposals"  # in the details of a change: numbers of those that it accepts


def overtake_open(session: Session, event_id: int, *, now: datetime) -> None:
    """The event moved or was called off: what was proposed against its old time is past."""
    session.execute(
        update(TimeProposal)
        .where(TimeProposal.event_id == event_id, TimeProposal.state == "open")
        .values(state="overtaken", decided_at=now)
    )


def reopen_accepted(session: Session, change: PendingChange) -> None:
    """The change that accepting proposals asked for does not take place, so they wait for a
    decision again."""
    numbers = cast(list[int], change.details.get(PROPOSALS, []))
    session.execute(
        update(TimeProposal)
        .where(TimeProposal.id.in_(numbers), TimeProposal.state == "accepted")
        .values(state="open", decided_at=None, decided_by_id=None)
    )

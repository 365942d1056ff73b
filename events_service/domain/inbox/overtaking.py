"""What becomes of proposed times when the event changes, or does not change after all."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from events_service.model import PendingChange, TimeProposal


def overtake_open(session: Session, event_id: int, *, now: datetime) -> None:
    """The event moved or was called off: what was proposed against its old time is past."""
    session.execute(
        update(TimeProposal)
        .where(TimeProposal.event_id == event_id, TimeProposal.state == "open")
        .values(state="overtaken", decided_at=now)
    )


def reopen_accepted(session: Session, change: PendingChange) -> None:
    """The change that accepting a proposal asked for was undone, so it waits for a decision."""
    proposal = session.get(TimeProposal, change.details.get("proposal_id", 0))
    if proposal is not None and proposal.state == "accepted":
        proposal.state, proposal.decided_at, proposal.decided_by_id = "open", None, None
        session.flush()

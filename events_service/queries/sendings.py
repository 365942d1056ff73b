"""Letters that organisers sent again and that can still be held back."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.model import OutboxMail

_BATCH = re.compile(r":organiser-([0-9a-z]+)$")


@dataclass(frozen=True)
class Sending:
    batch: str
    people: int
    due_at: datetime


def sendings_waiting(session: Session, event_id: int, *, now: datetime) -> list[Sending]:
    """The one that leaves first comes first."""
    batch = func.substring(OutboxMail.dedupe_key, _BATCH.pattern).label("batch")
    rows = session.execute(
        select(batch, func.count(OutboxMail.member_id.distinct()), OutboxMail.due_at)
        .where(
            OutboxMail.event_id == event_id,
            OutboxMail.state == "queued",
            OutboxMail.due_at > now,
            OutboxMail.dedupe_key.like("again:%:organiser-%"),
        )
        .group_by(batch, OutboxMail.due_at)
        .order_by(OutboxMail.due_at, batch)
    )
    return [Sending(word, people, due_at) for word, people, due_at in rows]

"""People of an event whom mail does not reach, in one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import Session

from events_service.model import Delegation, Member, OutboxMail, SuppressedAddress


@dataclass(frozen=True)
class Trouble:
    """`refused`: a mail server takes nothing for the address, so nothing is sent there.
    `bounced`: the last letter was taken and came back. `said`: why, in that server's words."""

    kind: Literal["refused", "bounced"]
    at: datetime
    said: str


def troubles_of(
    session: Session, event_id: int, member_id: int | None = None
) -> dict[int, Trouble]:
    """By the number of the person; those who are reached are left out. `member_id`: them alone."""
    last = (
        select(OutboxMail.bounced_at, OutboxMail.bounce)
        .where(
            OutboxMail.member_id == Member.id,
            OutboxMail.sent_at.is_not(None),
            func.lower(OutboxMail.to_address) == func.lower(Member.address),
        )
        .order_by(OutboxMail.id.desc())
        .limit(1)
        .lateral("last_letter")
    )
    refused = SuppressedAddress
    found = (
        select(Member.id, refused.since, refused.answer, last.c.bounced_at, last.c.bounce)
        .join(Delegation, Delegation.id == Member.delegation_id)
        .outerjoin(refused, refused.address == func.lower(Member.address))
        .outerjoin(last, true())
        .where(
            Delegation.event_id == event_id,
            Member.removed_at.is_(None),
            or_(refused.address.is_not(None), last.c.bounced_at.is_not(None)),
        )
    )
    if member_id is not None:
        found = found.where(Member.id == member_id)
    return {
        number: Trouble("refused", since, answer)
        if since is not None
        else Trouble("bounced", bounced_at, bounce or "")
        for number, since, answer, bounced_at, bounce in session.execute(found)
    }

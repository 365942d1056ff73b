"""Drafted letters of one kind about one event, which a person reads and releases at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.delivery import approval
from events_service.domain.delivery.conditions import outdated_of
from events_service.domain.refusals import Conflict
from events_service.letters import LetterName
from events_service.model import Account, Event, OutboxMail

CHANGED = "The reminders have changed since you read them. Read them again, then send them."
NONE_WAITS = "No reminder waits any more: they were sent or put aside meanwhile."


@dataclass(frozen=True)
class Released:
    """How many leave now; and of how many what they ask has been answered, or has changed."""

    sent: int
    outdated: int


def drafts_of(session: Session, event: Event, letter: LetterName) -> list[OutboxMail]:
    """Those that wait to be read and sent, held until the transaction ends."""
    return list(
        session.scalars(
            select(OutboxMail)
            .where(
                OutboxMail.event_id == event.id,
                OutboxMail.letter == letter,
                OutboxMail.state == "drafted",
            )
            .order_by(OutboxMail.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def check_were_read(drafts: Sequence[OutboxMail], read: Mapping[int, str]) -> None:
    """Conflict unless `read` holds the digest of each draft, and no others: so that one person's
    edit can't undo another's unseen."""
    if {mail.id: approval.digest_of(mail) for mail in drafts} != dict(read):
        raise Conflict(CHANGED)


def release(
    session: Session,
    drafts: Sequence[OutboxMail],
    approver: Account,
    *,
    read: Mapping[int, str],
    now: datetime,
) -> Released:
    """Let every draft go that was read; those that have no use any more are put aside.

    Conflict, and nothing leaves, when one of them is not what the person read (`read`: digests by
    number of the mail), or when there is none.
    """
    if not drafts:
        raise Conflict(NONE_WAITS)
    outdated = outdated_of(session, [mail.id for mail in drafts], now=now)
    for mail in drafts:
        if mail.id in outdated:
            mail.state = "discarded"
        elif mail.id not in read:
            raise Conflict(CHANGED)
        else:
            approval.approve(mail, approver, read=read[mail.id], now=now)
    session.flush()
    return Released(len(drafts) - len(outdated), len(outdated))

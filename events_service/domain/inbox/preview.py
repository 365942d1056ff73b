"""Who would be written to if a held mail were applied, found out by doing it and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.inbox.deciding import apply_held
from events_service.model import Account, InboundMail, OutboxMail


@dataclass(frozen=True)
class WouldBeSent:
    letter: str
    to_name: str
    to_address: str


def letters_of_applying(
    session: Session, settings: Settings, mail: InboundMail, account: Account, *, now: datetime
) -> list[WouldBeSent]:
    """Nothing is changed and nobody written to. Conflict, in words, when it can't be applied."""
    last = session.scalar(select(func.max(OutboxMail.id))) or 0
    savepoint = session.begin_nested()
    try:
        apply_held(session, settings, mail, account, now=now)
        session.flush()
        found = session.execute(
            select(OutboxMail.letter, OutboxMail.to_name, OutboxMail.to_address)
            .where(
                OutboxMail.event_id == mail.event_id,
                OutboxMail.id > last,
                OutboxMail.created_at == now,  # none that others promise meanwhile
            )
            .order_by(OutboxMail.id)
        ).all()
    finally:
        savepoint.rollback()
    return [WouldBeSent(*row) for row in found]

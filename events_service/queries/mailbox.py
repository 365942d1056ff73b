"""The mailbox as data: every mail of the outbox, whatever its state, and its exact bytes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.letters.message import seal
from events_service.model import Event, OutboxMail
from events_service.model.mail import MailState, Transport


@dataclass(frozen=True)
class MailListed:
    """One mail, without its text."""

    id: int
    to: str
    cc: str | None
    letter: str
    subject: str | None  # None until a worker has rendered it
    has_calendar: bool
    method: str | None  # of its calendar part: REQUEST or CANCEL
    state: MailState
    event: str | None  # slug
    message_id: str
    created_at: datetime
    sent_at: datetime | None
    sent_via: Transport | None
    last_answer: str | None


def mails(session: Session) -> list[MailListed]:
    """All mail, the oldest promise first."""
    listed = (
        select(
            OutboxMail.id,
            OutboxMail.to_address.label("to"),
            OutboxMail.cc_address.label("cc"),
            OutboxMail.letter,
            OutboxMail.subject,
            OutboxMail.calendar_method.is_not(None).label("has_calendar"),
            OutboxMail.calendar_method.label("method"),
            OutboxMail.state,
            Event.slug.label("event"),
            OutboxMail.message_id,
            OutboxMail.created_at,
            OutboxMail.sent_at,
            OutboxMail.sent_via,
            OutboxMail.last_answer,
        )
        .outerjoin(Event, Event.id == OutboxMail.event_id)
        .order_by(OutboxMail.id)
    )
    return [MailListed(**row) for row in session.execute(listed).mappings()]


def raw(session: Session, settings: Settings, mail_id: int) -> bytes | None:
    """The bytes that go over the wire, links filled in. None: no such mail, or not rendered yet."""
    rendered = session.scalar(select(OutboxMail.rendered).where(OutboxMail.id == mail_id))
    return None if rendered is None else seal(settings.secret_key, rendered)

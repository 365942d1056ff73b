"""Mail that no try can settle: a person decides whether it is sent again or left."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from events_service.domain.refusals import Conflict, NotFound
from events_service.model import Account, OutboxMail, SuppressedAddress
from events_service.model.mail import held_for_a_person
from events_service.translation import gettext as _


def send_again(session: Session, mail_id: int, *, now: datetime) -> None:
    """Queue the mail anew: same bytes, same Message-ID, so that a second copy can be recognised.
    An address that was refused gets another chance by it."""
    mail = _undecided(session, mail_id)
    refused = SuppressedAddress.address == mail.to_address.lower()
    session.execute(delete(SuppressedAddress).where(refused))
    mail.state = "queued"
    mail.due_at = now
    mail.attempts = 0
    mail.fence += 1  # a worker that still holds the old claim may no longer settle it
    mail.lease_until = None
    if mail.rendered is None:
        mail.render_attempts = 0
    session.flush()


def leave(session: Session, mail_id: int, account: Account, *, now: datetime) -> None:
    """Leave the mail as it is; it asks nobody any more."""
    mail = _undecided(session, mail_id)
    mail.left_at = now
    mail.left_by_id = account.id
    session.flush()


def _undecided(session: Session, mail_id: int) -> OutboxMail:
    mail = session.scalar(
        select(OutboxMail)
        .where(OutboxMail.id == mail_id, held_for_a_person())
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if mail is not None:
        return mail
    if session.get(OutboxMail, mail_id) is None:
        raise NotFound
    raise Conflict(_("Somebody has decided about this letter already."))

"""Whose turn it is to be read, and what becomes of a mail that can't be.

A try is counted and committed before the mail is opened, so that one which ends the process does
so five times at most and then waits for a person, whole, while the others are read.
"""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session, defer

from events_service.config import Settings
from events_service.domain.inbox.settling import settle_inbound
from events_service.domain.inbox.words import kept
from events_service.model import InboundMail

MOST_TRIES = 5
GIVEN_UP = "The mail could not be read, though it was tried several times."

# A try that ends without a word (the process was killed) is followed by the next after this.
TAKE = text("""
update inbound_mail
set attempts = attempts + 1, due_at = cast(:now as timestamptz) + least(
        interval '10 seconds' * power(4, attempts), interval '1 hour')
where id = (
    select id from inbound_mail
    where read_at is null and due_at <= :now
    order by due_at, id
    limit 1
    for update skip locked
)
returning id
""")


def take_unread(session: Session, *, now: datetime) -> int | None:
    """The mail that is due first, now ours for some seconds; None when nothing is due."""
    number = session.execute(TAKE, {"now": now}).scalar()
    return None if number is None else int(number)


def read_taken(session: Session, settings: Settings, mail_id: int, *, now: datetime) -> bool:
    """Settle the mail, or hold it for a person after too many tries. False: somebody else did."""
    mail = session.get_one(InboundMail, mail_id, with_for_update=True, populate_existing=True)
    if mail.read_at is not None:
        return False
    if mail.attempts > MOST_TRIES:
        _give_up(mail, now)
    else:
        settle_inbound(session, settings, mail, now=now)
    session.flush()
    return True


def note_failure(session: Session, mail_id: int, why: str, *, now: datetime) -> None:
    """Reading raised, and all that it did was rolled back: later again, or for a person."""
    mail = session.get_one(
        InboundMail, mail_id, with_for_update=True, options=[defer(InboundMail.raw)]
    )
    mail.reason = kept(f"Could not be read: {why}")
    if mail.read_at is None and mail.attempts >= MOST_TRIES:
        _give_up(mail, now, why)
    session.flush()


def _give_up(mail: InboundMail, now: datetime, why: str = "") -> None:
    mail.outcome, mail.read_at = "quarantined", now
    mail.reason = kept(f"{GIVEN_UP} ({why})" if why else GIVEN_UP)

"""Sending somebody their calendar entry again because they asked for it (REFRESH, RFC 5546
§3.2.6): as it stands now, with its SEQUENCE and a new DTSTAMP, to the address that is on file."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.outbox import Recipient, promise
from events_service.domain.rates import within_rate
from events_service.domain.refusals import Conflict, TooOften
from events_service.domain.snapshot import event_facts, invitation_facts
from events_service.model import Invitation, OutboxMail

CALENDAR_LETTERS = ("member_invited", "member_updated", "member_cancelled")
MOST, PER = 3, timedelta(days=1)


class SentTooOften(TooOften):
    """The invitation was sent again often enough for a day."""


class NeverSent(Conflict):
    """No letter with this calendar entry was ever promised."""


def send_again(
    session: Session, settings: Settings, invitation: Invitation, *, cause: str, now: datetime
) -> None:
    """Promise the last letter with this entry once more: the REQUEST, or the CANCEL if it was
    cancelled. At most three a day; SentTooOften above that. Once for each `cause`."""
    last = _last_letter(session, invitation)
    if last is None:
        raise NeverSent("This invitation was never sent, so it can’t be sent again.")
    if not within_rate(session, f"refresh:{invitation.id}", limit=MOST, per=PER, now=now):
        raise SentTooOften(
            f"Asked for the invitation, which was sent again {MOST} times today already."
        )
    member = invitation.member
    entry = invitation_facts(invitation, now)
    promise(
        session,
        last.letter,
        Recipient(member.address, member.name, member.assistant_address),
        key=f"again:{invitation.uid}:{invitation.sequence}:{cause}",
        facts={**last.facts, "event": event_facts(member.delegation.event), "invitation": entry},
        now=now,
        mail_domain=settings.mail_domain,
        event_id=last.event_id,
        city_id=last.city_id,
        member_id=member.id,
        invitation_id=invitation.id,
    )


def _last_letter(session: Session, invitation: Invitation) -> OutboxMail | None:
    return session.scalar(
        select(OutboxMail)
        .where(OutboxMail.invitation_id == invitation.id, OutboxMail.letter.in_(CALENDAR_LETTERS))
        .order_by(OutboxMail.id.desc())
        .limit(1)
    )

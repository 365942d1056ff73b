"""Which invitation an answer is about, and who is meant by it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.inbox.finding import Finding
from events_service.domain.inbox.trust import Proven, same_address
from events_service.domain.inbox.words import kept, kept_or_none
from events_service.incoming.mail import IncomingMail
from events_service.itip.answers import CalendarAnswer, Moment
from events_service.model import Event, Invitation, OutboxMail


def invitations_held(session: Session, uids: Iterable[str]) -> dict[str, Invitation]:
    """The invitations of these UIDs, locked in one order until the transaction ends. What they
    belong to is to be read after this: a move may have been waited for."""
    found = session.scalars(
        select(Invitation)
        .where(Invitation.uid.in_([kept(one) for one in uids]))
        .order_by(Invitation.id)
        .with_for_update(key_share=True)  # letters about them may be promised meanwhile
        .execution_options(populate_existing=True)
    )
    return {one.uid: one for one in found}


def event_of(invitation: Invitation) -> Event:
    return invitation.member.delegation.event


@dataclass(frozen=True)
class Concerned:
    """The rows that a mail is about, as far as its addresses or what it replies to tell."""

    event_id: int | None = None
    invitation_id: int | None = None
    outbox_mail_id: int | None = None

    def mark(self, finding: Finding) -> Finding:
        return replace(
            finding,
            event_id=self.event_id,
            invitation_id=self.invitation_id,
            outbox_mail_id=self.outbox_mail_id,
        )


def concerned_by(session: Session, read: IncomingMail, proven: Proven) -> Concerned:
    """By the token it came to, else by the mail of ours that it replies to (which anybody may
    have read, so this is for showing and proves nothing)."""
    for number in sorted(proven.invitations):
        invitation = session.get(Invitation, number)
        if invitation is not None:
            return Concerned(event_of(invitation).id, number)
    return _of_mail(_mail_meant(session, read, proven))


def _mail_meant(session: Session, read: IncomingMail, proven: Proven) -> OutboxMail | None:
    for number in sorted(proven.mails):
        if (mail := session.get(OutboxMail, number)) is not None:
            return mail
    original = read.bounce.original_message_id if read.bounce else ""
    named = [kept(one) for one in (*read.in_reply_to, original) if one]
    meant = select(OutboxMail).where(OutboxMail.message_id.in_(named)).order_by(OutboxMail.id)
    return session.scalar(meant.limit(1)) if named else None


def _of_mail(mail: OutboxMail | None) -> Concerned:
    if mail is None:
        return Concerned()
    return Concerned(mail.event_id, mail.invitation_id, mail.id)


def is_invited(answer: CalendarAnswer, invitation: Invitation) -> bool:
    return same_address(answer.attendee, invitation.member.address)


def is_their_office(answer: CalendarAnswer, invitation: Invitation) -> bool:
    """Their assistant, who is copied on the person's mail, answers for them."""
    office = invitation.member.assistant_address
    return office is not None and same_address(answer.attendee, office)


def claims_of(answer: CalendarAnswer, day: object = None) -> dict[str, Any]:
    """What an answer says, for people to read; moments in ISO form. `day`: of several, if known."""
    return {
        "method": answer.method,
        "uid": kept(answer.uid),
        "attendee": kept(answer.attendee),
        "said": answer.said,
        "day": str(day) if day else _written(answer.recurrence_id),
        "recurrence_id": _written(answer.recurrence_id),
        "sequence": answer.sequence,
        "dtstamp": _written(answer.dtstamp),
        "comment": kept(answer.comment),
        "delegated_to": kept_or_none(answer.delegated_to),
        "sent_by": kept_or_none(answer.sent_by),
        "starts": _written(answer.starts),
        "ends": _written(answer.ends),
    }


def _written(moment: Moment | datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None

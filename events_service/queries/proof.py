"""What one person was sent, and what came back from them: the proof of it, oldest first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from events_service.model import InboundMail, Member, OutboxMail
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext

INVITED = {
    "promoted": lazy_gettext("Invitation, off the waiting list"),
    "readmitted": lazy_gettext("Invitation, after a cancellation"),
}
NAMES = {
    "member_nudge": lazy_gettext("Reminder"),
    "delegation_waitlisted": lazy_gettext("On the waiting list"),
    "delegation_moved": lazy_gettext("New days, while on the waiting list"),
    "waiting_ended": lazy_gettext("No longer on the waiting list"),
    "proposal_declined": lazy_gettext("Answer to the time they proposed"),
}
CANCELLED = {
    "event": lazy_gettext("Cancellation"),
    "withdrawn": lazy_gettext("Withdrawal"),
    "removed": lazy_gettext("Withdrawal"),
}


@dataclass(frozen=True)
class Letter:
    """`version` in plain words: First invitation, Change 2, Reminder."""

    mail: OutboxMail
    version: str


def letters_to(session: Session, member: Member) -> list[Letter]:
    """Every letter that was promised to the person, whatever became of it."""
    mails = session.scalars(
        select(OutboxMail).where(OutboxMail.member_id == member.id).order_by(OutboxMail.id)
    ).all()
    return [Letter(mail, word) for mail, word in zip(mails, versions(mails), strict=True)]


def versions(mails: Sequence[OutboxMail]) -> list[str]:
    """What each of a person's letters was. Changes and invitations count for each entry."""
    seen: Counter[tuple[str, str]] = Counter()
    words = []
    for mail in mails:
        uid = str(mail.facts.get("invitation", {}).get("uid", ""))
        if mail.dedupe_key.startswith("again:"):
            words.append(_same_again(by_organiser=":organiser-" in mail.dedupe_key))
            continue
        seen[mail.letter, uid] += 1
        words.append(str(_version(mail, seen[mail.letter, uid])))
    return words


def _same_again(*, by_organiser: bool) -> str:
    if by_organiser:
        return _("The same again, sent by an organiser")
    return _("The same again, as they asked")


def _version(mail: OutboxMail, time: int) -> str:
    reason = str(mail.facts.get("reason", ""))
    if mail.letter == "member_invited":
        return INVITED.get(reason, _("First invitation") if time == 1 else _("Invitation again"))
    if mail.letter == "member_updated":
        return _("Change %(time)s", time=time)
    if mail.letter == "member_cancelled":
        return CANCELLED.get(reason, _("Taken out of the calendar"))
    return NAMES.get(mail.letter, mail.subject or _("Letter"))


def mails_from(session: Session, member: Member) -> list[InboundMail]:
    """Mail that came in about the person's invitations, without its bytes."""
    numbers = [one.id for one in member.invitations]
    return list(
        session.scalars(
            select(InboundMail)
            .where(InboundMail.invitation_id.in_(numbers))
            .order_by(InboundMail.received_at, InboundMail.id)
            .options(defer(InboundMail.raw))
        )
    )

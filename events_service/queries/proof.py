"""What one person was sent, and what came back from them: the proof of it, oldest first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from events_service.model import InboundMail, Member, OutboxMail

INVITED = {
    "promoted": "Invitation, off the waiting list",
    "readmitted": "Invitation, after a cancellation",
}
NAMES = {
    "member_nudge": "Reminder",
    "delegation_waitlisted": "On the waiting list",
    "delegation_moved": "New days, while on the waiting list",
    "waiting_ended": "No longer on the waiting list",
    "proposal_declined": "Answer to the time they proposed",
}
CANCELLED = {"event": "Cancellation", "withdrawn": "Withdrawal", "removed": "Withdrawal"}


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
            ours = ":organiser-" in mail.dedupe_key
            words.append(f"The same again, {'sent by an organiser' if ours else 'as they asked'}")
            continue
        seen[mail.letter, uid] += 1
        words.append(_version(mail, seen[mail.letter, uid]))
    return words


def _version(mail: OutboxMail, time: int) -> str:
    reason = str(mail.facts.get("reason", ""))
    if mail.letter == "member_invited":
        return INVITED.get(reason, "First invitation" if time == 1 else "Invitation again")
    if mail.letter == "member_updated":
        return f"Change {time}"
    if mail.letter == "member_cancelled":
        return CANCELLED.get(reason, "Taken out of the calendar")
    return NAMES.get(mail.letter, mail.subject or "Letter")


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

"""Mail that came in, as tests put it into the database: read by a worker, and what it came to."""

import hashlib
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy.orm import Session

from events_service.model import Event, InboundMail, Invitation, Member, TimeProposal
from events_service.model.inbox import Outcome
from tests.conftest import TestClock

STRANGER = "deputy@elsewhere.example.net"
WHY = "It was not sent to the address in the invitation that only they know."


def invitation_of(member: Member) -> Invitation:
    return member.invitations[0]


def calendar_of(
    invitation: Invitation, attendee: str, said: str, stamp: datetime, comment: str = ""
) -> str:
    """A REPLY as a calendar program writes it. `said` may carry parameters of its own."""
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "PRODID:-//Example//Calendar//EN",
            "VERSION:2.0",
            "METHOD:REPLY",
            "BEGIN:VEVENT",
            f"UID:{invitation.uid}",
            f"SEQUENCE:{invitation.sequence}",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"ATTENDEE;PARTSTAT={said}:mailto:{attendee}",
            *([f"COMMENT:{comment}"] if comment else []),
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def message(
    sender: str, text: str = "I can’t come.", *, html: str = "", calendar: str = ""
) -> bytes:
    made = EmailMessage()
    made["From"], made["To"] = sender, "rsvp@events.example.org"
    made["Subject"], made["Message-ID"] = "Re: Invitation", f"<{id(made)}@elsewhere.example.net>"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    if calendar:
        made.add_alternative(calendar, subtype="calendar", params={"method": "REPLY"})
    return made.as_bytes()


def came(
    db: Session,
    clock: TestClock,
    member: Member | None,
    *,
    said: str = "DECLINED",
    sender: str = STRANGER,
    outcome: Outcome = "review",
    text: str = "I can’t come.",
    html: str = "<p>I can’t come.</p>",
    reason: str = WHY,
    **claims: Any,
) -> InboundMail:
    """A mail about a person's invitation, or (None) about nobody's; held unless told otherwise."""
    invitation = invitation_of(member) if member else None
    calendar, found = "", None
    if invitation is not None and member is not None and said:
        parameters = (
            f'{said};DELEGATED-TO="mailto:{to}"' if (to := claims.get("delegated_to")) else said
        )
        stamp = clock.now.replace(microsecond=0)
        comment = claims.get("comment", "")
        calendar = calendar_of(invitation, member.address, parameters, stamp, comment)
        found = {
            "method": "REPLY",
            "uid": invitation.uid,
            "attendee": member.address,
            "said": said,
            "day": None,
            "sequence": invitation.sequence,
            "dtstamp": stamp.isoformat(),
            "comment": "",
            "delegated_to": None,
            "sent_by": None,
            "starts": None,
            "ends": None,
            **claims,
        }
    raw = message(sender, text, html=html, calendar=calendar)
    mail = InboundMail(
        digest=hashlib.sha256(raw).hexdigest(),
        raw=raw,
        door="command",
        recipients=["rsvp@events.example.org"],
        received_at=clock.now,
        due_at=clock.now,
        read_at=clock.now,
        outcome=outcome,
        reason=reason,
        sender=sender,
        subject="Re: Invitation",
        claims=found,
        event_id=member.delegation.event_id if member else None,
        invitation=invitation,
    )
    db.add(mail)
    db.flush()
    return mail


def proposed(
    db: Session, clock: TestClock, event: Event, member: Member, *, later: timedelta, comment: str
) -> TimeProposal:
    """Somebody proposes that the first of their days, and with it the workshop, moves by that."""
    first = event.sessions[0]
    starts = datetime.combine(first.held_on, first.starts, event.zone) + later
    ends = datetime.combine(first.held_on, first.ends, event.zone) + later
    mail = came(db, clock, member, outcome="proposal", reason="Proposes another time.")
    made = TimeProposal(
        inbound_mail_id=mail.id,
        invitation=invitation_of(member),
        event_id=event.id,
        starts_at=starts,
        ends_at=ends,
        sequence=0,
        comment=comment,
        proposed_at=clock.now,
    )
    db.add(made)
    db.flush()
    return made

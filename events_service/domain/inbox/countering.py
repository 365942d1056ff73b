"""Another time that somebody who was invited proposes (COUNTER, RFC 5546 §3.2.7)."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.inbox.finding import Finding
from events_service.domain.inbox.matching import event_of
from events_service.domain.inbox.occurrences import bounds_of, instant
from events_service.domain.inbox.words import kept
from events_service.itip.answers import CANCELLED, MOVED_SINCE, CalendarAnswer
from events_service.model import Event, InboundMail, Invitation, TimeProposal

NO_TIME = "It proposes another time, but does not say which."
SAME_TIME = "It proposes the time that is set already."
PROPOSED = "Proposes another time."
EARLIEST, LATEST = date(2000, 1, 2), date(2200, 1, 1)  # no proposal that is meant lies outside


def keep_proposal(
    session: Session,
    mail: InboundMail,
    answer: CalendarAnswer,
    invitation: Invitation,
    day: date | None,
) -> Finding:
    """Keep what a trusted person proposes, instead of what they proposed before. Their answer
    stays what it was: a proposal is none (RFC 5546 §3.2.7)."""
    if invitation.cancelled_at is not None:
        return Finding("stale", CANCELLED)
    if (answer.sequence or 0) < invitation.min_sequence:
        return Finding("stale", MOVED_SINCE)
    event = event_of(invitation)
    proposed = _span(answer, event)
    if proposed is None:
        return Finding("review", NO_TIME)
    if proposed == bounds_of(invitation, event, day):
        return Finding("unchanged", SAME_TIME)
    _replace_earlier(session, mail, invitation)
    session.add(
        TimeProposal(
            inbound_mail_id=mail.id,
            invitation=invitation,
            event_id=event.id,
            day=day,
            starts_at=proposed[0],
            ends_at=proposed[1],
            sequence=min(answer.sequence or 0, invitation.sequence),
            comment=kept(answer.comment),
            proposed_at=mail.received_at,
            state="open",
        )
    )
    session.flush()
    return Finding("proposal", PROPOSED)


def _span(answer: CalendarAnswer, event: Event) -> tuple[datetime, datetime] | None:
    starts, ends = answer.starts, answer.ends
    if starts is None or ends is None:
        return None
    days = [one.date() if isinstance(one, datetime) else one for one in (starts, ends)]
    if not EARLIEST < min(days) <= max(days) < LATEST:
        return None
    span = instant(starts, event), instant(ends, event)
    return span if span[0] < span[1] else None


def _replace_earlier(session: Session, mail: InboundMail, invitation: Invitation) -> None:
    earlier = session.scalars(
        select(TimeProposal).where(
            TimeProposal.invitation_id == invitation.id, TimeProposal.state == "open"
        )
    )
    for one in earlier:
        one.state, one.decided_at = "overtaken", mail.received_at.astimezone(UTC)

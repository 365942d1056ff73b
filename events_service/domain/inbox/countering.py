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
UNNUMBERED = (
    "It proposes another time, but does not say which version of the invitation it answers. The "
    "time has changed before, so read whether it is about the current one."
)
PROPOSED = "Proposes another time."
KNOWN = "This proposal is known already."
PROPOSED_SINCE = "A newer proposal is known already."
EARLIEST, LATEST = date(2000, 1, 2), date(2200, 1, 1)  # no proposal that is meant lies outside


def keep_proposal(
    session: Session,
    mail: InboundMail,
    answer: CalendarAnswer,
    invitation: Invitation,
    day: date | None,
    *,
    vouched: bool,
) -> Finding:
    """Keep what a trusted person proposes, instead of what they proposed before. Their answer
    stays what it was: a proposal is none (RFC 5546 §3.2.7). `vouched`: a person says that it is
    about the time that is set now, where it does not say so itself."""
    event = event_of(invitation)
    sequence, proposed = _sequence(answer, invitation, vouched), _span(answer, event)
    if found := _not_kept(session, answer, invitation, day, sequence, proposed):
        return found
    assert sequence is not None and proposed is not None
    _replace_earlier(session, mail, invitation)
    session.add(
        TimeProposal(
            inbound_mail_id=mail.id,
            invitation=invitation,
            event_id=event.id,
            day=day,
            starts_at=proposed[0],
            ends_at=proposed[1],
            sequence=sequence,
            comment=kept(answer.comment),
            proposed_at=mail.received_at,
            state="open",
        )
    )
    session.flush()
    return Finding("proposal", PROPOSED)


def _not_kept(
    session: Session,
    answer: CalendarAnswer,
    invitation: Invitation,
    day: date | None,
    sequence: int | None,
    proposed: tuple[datetime, datetime] | None,
) -> Finding | None:
    """Why a proposal is not one to decide about; None when it is."""
    if invitation.cancelled_at is not None:
        return Finding("stale", CANCELLED)
    if sequence is None:
        return Finding("review", UNNUMBERED)
    if sequence < invitation.min_sequence:
        return Finding("stale", MOVED_SINCE)
    if proposed is None:
        return Finding("review", NO_TIME)
    if proposed == bounds_of(invitation, event_of(invitation), day):
        return Finding("unchanged", SAME_TIME)
    return _overtaken(session, answer, invitation, day)


def _sequence(answer: CalendarAnswer, invitation: Invitation, vouched: bool) -> int | None:
    """The version of the invitation that was answered. Its DTSTART is the proposed time, so that
    without a number only an invitation whose time never changed tells."""
    if answer.sequence is not None:
        return min(answer.sequence, invitation.sequence)
    return invitation.min_sequence if vouched or invitation.min_sequence == 0 else None


def _span(answer: CalendarAnswer, event: Event) -> tuple[datetime, datetime] | None:
    starts, ends = answer.starts, answer.ends
    if starts is None or ends is None:
        return None
    days = [one.date() if isinstance(one, datetime) else one for one in (starts, ends)]
    if not EARLIEST < min(days) <= max(days) < LATEST:
        return None
    span = instant(starts, event), instant(ends, event)
    return span if span[0] < span[1] else None


def _overtaken(
    session: Session, answer: CalendarAnswer, invitation: Invitation, day: date | None
) -> Finding | None:
    """Why a proposal is not new, told by its DTSTAMP: another copy of one that came already,
    whatever was decided about that, or older than one that did."""
    if answer.dtstamp is None:
        return None
    known = _stamps_known(session, invitation, day)
    if any(answer.dtstamp == stamp for stamp, _ in known):
        return Finding("unchanged", KNOWN)
    # A clock that is ahead must not keep later proposals out.
    if any(answer.dtstamp < min(stamp, came_at) for stamp, came_at in known):
        return Finding("stale", PROPOSED_SINCE)
    return None


def _stamps_known(
    session: Session, invitation: Invitation, day: date | None
) -> list[tuple[datetime, datetime]]:
    """DTSTAMP of each proposal that there was about the day, with when it came in."""
    came = session.execute(
        select(InboundMail.claims["dtstamp"].as_string(), TimeProposal.proposed_at)
        .join(TimeProposal, TimeProposal.inbound_mail_id == InboundMail.id)
        .where(
            TimeProposal.invitation_id == invitation.id,
            TimeProposal.day.is_not_distinct_from(day),
        )
    )
    return [(datetime.fromisoformat(stamp), came_at) for stamp, came_at in came if stamp]


def _replace_earlier(session: Session, mail: InboundMail, invitation: Invitation) -> None:
    """Held, so that one that is decided about in this moment stays decided."""
    earlier = session.scalars(
        select(TimeProposal)
        .where(TimeProposal.invitation_id == invitation.id, TimeProposal.state == "open")
        .order_by(TimeProposal.id)
        .with_for_update(of=TimeProposal)
        .execution_options(populate_existing=True)
    )
    for one in earlier:
        one.state, one.decided_at = "overtaken", mail.received_at.astimezone(UTC)

"""What came in and waits for an organiser: counted, and what was put aside lately."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, joinedload

from events_service.model import InboundMail, Invitation, Member, TimeProposal
from events_service.model.inbox import held_for_a_person
from events_service.queries.counting import counted

LATELY = timedelta(days=30)  # how long what was put aside can be taken up again from its page
SHOWN = 50


def replies_waiting(session: Session, event_ids: Collection[int], *, now: datetime) -> Counter[int]:
    """By event: mails that are held for a person, and proposals that can still be decided."""
    held = counted(
        session,
        select(InboundMail.event_id, func.count())
        .where(InboundMail.event_id.in_(event_ids), held_for_a_person())
        .group_by(InboundMail.event_id),
    )
    proposed = counted(
        session,
        select(TimeProposal.event_id, func.count())
        .join(Invitation, Invitation.id == TimeProposal.invitation_id)
        .where(
            TimeProposal.event_id.in_(event_ids),
            TimeProposal.state == "open",
            TimeProposal.starts_at > now,
            Invitation.cancelled_at.is_(None),
            TimeProposal.sequence >= Invitation.min_sequence,
        )
        .group_by(TimeProposal.event_id),
    )
    return Counter(held) + Counter(proposed)


def unmatched_waiting(session: Session) -> int:
    """Mails that are held, and that no event was found for."""
    found = select(func.count()).select_from(InboundMail)
    return session.scalar(found.where(InboundMail.event_id.is_(None), held_for_a_person())) or 0


def still_open(proposals: Iterable[TimeProposal], *, now: datetime) -> list[TimeProposal]:
    """Those that lie ahead and are about the time that is set now."""
    return [
        one
        for one in proposals
        if one.starts_at > now
        and one.invitation.cancelled_at is None
        and one.sequence >= one.invitation.min_sequence
    ]


def put_aside_lately(session: Session, event_id: int | None, *, now: datetime) -> list[InboundMail]:
    """Mails of an event (None: of none that is known) that somebody put aside, the latest first."""
    member = joinedload(InboundMail.invitation).joinedload(Invitation.member)
    of_event = (
        InboundMail.event_id.is_(None) if event_id is None else InboundMail.event_id == event_id
    )
    return list(
        session.scalars(
            select(InboundMail)
            .where(
                of_event,
                InboundMail.decision == "dismissed",
                InboundMail.decided_at > now - LATELY,
            )
            .order_by(InboundMail.decided_at.desc(), InboundMail.id.desc())
            .limit(SHOWN)
            .options(defer(InboundMail.raw), member.joinedload(Member.delegation))
            .options(joinedload(InboundMail.event))
        )
    )

"""Mail that came in: what waits for an organiser or for staff, and all of it for the terminal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer, joinedload

from events_service.model import (
    City,
    Delegation,
    Event,
    InboundMail,
    Invitation,
    Member,
    TimeProposal,
)
from events_service.model.inbox import Door, Outcome
from events_service.model.registration import ParticipationStatus


def held_mails(session: Session, event_ids: Collection[int]) -> list[InboundMail]:
    """Mails about these events that wait for a person, the oldest first, without their bytes."""
    waiting = _waiting().where(InboundMail.event_id.in_(event_ids))
    return list(session.scalars(waiting.options(joinedload(InboundMail.event))))


def unmatched_mails(session: Session) -> list[InboundMail]:
    """Mails that wait for a person and are about no event that we know: for staff."""
    return list(session.scalars(_waiting().where(InboundMail.event_id.is_(None))))


def _waiting() -> Select[InboundMail]:
    member = joinedload(InboundMail.invitation).joinedload(Invitation.member)
    return (
        select(InboundMail)
        .where(InboundMail.outcome.in_(("review", "quarantined")), InboundMail.decided_at.is_(None))
        .order_by(InboundMail.id)
        .options(defer(InboundMail.raw), member.joinedload(Member.delegation))
    )


def open_proposals(session: Session, event_id: int) -> list[TimeProposal]:
    """Other times that were proposed and wait for a decision, the oldest first."""
    member = joinedload(TimeProposal.invitation).joinedload(Invitation.member)
    return list(
        session.scalars(
            select(TimeProposal)
            .where(TimeProposal.event_id == event_id, TimeProposal.state == "open")
            .order_by(TimeProposal.id)
            .options(member.joinedload(Member.delegation))
        )
    )


@dataclass(frozen=True)
class Invitee:
    name: str
    address: str
    city: str


@dataclass(frozen=True)
class InboundListed:
    """One mail and what it came to; `outcome` None: no worker has read it yet."""

    id: int
    digest: str  # SHA-256 of its bytes
    received_at: datetime
    door: Door
    outcome: Outcome | None
    reason: str
    sender: str | None
    subject: str | None
    message_id: str | None
    event: str | None  # slug
    invitee: Invitee | None
    participation: ParticipationStatus | None  # after it


def inbox_listed(session: Session, mail_id: int | None = None) -> list[InboundListed]:
    """Every mail, or that one, the first that came first."""
    listed = (
        select(
            InboundMail.id,
            InboundMail.digest,
            InboundMail.received_at,
            InboundMail.door,
            InboundMail.outcome,
            InboundMail.reason,
            InboundMail.sender,
            InboundMail.subject,
            InboundMail.message_id,
            Event.slug.label("event"),
            InboundMail.partstat.label("participation"),
            Member.name,
            Member.address,
            City.name.label("city"),
        )
        .outerjoin(Event, Event.id == InboundMail.event_id)
        .outerjoin(Invitation, Invitation.id == InboundMail.invitation_id)
        .outerjoin(Member, Member.id == Invitation.member_id)
        .outerjoin(Delegation, Delegation.id == Member.delegation_id)
        .outerjoin(City, City.id == Delegation.city_id)
        .order_by(InboundMail.id)
    )
    if mail_id is not None:
        listed = listed.where(InboundMail.id == mail_id)
    return [_listed(dict(row)) for row in session.execute(listed).mappings()]


def _listed(row: dict[str, object]) -> InboundListed:
    person = {field: row.pop(field) for field in ("name", "address", "city")}
    invitee = Invitee(**person) if person["name"] is not None else None  # type: ignore[arg-type]
    return InboundListed(**row, invitee=invitee)  # type: ignore[arg-type]

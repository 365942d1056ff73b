"""Mail that came in: what waits for an organiser or for staff, and all of it for the terminal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
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
from events_service.model.inbox import Decision, Door, Outcome, held_for_a_person
from events_service.model.registration import ParticipationStatus

ON_A_PAGE = 100
MOST_LISTED = 1000
ISO_DATE = len("2027-06-01")  # claims may tell the moment at which a day begins


def held_mails(session: Session, event_ids: Collection[int]) -> list[InboundMail]:
    """The oldest hundred mails about these events that wait for a person, without their bytes."""
    waiting = _waiting().where(InboundMail.event_id.in_(event_ids)).order_by(InboundMail.id)
    return list(session.scalars(waiting.options(joinedload(InboundMail.event))))


def unmatched_mails(session: Session) -> list[InboundMail]:
    """The newest hundred mails that wait for a person and are about no event that we know, since
    anybody may send such mail: for staff."""
    waiting = _waiting().where(InboundMail.event_id.is_(None)).order_by(InboundMail.id.desc())
    return list(session.scalars(waiting))


def held_beyond(session: Session, event_id: int | None, shown: Sequence[InboundMail]) -> int:
    """How many mails of the event (None: of no event) wait besides those `shown` of them."""
    if len(shown) < ON_A_PAGE:
        return 0
    about = InboundMail.event_id.is_not_distinct_from(event_id)
    waiting = select(func.count()).select_from(InboundMail).where(held_for_a_person(), about)
    return (session.scalar(waiting) or 0) - len(shown)


def _waiting() -> Select[InboundMail]:
    member = joinedload(InboundMail.invitation).joinedload(Invitation.member)
    return (
        select(InboundMail)
        .where(held_for_a_person())
        .limit(ON_A_PAGE)
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
    day: str | None  # ISO; of several, the one that it answers for
    decision: Decision | None  # of a person, about one that was held


def inbox_listed(session: Session, mail_id: int | None = None) -> list[InboundListed]:
    """The newest thousand mails, or that one, the first that came first."""
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
            func.left(InboundMail.claims["day"].astext, ISO_DATE).label("day"),
            InboundMail.decision,
            Member.name,
            Member.address,
            City.name.label("city"),
        )
        .outerjoin(Event, Event.id == InboundMail.event_id)
        .outerjoin(Invitation, Invitation.id == InboundMail.invitation_id)
        .outerjoin(Member, Member.id == Invitation.member_id)
        .outerjoin(Delegation, Delegation.id == Member.delegation_id)
        .outerjoin(City, City.id == Delegation.city_id)
        .order_by(InboundMail.id.desc())
        .limit(MOST_LISTED)
    )
    if mail_id is not None:
        listed = listed.where(InboundMail.id == mail_id)
    newest_first = session.execute(listed).mappings().all()
    return [_listed(dict(row)) for row in reversed(newest_first)]


def came_in(session: Session) -> int:
    """How many mails have come in."""
    return session.scalar(select(func.count()).select_from(InboundMail)) or 0


def _listed(row: dict[str, object]) -> InboundListed:
    person = {field: row.pop(field) for field in ("name", "address", "city")}
    invitee = Invitee(**person) if person["name"] is not None else None  # type: ignore[arg-type]
    return InboundListed(**row, invitee=invitee)  # type: ignore[arg-type]

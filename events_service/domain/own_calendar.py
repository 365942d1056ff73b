"""What a person's own calendar shows: what they were invited to, as each invitation says it."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from events_service.domain.feeds import identity_of
from events_service.domain.recipients import language_of
from events_service.domain.snapshot import event_facts, invitation_facts, person_facts
from events_service.itip.feeds import FeedEntry
from events_service.letters.calendar import entry_of
from events_service.letters.sender import Sender
from events_service.model import City, Delegation, Event, Invitation, Member
from events_service.translation import speaking

Fingerprint = tuple[Any, ...]

_STATE = (
    select(
        func.count(Invitation.id),
        func.sum(Invitation.sequence),
        func.max(Invitation.changed_at),
        func.max(Invitation.answered_at),
        func.sum(Event.revision),
        func.max(func.coalesce(Member.language, City.language)),
    )
    .join(Member, Member.id == Invitation.member_id)
    .join(Delegation, Delegation.id == Member.delegation_id)
    .join(Event, Event.id == Delegation.event_id)
    .join(City, City.id == Delegation.city_id)
)
_INVITATIONS = (
    select(Invitation)
    .order_by(Invitation.id)
    .options(
        joinedload(Invitation.member, innerjoin=True)
        .joinedload(Member.delegation, innerjoin=True)
        .joinedload(Delegation.event, innerjoin=True)
        .selectinload(Event.sessions)
    )
)


def members_of_identity(session: Session, identity: str) -> list[int]:
    """Numbers of the rows, over all workshops, that are this person (`feeds.identity_of`)."""
    address = identity.partition("\n")[0]
    found = session.scalars(select(Member).where(func.lower(Member.address) == address))
    return sorted(one.id for one in found if identity_of(one) == identity)


def invited_fingerprint(session: Session, members: Sequence[int]) -> Fingerprint:
    """What the calendar of these members is made from."""
    return (*members, *session.execute(_STATE.where(Member.id.in_(members))).one())


def invited_entries(
    session: Session, members: Sequence[int], sender: Sender, *, only_standing: bool = False
) -> list[FeedEntry]:
    """One entry for each invitation, with its own UID and SEQUENCE, in the order they were made;
    those that were cancelled stay as such, unless `only_standing`."""
    chosen: list[ColumnElement[bool]] = [Invitation.member_id.in_(members)]
    if only_standing:
        chosen.append(Invitation.cancelled_at.is_(None))
    found: Iterable[Invitation] = session.scalars(_INVITATIONS.where(*chosen))
    return [_entry(one, sender) for one in found]


def _entry(invitation: Invitation, sender: Sender) -> FeedEntry:
    """Who answers can be seen in no feed; but what a person declined blocks no time of theirs."""
    member = invitation.member
    facts = invitation_facts(invitation, invitation.changed_at)
    event = member.delegation.event
    changes = invitation.changed_at, invitation.answered_at, event.calendar_changed_at
    with speaking(language_of(member)):
        entry = entry_of(event_facts(event), person_facts(member), facts, sender)
    return FeedEntry(
        uid=entry.uid,
        sequence=entry.sequence,
        stamped_at=invitation.changed_at,
        changed_at=max(one for one in changes if one is not None),
        summary=entry.summary,
        run=entry.run,
        zone=entry.zone,
        description=entry.description,
        location=entry.location,
        url=entry.url,
        status="CONFIRMED" if invitation.cancelled_at is None else "CANCELLED",
        blocks=invitation.partstat != "DECLINED",
    )

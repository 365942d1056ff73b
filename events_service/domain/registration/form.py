"""What a city types, and when it may: the draft, and whether registration is open."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from events_service.domain.refusals import Conflict
from events_service.domain.registration.draft import DelegationDraft, PersonDraft, Problem, check
from events_service.domain.registration.taking_up import take_up
from events_service.domain.scheduling.local_time import days_between
from events_service.model import CityInvitation, Delegation, Event, Member


class RegistrationClosed(Conflict):
    """The event takes no registrations: closed, cancelled or not published."""


def days_of(event: Event) -> list[date]:
    return days_between(event.starts_on, event.ends_on)


def closed_because(event: Event, now: datetime) -> str | None:
    """Why nobody can register now, in words; None when registration is open."""
    if event.cancelled_at is not None:
        return "This workshop was cancelled."
    if event.published_at is None:
        return "Registration for this workshop has not opened."
    if now >= event.registration_closes_at:
        return "Registration for this workshop has closed. Write to the secretariat for changes."
    return None


def members_of(delegation: Delegation) -> list[Member]:
    """The people it consists of now, the lead first."""
    standing = (member for member in delegation.members if member.removed_at is None)
    return sorted(standing, key=lambda member: member.position)


def draft_of(city_invitation: CityInvitation) -> DelegationDraft:
    """What the form shows: what was typed, else the people who stand, else one empty person."""
    delegation = city_invitation.delegation
    if delegation is not None and delegation.draft is not None:
        return DelegationDraft.from_json(delegation.draft)
    if delegation is not None and members_of(delegation):
        return draft_from(delegation.contact_address, members_of(delegation))
    empty = PersonDraft(days=tuple(days_of(city_invitation.event)))
    return DelegationDraft(city_invitation.address, (empty,))


def draft_from(contact_address: str, members: list[Member]) -> DelegationDraft:
    return DelegationDraft(
        contact_address,
        tuple(
            PersonDraft(
                one.name,
                one.role,
                one.address,
                one.assistant_address or "",
                tuple(one.days),
                one.id,
                tuple(one.session_ids) if one.session_ids is not None else None,
            )
            for one in members
        ),
    )


def save_draft(
    session: Session, city_invitation: CityInvitation, draft: DelegationDraft, *, now: datetime
) -> Delegation:
    """Keep what was typed, complete or not. Nobody is written to."""
    take_up(city_invitation, now=now)
    delegation = city_invitation.delegation
    if delegation is None:
        delegation = Delegation(
            city_invitation=city_invitation,
            event=city_invitation.event,
            city=city_invitation.city,
            contact_address=city_invitation.address,
            started_at=now,
        )
        session.add(delegation)
    delegation.draft = draft.as_json()
    session.flush()
    return delegation


def problems_of(city_invitation: CityInvitation, draft: DelegationDraft) -> list[Problem]:
    event = city_invitation.event
    return check(
        draft,
        event_days=days_of(event),
        seats=city_invitation.seats,
        sessions=[one.id for one in event.sessions],
    )

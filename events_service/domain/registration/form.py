"""What a city types, and when it may: the draft, and whether registration is open."""

from datetime import date, datetime

from events_service.domain.refusals import Conflict
from events_service.domain.registration.checking import check
from events_service.domain.registration.draft import DelegationDraft, PersonDraft, Problem
from events_service.domain.registration.untold import is_told
from events_service.domain.scheduling.local_time import days_between
from events_service.model import CityInvitation, Delegation, Event, Member
from events_service.translation import gettext as _


class RegistrationClosed(Conflict):
    """The event takes no registrations: closed, cancelled or not published."""


def days_of(event: Event) -> list[date]:
    return days_between(event.starts_on, event.ends_on)


def closed_because(event: Event, now: datetime) -> str | None:
    """Why nobody can register now, in words; None when registration is open."""
    if event.cancelled_at is not None:
        return _("This workshop was cancelled.")
    if event.published_at is None:
        return _("Registration for this workshop has not opened.")
    if now >= event.registration_closes_at:
        return _("Registration for this workshop has closed. Write to the secretariat for changes.")
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
                is_elected=one.is_elected,
            )
            for one in members
        ),
    )


def places_of(city_invitation: CityInvitation, delegation: Delegation | None) -> int:
    """How many people the city may name now: of a delegation that waits and was offered some
    places, as many as these."""
    if delegation is not None and delegation.offered_seats and is_told(delegation):
        return delegation.offered_seats
    return city_invitation.seats


def asks_who_was_elected(city_invitation: CityInvitation) -> bool:
    """Whether each person says if they were elected: the city has places for those who were, or
    the event keeps some for practitioners."""
    kept_for = {one.kind for one in city_invitation.event.quotas}
    return city_invitation.seats_elected > 0 or "practitioners" in kept_for


def problems_of(
    city_invitation: CityInvitation, draft: DelegationDraft, *, places: int | None = None
) -> list[Problem]:
    """`places`: of places_of(), where the caller has them at hand."""
    event = city_invitation.event
    if places is None:
        places = places_of(city_invitation, city_invitation.delegation)
    offered = places != city_invitation.seats
    return check(
        draft,
        event_days=days_of(event),
        seats=places,
        # Of part of its places, the city itself chooses who comes.
        seats_elected=0 if offered else city_invitation.seats_elected,
        ask_elected=asks_who_was_elected(city_invitation),
        sessions=[one.id for one in event.sessions],
        offered=offered,
    )

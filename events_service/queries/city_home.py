"""What a city sees of itself once somebody has signed in for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_service.model import (
    Attendance,
    CityInvitation,
    Contact,
    Delegation,
    Event,
    Member,
    Onboarding,
    Particulars,
    Practice,
    Spotlight,
)
from events_service.model.first_letters import first_letter
from events_service.queries.city_state import CityStanding, city_standing
from events_service.queries.city_to_check import DraftAbout, drafts_about, open_spotlights
from events_service.queries.public import reported
from events_service.queries.standing import ends_at


@dataclass(frozen=True)
class CityEvent:
    """An event that the city was asked to, and whom it named: those who come, or came. Without an
    invitation it hosts the event, or was there before cities were invited here."""

    event: Event
    invitation: CityInvitation | None = None
    standing: CityStanding | None = None
    people: tuple[Member, ...] = ()


@dataclass(frozen=True)
class CityHome:
    """`coming`: the next first; `past`: the last first. `told`: members who have told what they
    are asked about themselves."""

    coming: Sequence[CityEvent]
    past: Sequence[CityEvent]
    reports: Sequence[Event]  # events that the city was at, with a published report
    practices: Sequence[Practice]
    onboarding: Onboarding | None
    contacts: Sequence[Contact]
    told: frozenset[int]
    drafts: Sequence[DraftAbout]
    spotlights: Sequence[Spotlight]


def city_home(session: Session, city_id: int, *, now: datetime) -> CityHome:
    """All of a city, as its focal points see it."""
    contacts = select(Contact).where(Contact.city_id == city_id).order_by(Contact.id)
    onboarding = select(Onboarding).where(Onboarding.city_id == city_id)
    return CityHome(
        *_by_time(_all_events(session, city_id), now),
        reports=_reports(session, city_id),
        practices=session.scalars(_practices(city_id)).all(),
        onboarding=session.scalar(onboarding.options(selectinload(Onboarding.tasks))),
        contacts=session.scalars(contacts).all(),
        told=_told(session, city_id),
        drafts=drafts_about(session, city_id),
        spotlights=open_spotlights(session, city_id),
    )


def registered_by(session: Session, city_id: int, address: str, *, now: datetime) -> CityHome:
    """What somebody sees who registered delegations of the city: those, and what is public."""
    public = _practices(city_id).where(Practice.published_at.is_not(None))
    return CityHome(
        *_by_time(_events(session, city_id, address), now),
        reports=_reports(session, city_id),
        practices=session.scalars(public).all(),
        onboarding=None,
        contacts=(),
        told=_told(session, city_id),
        drafts=(),
        spotlights=(),
    )


def _told(session: Session, city_id: int) -> frozenset[int]:
    complete = (
        select(Particulars.member_id)
        .join(Delegation, Delegation.id == Particulars.delegation_id)
        .where(Delegation.city_id == city_id, Particulars.completed_at.is_not(None))
    )
    return frozenset(one for one in session.scalars(complete) if one is not None)


def _practices(city_id: int) -> Select[Practice]:
    return select(Practice).where(Practice.city_id == city_id).order_by(Practice.id)


def _by_time(
    events: Sequence[CityEvent], now: datetime
) -> tuple[Sequence[CityEvent], Sequence[CityEvent]]:
    ahead = [one for one in events if now < ends_at(one.event)]
    return ahead, [one for one in reversed(events) if one not in ahead]


def _all_events(session: Session, city_id: int) -> list[CityEvent]:
    """In the order of their days: those it was asked to, those it hosts and those it was at."""
    asked = _events(session, city_id, None)
    others = session.scalars(
        select(Event).where(
            or_(Event.city_id == city_id, Event.id.in_(_attended(city_id))),
            Event.published_at.is_not(None),
            Event.id.not_in([one.event.id for one in asked]),
        )
    )
    found = [*asked, *map(CityEvent, others)]
    return sorted(found, key=lambda one: (one.event.starts_on, one.event.id))


def _attended(city_id: int) -> Select[int]:
    return select(Attendance.event_id).where(Attendance.city_id == city_id)


def _events(session: Session, city_id: int, registrant: str | None) -> list[CityEvent]:
    """Those that the city knows of, in the order of their days; with an address only those that it
    registered."""
    asked = (
        select(CityInvitation)
        .join(Event, Event.id == CityInvitation.event_id)
        .outerjoin(Delegation, Delegation.city_invitation_id == CityInvitation.id)
        .where(CityInvitation.city_id == city_id, first_letter() == "gone")
        .options(
            joinedload(CityInvitation.event),
            joinedload(CityInvitation.delegation).selectinload(Delegation.members),
        )
        .order_by(Event.starts_on, Event.id)
    )
    if registrant is not None:
        asked = asked.where(
            func.lower(Delegation.contact_address) == registrant.lower(),
            Delegation.state != "draft",
        )
    return [_line(one) for one in session.scalars(asked).unique()]


def _line(invitation: CityInvitation) -> CityEvent:
    members = invitation.delegation.members if invitation.delegation else []
    people = tuple(one for one in members if one.removed_at is None)
    return CityEvent(invitation.event, invitation, city_standing(invitation), people)


def _reports(session: Session, city_id: int) -> list[Event]:
    attended = session.scalars(
        select(Event)
        .where(
            Event.id.in_(_attended(city_id)),
            Event.published_at.is_not(None),
        )
        .order_by(Event.starts_on.desc(), Event.id)
    ).all()
    published = reported(session, [event.id for event in attended])
    return [event for event in attended if event.id in published]

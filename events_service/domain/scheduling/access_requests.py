"""Addresses that ask to register: an organiser says for which city they speak, or settles it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.scheduling.city_invitations import invite_cities, readdress
from events_service.domain.scheduling.invitees import Invitee
from events_service.model import AccessRequest, City, CityInvitation, Event


def invite_requester(
    session: Session,
    settings: Settings,
    request: AccessRequest,
    event: Event,
    city: City,
    *,
    addressee: str,
    now: datetime,
) -> CityInvitation:
    """Settle a request: the address speaks for this city. Where the city was asked already, its
    invitation is readdressed, so that there is one link a city."""
    invitee = Invitee(city.id, request.address, addressee, event.seats_per_city)
    made = invite_cities(session, settings, event, [invitee], now=now)
    invitation = session.scalars(
        select(CityInvitation).where(
            CityInvitation.event_id == event.id, CityInvitation.city_id == city.id
        )
    ).one()
    if not made:
        readdress(session, settings, invitation, request.address, addressee, now=now)
    dismiss_request(session, request, now=now)
    return invitation


def dismiss_request(session: Session, request: AccessRequest, *, now: datetime) -> None:
    """Settle a request without an invitation. The address is not told."""
    if request.settled_at is None:
        request.settled_at = now
        session.flush()

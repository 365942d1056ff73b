"""The cities of an event, those that were asked and members of the network that were not."""

from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from events_service.alphabet import alphabetical
from events_service.model import City, CityInvitation, Event
from events_service.queries.city_state import CityState, city_standing

ORDER: tuple[CityState, ...] = get_args(CityState)


@dataclass(frozen=True)
class CityLine:
    """`since`: when it came to be so; None for a city that was not asked."""

    city: City
    invitation: CityInvitation | None
    state: CityState
    since: datetime | None


def cities_of_event(session: Session, event: Event) -> list[CityLine]:
    """By state, in the order in which cities pass through them, then by name. Two queries."""
    asked = session.scalars(
        select(CityInvitation)
        .where(CityInvitation.event_id == event.id)
        .options(joinedload(CityInvitation.delegation))
    ).all()
    known = [one.city_id for one in asked]
    others = session.scalars(select(City).where(City.joined_at.is_not(None), City.id.not_in(known)))
    lines = [_line(one.city, one) for one in asked] + [_line(city, None) for city in others]
    return sorted(lines, key=lambda one: (ORDER.index(one.state), alphabetical(one.city.name)))


def _line(city: City, invitation: CityInvitation | None) -> CityLine:
    standing = city_standing(invitation)
    return CityLine(city, invitation, standing.state, standing.since)

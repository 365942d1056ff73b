"""The cities of an event, those that were asked and members of the network that were not."""

from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from events_service.alphabet import alphabetical
from events_service.model import City, CityInvitation, Event
from events_service.model.first_letters import FirstLetter, first_letter
from events_service.queries.city_state import CityState, city_standing

ORDER: tuple[CityState, ...] = get_args(CityState)


@dataclass(frozen=True)
class CityLine:
    """`since`: when it came to be so; None for a city that is not invited yet. Its letter may wait
    in the outbox (`letter_waits`), or was left out there."""

    city: City
    invitation: CityInvitation | None
    state: CityState
    since: datetime | None
    letter_waits: bool = False


def cities_of_event(session: Session, event: Event) -> list[CityLine]:
    """By state, in the order in which cities pass through them, then by name. Two queries."""
    asked = session.execute(
        select(CityInvitation, first_letter())
        .where(CityInvitation.event_id == event.id)
        .options(joinedload(CityInvitation.delegation))
    ).all()
    known = [one.city_id for one, _letter in asked]
    others = session.scalars(select(City).where(City.joined_at.is_not(None), City.id.not_in(known)))
    lines = [_line(one.city, one, letter) for one, letter in asked]
    lines += [_line(city, None, "left_out") for city in others]
    return sorted(lines, key=lambda one: (ORDER.index(one.state), alphabetical(one.city.name)))


def _line(city: City, invitation: CityInvitation | None, letter: FirstLetter) -> CityLine:
    standing = city_standing(invitation, letter)
    return CityLine(city, invitation, standing.state, standing.since, letter == "waits")

"""Lists for organisers: their series with all events, and whom and where they choose from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from events_service.alphabet import alphabetical
from events_service.model import (
    AccessRequest,
    City,
    CityInvitation,
    Delegation,
    Event,
    Organisation,
    Series,
)
from events_service.model.first_letters import first_letter
from events_service.queries.counting import counted
from events_service.queries.standing import ends_at


@dataclass(frozen=True)
class EventLine:
    """An event in a list. `invited`: cities that were written to; `registered`: delegations that
    are confirmed."""

    event: Event
    invited: int
    registered: int


@dataclass(frozen=True)
class SeriesCourse:
    series: Series
    events: list[EventLine]
    ahead: bool  # an event that is not over, or none yet


def courses(session: Session, series_ids: Collection[int], *, now: datetime) -> list[SeriesCourse]:
    """The series with their events in order of days, those with something ahead first."""
    found = session.scalars(
        select(Series).where(Series.id.in_(series_ids)).options(selectinload(Series.events))
    ).all()
    invited = counted(
        session,
        select(CityInvitation.event_id, func.count())
        .where(first_letter() == "gone")
        .group_by(CityInvitation.event_id),
    )
    registered = counted(
        session,
        select(Delegation.event_id, func.count())
        .where(Delegation.state == "confirmed")
        .group_by(Delegation.event_id),
    )
    lines = [
        SeriesCourse(
            series,
            [
                EventLine(event, invited.get(event.id, 0), registered.get(event.id, 0))
                for event in series.events
            ],
            not series.events or any(now < ends_at(event) for event in series.events),
        )
        for series in found
    ]
    return sorted(lines, key=_latest_first, reverse=True)


def _latest_first(course: SeriesCourse) -> tuple[bool, str, int]:
    first = str(course.events[0].event.starts_on) if course.events else "9999"
    return course.ahead, first, course.series.id


def all_cities(session: Session) -> list[City]:
    """Every city with its contacts, by name, members first."""
    return sorted(cities_by_name(session), key=lambda city: city.joined_at is None)


def cities_by_name(session: Session) -> list[City]:
    """Every city with its contacts."""
    found = session.scalars(select(City).options(selectinload(City.contacts))).all()
    return sorted(found, key=lambda city: alphabetical(city.name))


def all_organisations(session: Session) -> list[Organisation]:
    found = session.scalars(select(Organisation)).all()
    return sorted(found, key=lambda one: alphabetical(one.name))


def invited_city_ids(session: Session, event_id: int) -> set[int]:
    """Cities that were written to, or whose letter waits in the outbox."""
    asked = select(CityInvitation.city_id).where(
        CityInvitation.event_id == event_id, first_letter() != "left_out"
    )
    return set(session.scalars(asked))


def open_requests(session: Session, event_id: int) -> list[AccessRequest]:
    """Addresses that asked to register and wait for a decision, the earliest first."""
    return list(
        session.scalars(
            select(AccessRequest)
            .where(AccessRequest.event_id == event_id, AccessRequest.settled_at.is_(None))
            .order_by(AccessRequest.asked_at, AccessRequest.id)
        )
    )

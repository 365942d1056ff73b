"""All cities that the network knows, members or not, in four queries however many they are."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.model import Attendance, City, CityInvitation, Contact, Event
from events_service.model.first_letters import first_letter


@dataclass(frozen=True)
class FocalPoint:
    name: str
    role: str
    address: str


@dataclass(frozen=True)
class NetworkCity:
    """`invited_on`, `attended_on`: when it was asked last, and the last day that somebody came."""

    city_id: int
    name: str
    subdivision: str | None
    country: str  # ISO 3166-1 alpha-2
    latitude: float
    longitude: float
    timezone: str
    language: str | None  # of letters, ISO 639-1; None: not known
    member_since: date | None  # UTC; None: no member
    focal_points: tuple[FocalPoint, ...]
    invited_on: date | None  # UTC
    attended_on: date | None  # local


def cities_of_network(session: Session, series_ids: Collection[int]) -> list[NetworkCity]:
    """`series_ids`: those whose workshops count for when a city was invited and attended."""
    focal_points = _focal_points(session)
    invited, attended = _invited(session, series_ids), _attended(session, series_ids)
    rows = session.execute(
        select(
            City.id,
            City.name,
            City.subdivision,
            City.country,
            City.latitude,
            City.longitude,
            City.timezone,
            City.language,
            City.joined_at,
        ).order_by(City.id)
    )
    return [
        NetworkCity(
            city_id=row.id,
            name=row.name,
            subdivision=row.subdivision,
            country=row.country,
            latitude=row.latitude,
            longitude=row.longitude,
            timezone=row.timezone,
            language=row.language,
            member_since=row.joined_at.astimezone(UTC).date() if row.joined_at else None,
            focal_points=tuple(focal_points[row.id]),
            invited_on=invited.get(row.id),
            attended_on=attended.get(row.id),
        )
        for row in rows
    ]


def _focal_points(session: Session) -> dict[int, list[FocalPoint]]:
    found: dict[int, list[FocalPoint]] = defaultdict(list)
    asked = select(Contact.city_id, Contact.name, Contact.role, Contact.address)
    for city_id, name, role, address in session.execute(asked.order_by(Contact.id)):
        found[city_id].append(FocalPoint(name, role, address))
    return found


def _invited(session: Session, series_ids: Collection[int]) -> dict[int, date]:
    asked = (
        select(CityInvitation.city_id, func.max(CityInvitation.invited_at))
        .join(Event, Event.id == CityInvitation.event_id)
        .where(Event.series_id.in_(series_ids), first_letter() == "gone")
        .group_by(CityInvitation.city_id)
    )
    return {city_id: at.astimezone(UTC).date() for city_id, at in session.execute(asked)}


def _attended(session: Session, series_ids: Collection[int]) -> dict[int, date]:
    days = (
        select(Attendance.city_id, func.unnest(Attendance.days).label("day"))
        .join(Event, Event.id == Attendance.event_id)
        .where(Event.series_id.in_(series_ids), Attendance.city_id.is_not(None))
        .subquery()
    )
    asked = select(days.c.city_id, func.max(days.c.day)).group_by(days.c.city_id)
    return {row[0]: row[1] for row in session.execute(asked)}

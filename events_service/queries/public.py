"""What visitors read of series and reports: what is published. Read-only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session, selectinload

from events_service.model import (
    Attendance,
    City,
    Event,
    Onboarding,
    Report,
    ReportVersion,
    Series,
)


@dataclass(frozen=True)
class Turnout:
    """How many cities were at an event, and how many of them met the network there."""

    cities: int
    new: int


def published_in(session: Session, series_id: int) -> list[Event]:
    """The events of a series that visitors may see, in order of their dates."""
    return list(
        session.scalars(
            select(Event)
            .where(Event.series_id == series_id, Event.published_at.is_not(None))
            .options(selectinload(Event.partners))
            .order_by(Event.starts_on, Event.id)
        )
    )


def published_series(session: Session) -> list[Series]:
    """Series in which something is published, that with the latest event first."""
    return list(
        session.scalars(
            select(Series)
            .join(Event)
            .where(Event.published_at.is_not(None))
            .group_by(Series.id)
            .order_by(func.max(Event.starts_on).desc(), Series.id.desc())
        )
    )


def hosts(session: Session, series_ids: Collection[int]) -> dict[int, list[str]]:
    """Names of the host cities of several series, in order of their published events."""
    found = session.execute(
        select(Event.series_id, City.name)
        .join(City, City.id == Event.city_id)
        .where(Event.series_id.in_(series_ids), Event.published_at.is_not(None))
        .order_by(Event.starts_on, Event.id)
    )
    names: dict[int, list[str]] = {number: [] for number in series_ids}
    for series_id, name in found:
        if name not in names[series_id]:
            names[series_id].append(name)
    return names


def _newest_versions() -> Subquery:
    """Per event with a published report: when its newest version came out."""
    return (
        select(Report.event_id, func.max(ReportVersion.published_at).label("published_at"))
        .join(ReportVersion, ReportVersion.report_id == Report.id)
        .group_by(Report.event_id)
        .subquery()
    )


def reported(session: Session, event_ids: Collection[int]) -> set[int]:
    """Which of these events have a published report."""
    newest = _newest_versions()
    return set(session.scalars(select(newest.c.event_id).where(newest.c.event_id.in_(event_ids))))


def reports(session: Session) -> list[tuple[Event, datetime]]:
    """Events with a published report and when its newest version came out, newest first."""
    newest = _newest_versions()
    found = session.execute(
        select(Event, newest.c.published_at)
        .join(newest, newest.c.event_id == Event.id)
        .order_by(newest.c.published_at.desc())
    )
    return [(event, published_at) for event, published_at in found]


def turnouts(session: Session, event_ids: Collection[int]) -> dict[int, Turnout]:
    """How many cities attended each event, where attendance is recorded."""
    newcomer = Onboarding.introduced_at_event_id == Attendance.event_id
    found = session.execute(
        select(
            Attendance.event_id,
            func.count(Attendance.city_id.distinct()),
            func.count(Onboarding.city_id.distinct()),
        )
        .outerjoin(Onboarding, (Onboarding.city_id == Attendance.city_id) & newcomer)
        .where(Attendance.event_id.in_(event_ids), Attendance.city_id.is_not(None))
        .group_by(Attendance.event_id)
    )
    return {event_id: Turnout(cities, new) for event_id, cities, new in found}


def cities_taking_part(session: Session) -> list[City]:
    """Cities that were at a workshop, for the small points of a map."""
    there = select(Attendance.city_id).distinct()
    return list(session.scalars(select(City).where(City.id.in_(there)).order_by(City.id)))

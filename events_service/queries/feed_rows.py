"""Events as calendar entries: plain rows, and hours reduced to each day's by the database, since a
feed may hold thousands."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from events_service.itip.days import Hours, hours_of_day, like_days
from events_service.itip.feeds import FeedEntry, FeedStatus
from events_service.letters.calendar import summary
from events_service.letters.happening import where
from events_service.letters.sender import Sender
from events_service.model import AgendaSession, City, Event

CHANGED_AT = func.greatest(Event.calendar_changed_at, Event.published_at, Event.cancelled_at)
STATE = (  # changes with every change of events, also with seats, which feeds don't tell of
    func.count(Event.id),
    func.sum(Event.revision),
    func.max(Event.calendar_changed_at),
    func.count(Event.cancelled_at),
)
_EVENTS = select(
    Event.id,
    Event.slug,
    Event.programme,
    Event.title,
    Event.summary,
    Event.venue,
    Event.venue_address,
    City.name.label("city"),
    City.country,
    Event.timezone,
    Event.starts_on,
    Event.ends_on,
    Event.calendar_sequence,
    CHANGED_AT.label("changed_at"),
    Event.published_at.is_(None).label("draft"),
    Event.cancelled_at.is_not(None).label("cancelled"),
).join(City, City.id == Event.city_id)
_DAYS = (
    select(
        AgendaSession.event_id,
        AgendaSession.held_on,
        func.min(AgendaSession.starts),
        func.max(AgendaSession.ends),
        func.max(AgendaSession.fold),
    )
    .join(Event, Event.id == AgendaSession.event_id)
    .group_by(AgendaSession.event_id, AgendaSession.held_on)
)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

EventRow = Row[*tuple[Any, ...]]
DayHours = dict[date, Hours]


@dataclass(frozen=True)
class Audience:
    """Whom a feed is for: `describe` writes an event's description for them, given its public
    page (none of a draft); drafts that nobody has changed are dated `drafts_at`."""

    sender: Sender
    describe: Callable[[EventRow, str], str]
    drafts_at: datetime = LONG_AGO


def entries_for(
    session: Session, audience: Audience, *chosen: ColumnElement[bool]
) -> list[FeedEntry]:
    """The events that are `chosen`, by day: an entry for each run of like days."""
    hours = _hours(session, chosen)
    rows = session.execute(_EVENTS.where(*chosen).order_by(Event.starts_on, Event.id))
    return [entry for row in rows for entry in _entries(row, hours.get(row.id, {}), audience)]


def _entries(row: EventRow, hours: DayHours, audience: Audience) -> Iterable[FeedEntry]:
    """UIDs are derived, so that they stay; those of invitations are nobody else's to know."""
    length = (row.ends_on - row.starts_on).days + 1
    days = [row.starts_on + timedelta(days=number) for number in range(length)]
    status: FeedStatus = "CANCELLED" if row.cancelled else "TENTATIVE" if row.draft else "CONFIRMED"
    changed_at = row.changed_at or audience.drafts_at
    page = "" if row.draft else f"{audience.sender.public_url}/events/{quote(row.slug)}"
    description = audience.describe(row, page)
    location = ", ".join(where(row.venue, row.venue_address, row.city, row.country))
    for number, run in enumerate(like_days(days, hours), 1):
        yield FeedEntry(
            uid=f"event-{row.id}-{number}@{audience.sender.mail_domain}",
            sequence=row.calendar_sequence,
            stamped_at=changed_at,
            changed_at=changed_at,
            summary=summary(row.title, row.city),
            run=run,
            zone=row.timezone,
            description=description,
            location=location,
            url=page,
            status=status,
        )


def _hours(session: Session, chosen: Collection[ColumnElement[bool]]) -> dict[int, DayHours]:
    """By event and day. Events with a session at the second of two equal times are read again
    session by session, since the database's least and greatest time know nothing of that."""
    found: dict[int, DayHours] = {}
    twice: set[int] = set()
    for event_id, day, starts, ends, fold in session.execute(_DAYS.where(*chosen)):
        found.setdefault(event_id, {})[day] = Hours(starts, ends)
        if fold:
            twice.add(event_id)
    return found | _hours_of_each(session, twice)


def _hours_of_each(session: Session, event_ids: Collection[int]) -> dict[int, DayHours]:
    if not event_ids:
        return {}
    sessions = session.scalars(
        select(AgendaSession)
        .where(AgendaSession.event_id.in_(event_ids))
        .order_by(AgendaSession.held_on, AgendaSession.starts, AgendaSession.id)
    ).all()
    return {
        number: hours_of_day(one for one in sessions if one.event_id == number)
        for number in event_ids
    }

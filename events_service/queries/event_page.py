"""What one event's page is made of. The statements are built once: the page is read a lot."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, tuple_
from sqlalchemy.orm import Session, aliased, selectinload

from events_service.model import City, Event, Lineage, Report, ReportVersion

# What tells that a page is out of date: revision, whether cancelled, newest report version.
Fingerprint = tuple[int, bool, int | None]

_earlier = aliased(Event)
_NEWEST_REPORT = (
    select(func.max(ReportVersion.id))
    .join(Report, Report.id == ReportVersion.report_id)
    .where(Report.event_id == Event.id)
    .correlate(Event)
    .scalar_subquery()
)
_POSITION = (
    select(func.count())
    .where(
        _earlier.series_id == Event.series_id,
        _earlier.published_at.is_not(None),
        tuple_(_earlier.starts_on, _earlier.id) <= tuple_(Event.starts_on, Event.id),
    )
    .correlate(Event)
    .scalar_subquery()
)
_FINGERPRINTS = select(
    Event.slug, Event.revision, Event.cancelled_at.is_not(None), _NEWEST_REPORT
).where(Event.slug.in_(bindparam("slugs", expanding=True)), Event.published_at.is_not(None))
_EVENT = (
    select(Event, _POSITION, _NEWEST_REPORT)
    .where(Event.slug == bindparam("slug"), Event.published_at.is_not(None))
    .options(selectinload(Event.sessions), selectinload(Event.partners), selectinload(Event.themes))
)
_LEARNS_FROM = select(Lineage.from_event_id).where(Lineage.to_event_id == bindparam("event_id"))
_LEARNING = select(Lineage.to_event_id).where(Lineage.from_event_id == bindparam("event_id"))
_BEFORE = Event.id.in_(_LEARNS_FROM) | (Event.id == bindparam("previous_id"))
_AFTER = Event.id.in_(_LEARNING) | (Event.previous_edition_id == bindparam("event_id"))
_RELATED = (
    select(Event, func.coalesce(_BEFORE, False))
    .where(_BEFORE | _AFTER, Event.published_at.is_not(None))
    .order_by(Event.starts_on, Event.id)
)
_CITIES = select(City.slug, City.name, City.subdivision, City.timezone).where(
    City.joined_at.is_not(None) | (City.slug == bindparam("asked_for"))
)


@dataclass(frozen=True)
class EventFound:
    """A published event, which one of its series it is (from 1), and its newest report if any."""

    event: Event
    position: int
    report: int | None

    @property
    def fingerprint(self) -> Fingerprint:
        return self.event.revision, self.event.cancelled_at is not None, self.report


@dataclass(frozen=True)
class Related:
    builds_on: list[Event]  # what an event learns from, its earlier edition among them
    informs: list[Event]  # what learns from it


class ReaderCity(NamedTuple):
    slug: str
    name: str
    subdivision: str | None
    timezone: str


def fingerprints(session: Session, slugs: Collection[str]) -> dict[str, Fingerprint]:
    """The fingerprint of each event that visitors may see, by slug."""
    found = session.execute(_FINGERPRINTS, {"slugs": list(slugs)})
    return {slug: (revision, cancelled, report) for slug, revision, cancelled, report in found}


def published_event(session: Session, slug: str) -> EventFound | None:
    """An event that visitors may see, with all that its page needs.

    The event's row is read first, so a change that comes in between makes the fingerprint out of
    date and never the page.
    """
    found = session.execute(_EVENT, {"slug": slug}).first()
    return EventFound(found[0], found[1], found[2]) if found else None


def related(session: Session, event: Event) -> Related:
    """Published events before and after this one, in order of their dates."""
    numbers = {"event_id": event.id, "previous_id": event.previous_edition_id}
    found = session.execute(_RELATED, numbers).all()
    return Related(
        [one for one, is_before in found if is_before],
        [one for one, is_before in found if not is_before],
    )


def reader_cities(session: Session, asked_for: str = "") -> list[ReaderCity]:
    """Whose clock a reader may choose: that of the network's cities, and of the one asked for.
    Not of every city that was ever invited: a page must not grow with the tables."""
    found = session.execute(_CITIES, {"asked_for": asked_for})
    return [ReaderCity(*row) for row in found]

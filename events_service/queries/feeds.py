"""What everybody's calendar may show: the published events of a series, and each by itself.

A feed has a fingerprint, which one small query reads and every change of the feed changes.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from events_service.itip.feeds import FeedEntry
from events_service.letters.sender import Sender
from events_service.model import Event, Series
from events_service.queries.feed_rows import STATE, Audience, EventRow, entries_for
from events_service.translation import gettext as _

Fingerprint = tuple[Any, ...]

_PUBLISHED = Event.published_at.is_not(None)
_STATE = select(*STATE).where(Event.series_id == Series.id, _PUBLISHED).lateral()
_SERIES = select(Series.id, Series.title, _STATE).where(Series.slug == bindparam("slug"))


@dataclass(frozen=True)
class SeriesFound:
    """A series in which something is published, and what its feed is made from."""

    id: int
    title: str
    fingerprint: Fingerprint


def published_series_feed(session: Session, slug: str) -> SeriesFound | None:
    found = session.execute(_SERIES, {"slug": slug}).first()
    return SeriesFound(found[0], found[1], tuple(found)) if found and found[2] else None


def series_entries(session: Session, series_id: int, sender: Sender) -> list[FeedEntry]:
    """The published events of a series, drafts left out, by day."""
    return entries_for(session, _everybody(sender), Event.series_id == series_id, _PUBLISHED)


def event_entries(session: Session, slug: str, sender: Sender) -> list[FeedEntry]:
    """One published event as the feed of its series has it; nothing of one that is not."""
    return entries_for(session, _everybody(sender), Event.slug == slug, _PUBLISHED)


def _everybody(sender: Sender) -> Audience:
    def describe(row: EventRow, page: str) -> str:
        programme = _("Programme: %(page)s", page=page)
        questions = _("Questions: %(address)s", address=sender.secretariat_address)
        links = f"{programme}\n{questions}"
        return "\n\n".join(part for part in (row.programme, row.summary, links) if part)

    return Audience(sender, describe)

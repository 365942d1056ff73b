"""What is being written about a city, and waits for its eyes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from events_service.model import (
    Event,
    OutboxMail,
    Practice,
    Quote,
    QuoteAttribution,
    Report,
    ReportVersion,
    Spotlight,
    SpotlightStep,
)


@dataclass(frozen=True)
class DraftAbout:
    """A report that is drafted and not published: what it says of the city."""

    event: Event
    practices: tuple[Practice, ...]
    quotes: tuple[Quote, ...]


def drafts_about(session: Session, city_id: int) -> list[DraftAbout]:
    """In the order of the events. Quotes only that name the city: of others (Chatham House) even
    the city learns nothing here."""
    practices = session.scalars(
        select(Practice)
        .where(Practice.city_id == city_id, Practice.event_id.in_(_DRAFTED))
        .options(joinedload(Practice.event))
        .order_by(Practice.position, Practice.id)
    ).all()
    quotes = session.execute(
        select(Quote, Event)
        .join(QuoteAttribution, QuoteAttribution.quote_id == Quote.id)
        .join(Event, Event.id == Quote.event_id)
        .where(
            QuoteAttribution.city_id == city_id,
            Quote.rule.in_(("name", "city")),
            Quote.shown,
            Quote.consent == "given",
            Quote.event_id.in_(_DRAFTED),
        )
        .order_by(Quote.id)
    ).all()
    events = {one.event for one in practices} | {event for _quote, event in quotes}
    return [
        DraftAbout(
            event,
            tuple(one for one in practices if one.event_id == event.id),
            tuple(quote for quote, where in quotes if where.id == event.id),
        )
        for event in sorted(events, key=lambda event: (event.starts_on, event.id))
    ]


def open_spotlights(session: Session, city_id: int) -> Sequence[Spotlight]:
    """Partnerships with the city that go on, with their steps and the letters about these."""
    letters = joinedload(SpotlightStep.mail).load_only(OutboxMail.state, OutboxMail.sent_at)
    return session.scalars(
        select(Spotlight)
        .where(Spotlight.city_id == city_id, Spotlight.state == "open")
        .options(selectinload(Spotlight.steps).options(letters))
        .order_by(Spotlight.id)
    ).all()


_DRAFTED = select(Report.event_id).where(
    Report.state == "draft", ~exists().where(ReportVersion.report_id == Report.id)
)

"""The records of an event as plain values, to draft its summary and to set its document."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.reporting.consent import QuoteRecord
from events_service.domain.reporting.document import Head, PracticeShown, Records
from events_service.domain.reporting.facts import (
    Attendee,
    LaterEvent,
    Line,
    Organisation,
    Place,
    SummaryFacts,
    Theme,
)
from events_service.domain.reporting.places import place_name
from events_service.domain.reporting.wording import curled
from events_service.letters.dates import date_range, plain_day
from events_service.model import (
    Attendance,
    City,
    Event,
    Lineage,
    NextStep,
    Note,
    Practice,
    Quote,
    QuoteAttribution,
    Recommendation,
    Resource,
)
from events_service.model.record import Audience


def place_of(city: City) -> Place:
    return Place(city.name, city.subdivision, city.country)


def summary_facts(session: Session, event: Event) -> SummaryFacts:
    """Everything that the summary of the event is drafted from."""
    return SummaryFacts(
        source=f"event:{event.id}",
        kind=event.kind,
        title=event.title,
        programme=event.programme or event.series.title,
        place=place_of(event.city),
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        attendees=_attendees(session, event),
        partners=_partners(event, "partner"),
        donors=_partners(event, "donor"),
        themes=_themes(session, event),
        quotes=tuple(quote.id for quote in _shown_quotes(session, event)),
        practices=tuple(practice.id for practice in _practices(session, event)),
        recommendations=_recommendations(session, event),
        later_events=_later_events(session, event),
        next_steps=_next_steps(session, event),
        resources=_resources(session, event),
    )


def current_records(session: Session, event: Event) -> Records:
    """Quotes to be shown and practices of the event, as they stand at this moment."""
    return Records(
        quotes={quote.id: _quote(session, quote) for quote in _shown_quotes(session, event)},
        practices={practice.id: _practice(practice) for practice in _practices(session, event)},
    )


def head_of(session: Session, event: Event) -> Head:
    before = select(Event.id).where(
        Event.series_id == event.series_id, Event.starts_on < event.starts_on
    )
    return Head(
        slug=event.slug,
        kind=event.kind,
        programme=event.programme or event.series.title,
        city=event.city.name,
        latitude=event.city.latitude,
        longitude=event.city.longitude,
        number=len(session.scalars(before).all()) + 1,
        dates=date_range(event.starts_on, event.ends_on),
    )


def _attendees(session: Session, event: Event) -> tuple[Attendee, ...]:
    rows = session.scalars(
        select(Attendance).where(Attendance.event_id == event.id).order_by(Attendance.id)
    )
    return tuple(Attendee(f"attendance:{row.id}", row.role, _body(row)) for row in rows)


def _body(row: Attendance) -> Place | Organisation:
    if row.city is not None:
        return place_of(row.city)
    assert row.organisation is not None
    return Organisation(row.organisation.name, row.organisation.kind)


def _partners(event: Event, role: str) -> tuple[Line, ...]:
    return tuple(
        Line(f"event_partner:{one.id}", one.name) for one in event.partners if one.role == role
    )


def _themes(session: Session, event: Event) -> tuple[Theme, ...]:
    notes = session.scalars(select(Note).where(Note.event_id == event.id).order_by(Note.id)).all()
    return tuple(
        Theme(
            f"theme:{theme.id}",
            theme.name,
            tuple(Line(f"note:{n.id}", n.text) for n in notes if n.theme_id == theme.id),
        )
        for theme in event.themes
    )


def _shown_quotes(session: Session, event: Event) -> Sequence[Quote]:
    return session.scalars(
        select(Quote).where(Quote.event_id == event.id, Quote.shown).order_by(Quote.id)
    ).all()


def _quote(session: Session, quote: Quote) -> QuoteRecord:
    plain = QuoteRecord(
        number=quote.id,
        text=quote.text,
        rule=quote.rule,
        consent=quote.consent,
        theme=f"theme:{quote.theme_id}" if quote.theme_id else None,
    )
    said = None if quote.rule == "chatham" else session.get(QuoteAttribution, quote.id)
    if said is None:  # under the Chatham House Rule the speaker is never read
        return plain
    city = place_of(said.city) if said.city else None
    return QuoteRecord(**{**vars(plain), "speaker": said.speaker, "role": said.role, "city": city})


def _practices(session: Session, event: Event) -> Sequence[Practice]:
    return session.scalars(
        select(Practice)
        .where(Practice.event_id == event.id)
        .order_by(Practice.position, Practice.id)
    ).all()


def _practice(practice: Practice) -> PracticeShown:
    return PracticeShown(
        slug=practice.slug if practice.published_at else "",
        city=place_name(place_of(practice.city)),
        title=curled(practice.title),
        challenge=curled(practice.challenge),
        approach=curled(practice.approach),
        impact=curled(practice.impact),
    )


def _recommendations(session: Session, event: Event) -> tuple[tuple[Audience, Line], ...]:
    rows = session.scalars(
        select(Recommendation)
        .where(Recommendation.event_id == event.id)
        .order_by(Recommendation.position, Recommendation.id)
    )
    return tuple((row.audience, Line(f"recommendation:{row.id}", row.text)) for row in rows)


def _later_events(session: Session, event: Event) -> tuple[LaterEvent, ...]:
    rows = session.scalars(
        select(Event)
        .join(Lineage, Lineage.to_event_id == Event.id)
        .where(Lineage.from_event_id == event.id, Event.cancelled_at.is_(None))
        .order_by(Event.starts_on, Event.id)
    )
    return tuple(
        LaterEvent(
            f"event:{row.id}",
            row.kind,
            row.title,
            place_of(row.city),
            row.starts_on,
            row.ends_on,
        )
        for row in rows
    )


def _next_steps(session: Session, event: Event) -> tuple[Line, ...]:
    rows = session.scalars(
        select(NextStep)
        .where(NextStep.event_id == event.id)
        .order_by(NextStep.position, NextStep.id)
    )
    return tuple(Line(f"next_step:{row.id}", row.text) for row in rows)


def _resources(session: Session, event: Event) -> tuple[Line, ...]:
    """The network's guides and those of this series, the newest ones dated."""
    rows = session.scalars(
        select(Resource)
        .where(Resource.series_id.is_(None) | (Resource.series_id == event.series_id))
        .order_by(Resource.id)
    )
    return tuple(
        Line(
            f"resource:{row.id}",
            f"{row.title} ({plain_day(row.published_on)})" if row.published_on else row.title,
        )
        for row in rows
    )

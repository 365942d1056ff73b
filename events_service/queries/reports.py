"""Published reports as visitors read them, and what staff see of an event's records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.domain.reporting.document import Document, quotes_in, without_quotes
from events_service.domain.reporting.wording import curled
from events_service.model import (
    Event,
    NextStep,
    Note,
    Practice,
    Quote,
    QuoteAttribution,
    Recommendation,
    Report,
    ReportVersion,
)


@dataclass(frozen=True)
class Published:
    """One version of a report. A quote whose speaker has since said no is left out of `document`,
    and `complete` says that none was: the PDF, which can't be changed, is only given out then."""

    event: Event
    number: int
    newest: int
    document: Document
    complete: bool
    published_at: datetime
    pdf_bytes: int  # size


def published_report(session: Session, slug: str, number: int | None = None) -> Published | None:
    """A version of the report of a published event; the newest one without a number."""
    found = session.execute(
        select(ReportVersion, Event, func.octet_length(ReportVersion.pdf))
        .join(Report, Report.id == ReportVersion.report_id)
        .join(Event, Event.id == Report.event_id)
        .where(Event.slug == slug, Event.published_at.is_not(None))
        .order_by(ReportVersion.number.desc())
    ).all()
    chosen = next((row for row in found if number in (None, row[0].number)), None)
    if chosen is None:
        return None
    version, event, size = chosen
    withheld = _withheld(session, event)
    return Published(
        event=event,
        number=version.number,
        newest=found[0][0].number,
        document=without_quotes(version.document, withheld),
        complete=not withheld & quotes_in(version.document),
        published_at=version.published_at,
        pdf_bytes=size,
    )


def report_pdf(session: Session, slug: str, number: int) -> bytes | None:
    return session.scalar(
        select(ReportVersion.pdf)
        .join(Report, Report.id == ReportVersion.report_id)
        .join(Event, Event.id == Report.event_id)
        .where(Event.slug == slug, ReportVersion.number == number)
    )


def _withheld(session: Session, event: Event) -> set[str]:
    """Words whose speakers refused or took their consent back, as they stand in print."""
    no = Quote.consent.in_(("refused", "withdrawn"))
    texts = session.scalars(select(Quote.text).where(Quote.event_id == event.id, no))
    return {curled(text) for text in texts}


@dataclass(frozen=True)
class EventRecords:
    notes: Sequence[Note]
    practices: Sequence[Practice]
    recommendations: Sequence[Recommendation]
    next_steps: Sequence[NextStep]
    quotes: Sequence[tuple[Quote, QuoteAttribution | None]]


def records_of(session: Session, event: Event) -> EventRecords:
    """Everything that was written down about an event, for those who work on it."""
    quotes = session.execute(
        select(Quote, QuoteAttribution)
        .outerjoin(QuoteAttribution, QuoteAttribution.quote_id == Quote.id)
        .where(Quote.event_id == event.id)
        .order_by(Quote.id)
    )
    return EventRecords(
        notes=session.scalars(
            select(Note).where(Note.event_id == event.id).order_by(Note.theme_id, Note.id)
        ).all(),
        practices=session.scalars(
            select(Practice)
            .where(Practice.event_id == event.id)
            .order_by(Practice.position, Practice.id)
        ).all(),
        recommendations=session.scalars(
            select(Recommendation)
            .where(Recommendation.event_id == event.id)
            .order_by(Recommendation.position, Recommendation.id)
        ).all(),
        next_steps=session.scalars(
            select(NextStep)
            .where(NextStep.event_id == event.id)
            .order_by(NextStep.position, NextStep.id)
        ).all(),
        quotes=[(row[0], row[1]) for row in quotes],
    )


def versions_of(session: Session, event: Event) -> Sequence[ReportVersion]:
    """Published versions, newest first."""
    return session.scalars(
        select(ReportVersion)
        .join(Report, Report.id == ReportVersion.report_id)
        .where(Report.event_id == event.id)
        .order_by(ReportVersion.number.desc())
    ).all()

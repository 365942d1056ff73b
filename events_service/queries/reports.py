"""What was written down about an event, and its published reports, for those who work on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

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

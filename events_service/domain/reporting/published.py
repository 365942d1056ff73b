"""Published reports as visitors read them: as they were printed, less what a speaker took back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.domain.reporting.document import Document, quotes_in, without_quotes
from events_service.domain.reporting.wording import curled
from events_service.model import Event, Quote, Report, ReportVersion


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

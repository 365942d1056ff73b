"""The reporters' cast: the sample's Stockholm with its attendance and records, and its draft."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service import sample
from events_service.config import Settings
from events_service.domain.reporting.drafting import claim_draft, request_draft, write_draft
from events_service.domain.reporting.publishing import publish
from events_service.model import Account, Event, Quote, Report, ReportBlock, ReportVersion
from tests.follow_up import colleague

JULY = datetime(2024, 7, 17, 9, tzinfo=UTC)
AGREED = "You may quote me as I said it."


def stockholm(db: Session, settings: Settings) -> Event:
    """The workshop of June 2024 from the sample."""
    sample.load(db, settings, JULY)
    return db.scalars(select(Event).where(Event.slug == "stockholm-2024")).one()


def editor(db: Session) -> Account:
    """The one who writes the network's reports."""
    known = db.scalars(select(Account).where(Account.name == "Report editor")).one_or_none()
    return known or colleague(db, "Report editor")


def drafted(db: Session, event: Event) -> Report:
    """The event's report, asked for and written."""
    report = request_draft(db, event, editor(db), now=JULY)
    claim = claim_draft(db)
    assert claim is not None
    assert write_draft(db, claim, now=JULY)
    assert (report.state, report.problem) == ("draft", None)
    db.expire_all()
    return report


def part(report: Report, name: str) -> ReportBlock:
    return next(block for block in report.blocks if block.part == name)


def published(db: Session, settings: Settings, event: Event) -> ReportVersion:
    return publish(
        db,
        event,
        editor(db),
        network=settings.network_name,
        public_url=settings.public_url,
        now=JULY,
    )


def quoted(db: Session, event: Event, text: str = "We ask before we plan.") -> Quote:
    """One more quote of the event, to be shown, with consent."""
    quote = Quote(
        event_id=event.id,
        text=text,
        rule="city",
        shown=True,
        consent="given",
        consent_on=date(2024, 6, 20),
        consent_wording=AGREED,
    )
    db.add(quote)
    db.flush()
    return quote

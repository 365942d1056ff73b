"""From a draft to a document: preview, PDF and published version all come through here."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.documents.pdf import summary_pdf
from events_service.domain.refusals import Conflict, NotFound
from events_service.domain.reporting.document import Document, compose, digest
from events_service.domain.reporting.editing import body_of, drafted_report
from events_service.domain.reporting.gathering import current_records, head_of
from events_service.model import Account, Event, Report, ReportVersion
from events_service.translation import gettext as _


def document_of(session: Session, event: Event, *, published_on: date | None = None) -> Document:
    """The document as it stands. Raises QuoteWithoutConsent for a quote that may not be shown."""
    blocks = [(block.part, body_of(block)) for block in drafted_report(session, event).blocks]
    records = current_records(session, event)
    return compose(head_of(session, event), blocks, records, published_on=published_on)


def preview_pdf(session: Session, event: Event, *, network: str) -> bytes:
    return summary_pdf(document_of(session, event), network=network)


def publish(
    session: Session,
    event: Event,
    account: Account,
    *,
    network: str,
    public_url: str,
    now: datetime,
) -> ReportVersion:
    """A new version, never changed from now on. Refuses while a shown quote lacks consent, and
    when nothing has changed since the version before."""
    if event.published_at is None:
        raise Conflict(_("Publish the event first; its report stands beside it."))
    if now.astimezone(event.zone).date() < event.ends_on:
        raise Conflict(_("This workshop is not over yet. Publish its report when it is."))
    report = session.scalar(select(Report).where(Report.event_id == event.id).with_for_update())
    if report is None:
        raise NotFound(_("There is no draft of this report yet. Ask for one first."))
    if report.state in ("requested", "drafting"):
        raise Conflict(_("A draft is being made. Publish when it is there."))
    day = now.astimezone(event.zone).date()
    document = document_of(session, event, published_on=day)
    if same_as_published(report, document):
        raise Conflict(_("Nothing has changed since the version before, so there is no new one."))
    number = len(report.versions) + 1
    address = f"{public_url}/reports/{event.slug}/versions/{number}"
    version = ReportVersion(
        report_id=report.id,
        number=number,
        document=dict(document),
        digest=digest(document),
        pdf=summary_pdf(document, network=network, address=address),
        published_at=now,
        published_by_id=account.id,
    )
    session.add(version)
    session.flush()
    session.expire(report, ["versions"])
    return version


def same_as_published(report: Report, document: Document) -> bool:
    """Whether the newest version says all this already, whatever its day."""
    if not report.versions:
        return False
    newest = report.versions[-1].document
    return {**newest, "published_on": None} == {**document, "published_on": None}

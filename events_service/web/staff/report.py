"""The report of an event as staff work on it: draft, look at it, publish."""

from typing import Any

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.reporting import editing
from events_service.domain.reporting.consent import QuoteWithoutConsent
from events_service.domain.reporting.drafting import is_outdated, report_of, request_draft
from events_service.domain.reporting.gathering import current_records
from events_service.domain.reporting.publishing import document_of, preview_pdf, same_as_published
from events_service.domain.reporting.publishing import publish as publish_version
from events_service.model import Event, Report, ReportBlock
from events_service.queries.reports import versions_of
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.public.reports import report_vignette
from events_service.web.staff import pages
from events_service.web.staff.sources import sources

REPORT = "/events/<int:event_id>/report"
WAITING = ("requested", "drafting")


@pages.get(REPORT)
@access("organiser")
def report(event_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        known = report_of(db, event)
        if known is None or known.state in WAITING or not known.blocks:
            return render_template("staff/report_wanted.html", event=event, report=known)
        return render_template(
            "staff/report.html",
            event=event,
            report=known,
            rows=_rows(db, event, known),
            versions=versions_of(db, event),
            outdated=is_outdated(db, event, known),
            **_fit_to_print(db, event, known),
        )


@pages.post(f"{REPORT}/draft")
@access("organiser")
def draft_report(event_id: int) -> Response:
    with transaction() as db:
        request_draft(db, event_for(db, me(), event_id), me(), now=now())
    return back_to_report(event_id)


@pages.get(f"{REPORT}/preview")
@access("organiser")
def preview_report(event_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        document = document_of(db, event)
    return render_template(
        "staff/report_preview.html",
        event=event,
        document=document,
        vignette=report_vignette(document),
    )


@pages.get(f"{REPORT}/preview.pdf")
@access("organiser")
def preview_report_pdf(event_id: int) -> Response:
    with transaction() as db:
        made = preview_pdf(db, event_for(db, me(), event_id), network=settings().network_name)
    return FlaskResponse(made, mimetype="application/pdf")


@pages.post(f"{REPORT}/publish")
@access("organiser")
def publish_report(event_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        version = publish_version(
            db,
            event,
            me(),
            network=settings().network_name,
            public_url=settings().public_url,
            now=now(),
        )
    flash(_("Version %(number)s is published.", number=version.number))
    return back_to_report(event_id)


def back_to_report(event_id: int, block_id: int = 0) -> Response:
    anchor = f"part-{block_id}" if block_id else None
    return redirect(url_for("staff.report", event_id=event_id, _anchor=anchor), 303)


def _rows(db: Session, event: Event, known: Report) -> list[dict[str, Any]]:
    records = current_records(db, event)
    return [
        {
            "block": block,
            "title": block.drafted["heading"] or _UNHEADED.get(block.part, block.part),
            "body": editing.body_of(block),
            "difference": editing.difference(block),
            "sources": sources(event.id, block.sources),
            "quotes": [records.quotes[n] for n in _there(block, "quotes", records.quotes)],
            "practices": [
                records.practices[n] for n in _there(block, "practices", records.practices)
            ],
        }
        for block in known.blocks
    ]


_UNHEADED = {"title": lazy_gettext("Title"), "content_type": lazy_gettext("Content type")}


def _there(block: ReportBlock, key: str, records: Any) -> list[int]:
    return [number for number in block.drafted[key] if number in records]


def _fit_to_print(db: Session, event: Event, known: Report) -> dict[str, Any]:
    """The quote that keeps the report from being shown, and whether there is anything new in it."""
    try:
        document = document_of(db, event)
    except QuoteWithoutConsent as problem:
        return {"problem": problem, "unchanged": False}
    return {"problem": None, "unchanged": same_as_published(known, document)}

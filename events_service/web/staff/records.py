"""What was said and learnt at an event: one page with all of it, and a form for each record."""

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.domain.reporting import practices
from events_service.domain.reporting import records as domain
from events_service.domain.reporting.consent import speaker_line
from events_service.domain.reporting.order import move_up
from events_service.model import Event, NextStep, Practice, QuoteAttribution, Recommendation
from events_service.queries.reports import records_of
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now
from events_service.web.forms.records import AUDIENCES, RULES
from events_service.web.staff import pages
from events_service.web.staff.form_pages import Page, form_page
from events_service.web.staff.record_kinds import KINDS, Kind

RECORDS = "/events/<int:event_id>/records"
ONE = f"{RECORDS}/<kind>/<int:number>"


@pages.get(RECORDS)
@access("organiser")
def records(event_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        found = records_of(db, event)
        return render_template(
            "staff/records.html",
            event=event,
            found=found,
            speakers={quote.id: _speaker(said) for quote, said in found.quotes},
            audiences=AUDIENCES,
            rules=dict(RULES),
        )


def _speaker(said: QuoteAttribution | None) -> str:
    if said is None:
        return ""
    return speaker_line(said.speaker, said.role, said.city.name if said.city else "")


@pages.route(f"{RECORDS}/<kind>/new", methods=["GET", "POST"])
@access("organiser")
def new_record(event_id: int, kind: str) -> Page:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        return _form(db, event, kind, None)


@pages.route(ONE, methods=["GET", "POST"])
@access("organiser")
def record(event_id: int, kind: str, number: int) -> Page:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        return _form(db, event, kind, domain.record_of(db, event, kind, number))


def _form(db: Session, event: Event, name: str, known: domain.Record | None) -> Page:
    kind = _kind(name)
    form = kind.form(db, event, known)
    if not form.validate_on_submit():
        template = f"staff/record_{name}.html"
        return form_page(form, template, event=event, known=known, kind=name)
    saved = kind.save(db, event, known, form)
    flash(str(kind.words.saved))
    return _back_to(event.id, name, saved.id)


@pages.get(f"{ONE}/delete")
@access("organiser")
def delete_record(event_id: int, kind: str, number: int) -> str:
    """What would be lost, in full, before anything is."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        known = domain.record_of(db, event, kind, number)
        words = _kind(kind).words
        return render_template(
            "staff/record_delete.html", event=event, known=known, kind=kind, words=words
        )


@pages.post(f"{ONE}/deleted")
@access("organiser")
def record_deleted(event_id: int, kind: str, number: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        domain.delete_record(db, domain.record_of(db, event, kind, number))
    flash(str(_kind(kind).words.deleted))
    return _back_to(event_id)


@pages.post(f"{ONE}/up")
@access("organiser")
def record_up(event_id: int, kind: str, number: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        known = domain.record_of(db, event, kind, number)
        if not isinstance(known, Recommendation | NextStep | Practice):
            raise NotFound
        move_up(db, known)
    return _back_to(event_id, kind, number)


@pages.post(f"{RECORDS}/practice/<int:number>/publish")
@access("organiser")
def publish_practice(event_id: int, number: int) -> Response:
    with transaction() as db:
        practices.publish_practice(db, _practice(db, event_id, number), now=now())
    flash(_("The practice has its page now."))
    return _back_to(event_id, "practice", number)


@pages.post(f"{RECORDS}/practice/<int:number>/unpublish")
@access("organiser")
def unpublish_practice(event_id: int, number: int) -> Response:
    with transaction() as db:
        practices.unpublish_practice(db, _practice(db, event_id, number))
    flash(_("The practice’s page is taken down."))
    return _back_to(event_id, "practice", number)


def _practice(db: Session, event_id: int, number: int) -> Practice:
    event = event_for(db, me(), event_id)
    found = domain.record_of(db, event, "practice", number)
    assert isinstance(found, Practice)
    return found


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise NotFound
    return KINDS[name]


def _back_to(event_id: int, kind: str = "", number: int = 0) -> Response:
    anchor = f"{kind}-{number}" if kind else None
    return redirect(url_for("staff.records", event_id=event_id, _anchor=anchor), 303)

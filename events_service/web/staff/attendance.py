"""The attendance sheet of an event."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.form import days_of
from events_service.domain.reporting import attendance as domain
from events_service.queries.attendance import attendance_sheet, bodies
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.access import access, event_for, me
from events_service.web.context import now
from events_service.web.filters import spelt_first
from events_service.web.forms.attendance import WalkInForm, ticks
from events_service.web.staff import pages
from events_service.web.staff.form_pages import Page, form_page

SHEET = "/events/<int:event_id>/attendance"


@pages.get(SHEET)
@access("organiser")
def attendance(event_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        sheet = attendance_sheet(db, event, domain.registered(db, event), days_of(event))
        ahead = event.starts_on > now().astimezone(event.zone).date()
        return render_template("staff/attendance.html", event=event, sheet=sheet, ahead=ahead)


@pages.post(SHEET)
@access("organiser")
def save_attendance(event_id: int) -> Response:
    sent = ticks(request.form)
    with transaction() as db:
        event = event_for(db, me(), event_id)
        domain.record_members(db, event, sent.members, now=now())
        domain.record_others(db, event, sent.others, now=now())
    flash(_("Attendance is saved."))
    return back_to_sheet(event_id)


@pages.post(f"{SHEET}/all")
@access("organiser")
def record_all(event_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        added = domain.record_all_as_registered(db, event, now=now())
    flash(
        ngettext(
            "%(many)s person is recorded as registered.",
            "%(many)s people are recorded as registered.",
            added,
            many=spelt_first(added),
        )
        if added
        else _("Everybody was recorded already.")
    )
    return back_to_sheet(event_id)


@pages.route(f"{SHEET}/walk-in", methods=["GET", "POST"])
@access("organiser")
def walk_in(event_id: int) -> Page:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        form = WalkInForm()
        form.offer(bodies(db), days_of(event))
        if not form.validate_on_submit():
            return form_page(form, "staff/attendance_walk_in.html", event=event)
        domain.add_walk_in(
            db,
            event,
            domain.body_named(db, form.body.data),
            name=form.name.data or "",
            role=form.role.data or "",
            days=form.chosen_days,
            now=now(),
        )
    flash(_("%(name)s is recorded.", name=form.name.data))
    return back_to_sheet(event_id)


def back_to_sheet(event_id: int) -> Response:
    return redirect(url_for("staff.attendance", event_id=event_id), 303)

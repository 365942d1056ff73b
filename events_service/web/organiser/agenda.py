"""The agenda of an event. Rows come and go by buttons; nothing typed is lost on the way."""

from dataclasses import replace
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.form import days_of
from events_service.domain.scheduling import agenda as domain
from events_service.domain.scheduling.agenda import SessionPlan
from events_service.domain.scheduling.calendar_style import calendars_behind
from events_service.domain.scheduling.event_change import Move, as_it_stands, moved_by
from events_service.domain.scheduling.pending import (
    open_change,
    plan_of,
    refuse_while_leaving,
)
from events_service.model import Event
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms import agenda as forms
from events_service.web.forms.agenda import AgendaForm, Row
from events_service.web.organiser import pages
from events_service.web.organiser.change_pages import preview_page
from events_service.web.staff.form_pages import Page


@pages.get("/events/<int:event_id>/agenda")
@access("organiser")
def agenda(event_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        plan = plan_of(event, open_change(db, event.id))
        return _page(_fresh(event, plan), event, plan)


@pages.post("/events/<int:event_id>/agenda")
@access("organiser")
def save_agenda(event_id: int) -> Page:
    """Do what the pressed button says: add a row to a day, remove one, or save. Other hours of a
    published event lead to the preview of what that does to calendars; where a move waits in the
    outbox, it is the agenda of that one."""
    pressed = request.form.get("press", "save")
    with transaction() as db:
        event = event_for(db, me(), event_id)
        waiting = open_change(db, event.id)
        plan = plan_of(event, waiting)
        form = AgendaForm()
        rows = forms.rows_in(form)
        if pressed != "save":
            return _page(forms.form_with(_after(pressed, rows), event.zone), event, plan)
        plans = _plans(form, rows, event, plan)
        if plans is None:
            return _page(form, event, plan), 422
        refuse_while_leaving(db, event.id)
        waits = waiting is not None and waiting.kind == "move"
        other_hours = event.published_at is not None and not domain.same_hours(db, event, plans)
        if waits or other_hours:
            return preview_page(db, event, replace(plan, sessions=tuple(plans)))
        domain.set_agenda(db, event, plans, now=now())
        return _saved(event, behind=calendars_behind(db, settings(), event, now=now()))


def _plans(form: AgendaForm, rows: list[Row], event: Event, plan: Move) -> list[SessionPlan] | None:
    """The agenda as sent; None when something in it needs another look, which the form shows."""
    plans, places, problems = forms.plans_in(rows)
    if not problems:
        found = domain.check_agenda(plans, event.zone, plan.starts_on, _days(event, plan)[-1])
        problems = [forms.at_row(one, places) for one in found]
    if problems:
        for entry in form.sessions:
            forms.offer_folds(entry.form, event.zone)
        forms.show_problems(form, problems)
        return None
    return plans


def _fresh(event: Event, plan: Move) -> AgendaForm:
    rows = forms.with_spare_rows(forms.rows_of(plan.sessions), _days(event, plan))
    return forms.form_with(rows, event.zone)


def _days(event: Event, plan: Move) -> list[date]:
    by = moved_by(event, plan)
    return [day + by for day in days_of(event)]


def _after(pressed: str, rows: list[Row]) -> list[Row]:
    verb, _, what = pressed.partition("-")
    if verb == "add" and forms.day_in(what) and len(rows) < forms.MOST_SESSIONS:
        return [*rows, Row(what)]
    if verb == "remove" and what.isascii() and what.isdigit():
        return [row for place, row in enumerate(rows) if place != int(what)]
    return rows


def _saved(event: Event, *, behind: int) -> Response:
    """Where calendars still have the earlier words, the next page asks whether to send the new."""
    if behind:
        return redirect(url_for("organiser.programme", event_id=event.id), 303)
    if event.published_at is None:
        flash(_("The agenda is saved."))
    else:
        flash(_("The agenda is saved. Its texts changed; nobody was written to."))
    return redirect(url_for("organiser.board", event_id=event.id), 303)


def _page(form: AgendaForm, event: Event, plan: Move) -> str:
    return render_template(
        "organiser/agenda.html",
        form=form,
        event=event,
        days=_days(event, plan),
        waits=plan != as_it_stands(event),
    )

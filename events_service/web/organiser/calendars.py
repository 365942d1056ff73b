"""How an event fills calendars, and sending a programme that was reworded."""

from dataclasses import replace

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration.form import days_of
from events_service.domain.scheduling.calendar_style import (
    calendars_behind,
    nobody_is_invited,
    set_calendar_style,
)
from events_service.domain.scheduling.event_change import STYLES, as_it_stands
from events_service.domain.scheduling.pending import open_change, plan_of, refuse_while_leaving
from events_service.itip.days import Run, runs
from events_service.model import Event
from events_service.model.event import CalendarStyle
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms.calendars import HINTS, WORDS, calendars_form
from events_service.web.organiser import pages
from events_service.web.organiser.change_pages import preview_page
from events_service.web.staff.form_pages import Page, form_page


@pages.route("/events/<int:event_id>/calendars", methods=["GET", "POST"])
@access("organiser")
def calendars(event_id: int) -> Page:
    """Where people have entries already, the preview of what becomes of these comes first."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        waiting = open_change(db, event.id)
        plan = plan_of(event, waiting)
        style = plan.style or event.calendar_style
        form = calendars_form(style)
        if form.validate_on_submit():
            if form.chosen == style:
                return _saved(event, _("Calendars stay as they are."))
            refuse_while_leaving(db, event.id)
            if waiting is not None or not nobody_is_invited(db, event):
                return preview_page(db, event, replace(plan, style=form.chosen))
            set_calendar_style(db, event, form.chosen, now=now())
            return _saved(event, _("Saved. Nobody has an entry yet, so nobody was written to."))
        return form_page(
            form, "organiser/calendars.html", event=event, hints=HINTS, shown=_shown(event)
        )


@pages.get("/events/<int:event_id>/programme")
@access("organiser")
def programme(event_id: int) -> Page:
    """After a change of words: whether the people who have the old ones are written to."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        refuse_while_leaving(db, event.id)
        if not calendars_behind(db, settings(), event, now=now()):
            return _saved(event, _("Every calendar has the programme as it stands."))
        return preview_page(db, event, replace(as_it_stands(event), texts=True))


def _shown(event: Event) -> list[tuple[str, list[Run]]]:
    """What somebody who comes on all days gets, in each style."""
    return [(WORDS[style][0], _entries(event, style)) for style in STYLES]


def _entries(event: Event, style: CalendarStyle) -> list[Run]:
    return runs(style, days_of(event), None, event.sessions)


def _saved(event: Event, said: str) -> Response:
    flash(said)
    return redirect(url_for("organiser.board", event_id=event.id), 303)

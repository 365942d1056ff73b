"""An event: planned, edited, published."""

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.scheduling import events as domain
from events_service.domain.scheduling.calendar_style import calendars_behind
from events_service.domain.scheduling.event_plan import EventPlan
from events_service.model import City, Event, Series
from events_service.queries.organiser import all_cities, all_organisations
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.access import access, event_for, me, series_for
from events_service.web.context import now, settings
from events_service.web.forms import event as forms
from events_service.web.forms.event import EventForm
from events_service.web.organiser import pages
from events_service.web.organiser.feasts import feast_sentences
from events_service.web.staff.form_pages import Page, form_page

FIRST_VALUES: dict[str, object] = {
    "kind": "workshop",
    "capacity": 60,
    "seats_per_city": 5,
    "languages": ["en"],
    "closes_at": "18:00",
}


@pages.route("/series/<int:series_id>/events/new", methods=["GET", "POST"])
@access("organiser")
def new_event(series_id: int) -> Page:
    with transaction() as db:
        series = series_for(db, me(), series_id)
        form = EventForm(data=FIRST_VALUES)
        _offer_lists(db, form)
        if plan := _plan(db, form, None):
            try:
                event = domain.schedule_event(db, series, plan)
            except domain.PlanRefused as refused:
                forms.show_problems(form, refused.problems)
            else:
                return _planned(event)
        return _page(form, series, None)


@pages.route("/events/<int:event_id>/edit", methods=["GET", "POST"])
@access("organiser")
def edit_event(event_id: int) -> Page:
    """Days and place of a published event are not in the form: they are moved."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        form = EventForm(data=forms.values_of(event))
        if event.published_at is not None:
            forms.leave_out_announced(form)
        _offer_lists(db, form)
        if plan := _plan(db, form, event):
            try:
                promoted = domain.edit_event(db, settings(), event, plan, now=now())
            except domain.PlanRefused as refused:
                forms.show_problems(form, refused.problems)
            else:
                return _edited(event, promoted, calendars_behind(db, settings(), event, now=now()))
        return _page(form, event.series, event)


@pages.route("/events/<int:event_id>/publish", methods=["GET", "POST"])
@access("organiser")
def publish(event_id: int) -> Page:
    form = forms.PublishForm()
    with transaction() as db:
        event = event_for(db, me(), event_id)
        if event.published_at is not None:
            return redirect(url_for("organiser.board", event_id=event_id), 303)
        if form.validate_on_submit():
            domain.publish_event(db, event, now=now())
            flash(_("The workshop is published and takes registrations. Invite the cities now."))
            return redirect(url_for("organiser.board", event_id=event_id), 303)
        return render_template(
            "organiser/publish.html",
            event=event,
            lacks=domain.lacks(event, now=now()),
            feasts=feast_sentences(event),
        )


def _offer_lists(db: Session, form: EventForm) -> None:
    forms.add_spare_rows(form)
    forms.offer_lists(form, all_cities(db), all_organisations(db))


def _plan(db: Session, form: EventForm, event: Event | None) -> EventPlan | None:
    """The plan, when the form was sent and everything in it can be read."""
    if not (form.validate_on_submit() and forms.clock_is_read(form)):
        return None
    announced = event if event is not None and event.published_at is not None else None
    city = announced.city if announced else db.get_one(City, form.city.data)
    return forms.plan_in(form, city, announced)


def _page(form: EventForm, series: Series, event: Event | None) -> str | tuple[str, int]:
    return form_page(form, "organiser/event_form.html", series=series, event=event)


def _planned(event: Event) -> Response:
    flash(_("The workshop is planned as a draft. Set its agenda next."))
    _point_out_feasts(event)
    return redirect(url_for("organiser.agenda", event_id=event.id), 303)


def _edited(event: Event, promoted: int, behind: int) -> Response:
    said = _("The workshop is changed. Nobody was written to.")
    if promoted:
        said = ngettext(
            "The workshop is changed. One delegation came off the waiting list; its letters wait "
            "in the outbox.",
            "The workshop is changed. %(num)s delegations came off the waiting list; their letters "
            "wait in the outbox.",
            promoted,
        )
    flash(said)
    _point_out_feasts(event)
    following = "organiser.programme" if behind else "organiser.board"
    return redirect(url_for(following, event_id=event.id), 303)


def _point_out_feasts(event: Event) -> None:
    for sentence in feast_sentences(event):
        flash(sentence)

"""A series: made, edited, and its events at a glance."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.scheduling import events as domain
from events_service.domain.scheduling.next_edition import next_edition_of
from events_service.model import Series
from events_service.queries.organiser import courses
from events_service.queries.standing import standing
from events_service.translation import gettext as _
from events_service.web.access import access, me, series_for
from events_service.web.context import now
from events_service.web.forms.series import SeriesForm
from events_service.web.organiser import pages
from events_service.web.staff.form_pages import Page, form_page


@pages.route("/series/new", methods=["GET", "POST"])
@access("organiser")
def new_series() -> Page:
    form = SeriesForm()
    if not form.validate_on_submit():
        return form_page(form, "organiser/series_form.html", series=None)
    with transaction() as db:
        made = domain.create_series(db, me(), form.title.data or "", form.summary.data or "")
        number = made.id
    flash(_("The series is there. Add its first workshop."))
    return _to(number)


@pages.get("/series/<int:series_id>")
@access("organiser")
def series_page(series_id: int) -> str:
    with transaction() as db:
        series = series_for(db, me(), series_id)
        [course] = courses(db, [series.id], now=now())
        earlier = series.previous_edition_id
        return render_template(
            "organiser/series.html",
            course=course,
            standing={line.event.id: standing(line.event, now()) for line in course.events},
            earlier=db.get(Series, earlier) if earlier else None,
            later=next_edition_of(db, series),
        )


@pages.route("/series/<int:series_id>/edit", methods=["GET", "POST"])
@access("organiser")
def edit_series(series_id: int) -> Page:
    with transaction() as db:
        series = series_for(db, me(), series_id)
        form = SeriesForm(title=series.title, summary=series.summary)
        if not form.validate_on_submit():
            return form_page(form, "organiser/series_form.html", series=series)
        domain.edit_series(db, series, form.title.data or "", form.summary.data or "")
    flash(_("The series is changed."))
    return _to(series_id)


def _to(series_id: int) -> Response:
    return redirect(url_for("organiser.series_page", series_id=series_id), 303)

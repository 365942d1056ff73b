"""All of a series again: what it would be, and making it."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.scheduling import next_edition as domain
from events_service.translation import gettext as _
from events_service.web.access import access, me, series_for
from events_service.web.context import now
from events_service.web.organiser import pages
from events_service.web.organiser.feasts import sentences


@pages.get("/series/<int:series_id>/next-edition")
@access("organiser")
def next_edition(series_id: int) -> str:
    with transaction() as db:
        series = series_for(db, me(), series_id)
        planned = domain.planned_edition(series, now=now())
        return render_template(
            "organiser/next_edition.html",
            series=series,
            later=domain.next_edition_of(db, series),
            planned=[(one, sentences(one.feasts)) for one in planned],
        )


@pages.post("/series/<int:series_id>/next-edition")
@access("organiser")
def make_next_edition(series_id: int) -> Response:
    with transaction() as db:
        series = series_for(db, me(), series_id)
        made = domain.next_edition(db, series, now=now())
        flash(_("The next edition is there: published, and open for registration."))
        return redirect(url_for("organiser.series_page", series_id=made.id), 303)

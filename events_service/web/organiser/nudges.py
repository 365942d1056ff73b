"""Reminding people who have not answered: whom; the letters then wait in the outbox."""

from flask import redirect, url_for

from events_service.db import transaction
from events_service.domain.registration.nudging import NUDGE, RemindedLately, draft_nudges
from events_service.queries.nudges import silent_people
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms import nudges as forms
from events_service.web.organiser import pages
from events_service.web.staff.form_pages import Page, form_page


@pages.route("/events/<int:event_id>/nudge", methods=["GET", "POST"])
@access("organiser")
def nudge(event_id: int) -> Page:
    """Who has not answered; sending the form drafts a letter to each that is ticked."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        silent = silent_people(db, event, now=now())
        form = forms.nudge_form(silent)
        if form.validate_on_submit():
            try:
                draft_nudges(
                    db,
                    settings(),
                    event,
                    form.people.data or (),
                    words=forms.words_in(form),
                    again=form.again.data,
                    now=now(),
                )
                group = url_for("organiser.outbox_group", event_id=event_id, group=NUDGE)
                return redirect(group, 303)
            except RemindedLately as refused:
                form.again.errors = [str(refused)]
        return form_page(form, "organiser/nudge.html", event=event, silent=silent)

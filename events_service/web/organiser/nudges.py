"""Reminding people who have not answered: whom, then the letters to read, then they leave."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.delivery.batch import Released
from events_service.domain.registration import nudges_released as drafts
from events_service.domain.registration.nudging import RemindedLately, draft_nudges
from events_service.queries.drafts import NUDGE, drafts_to_read
from events_service.queries.nudges import silent_people
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms import nudges as forms
from events_service.web.organiser import pages
from events_service.web.organiser.people import member_for
from events_service.web.refusals import error_page
from events_service.web.staff.form_pages import Page, form_page

NUDGES = "/events/<int:event_id>/nudges"


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
                return _to_the_letters(event_id)
            except RemindedLately as refused:
                form.again.errors = [str(refused)]
        return form_page(form, "organiser/nudge.html", event=event, silent=silent)


@pages.get(NUDGES)
@access("organiser")
def nudges(event_id: int) -> str:
    """The letters as their recipients will read them; asks again until all are written."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        found = drafts_to_read(db, event.id, NUDGE)
        form = forms.WordsOfNudges(words=found[0].mail.facts.get("words", "") if found else "")
        return render_template(
            "organiser/nudges.html",
            event=event,
            form=form,
            drafts=found,
            seen=[forms.seen(one) for one in found],
            being_written=any(not one.digest and not one.mail.last_answer for one in found),
        )


@pages.post(f"{NUDGES}/words")
@access("organiser")
def reword_nudges(event_id: int) -> Page:
    form = forms.WordsOfNudges()
    if not form.validate():
        return error_page(422, f"{forms.TOO_LONG}. Go back and try again.")
    with transaction() as db:
        event = event_for(db, me(), event_id)
        read = forms.read_in(request.form)
        drafts.reword_nudges(db, event, forms.words_in(form), read=read, now=now())
    flash("Your words are in the letters. Read them again before you send them.")
    return _to_the_letters(event_id)


@pages.post(f"{NUDGES}/release")
@access("organiser")
def release_nudges(event_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        read = forms.read_in(request.form)
        released = drafts.release_nudges(db, event, me(), read=read, now=now())
    flash(_said(released))
    return redirect(url_for("organiser.board", event_id=event_id), 303)


@pages.post(f"{NUDGES}/aside")
@access("organiser")
def put_nudges_aside(event_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        drafts.put_nudges_aside(db, event)
    flash("The reminders are put aside; nobody was written to.")
    return redirect(url_for("organiser.nudge", event_id=event_id), 303)


@pages.post(f"{NUDGES}/<int:member_id>/leave-out")
@access("organiser")
def leave_out(event_id: int, member_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        member = member_for(db, event_id, member_id)
        drafts.put_nudges_aside(db, event, member.id)
        flash(f"{member.name} is left out.")
    return _to_the_letters(event_id)


def _said(released: Released) -> str:
    one, several = "One reminder leaves", f"{released.sent} reminders leave"
    sent = f"{one if released.sent == 1 else several} within a few seconds."
    if not released.outdated:
        return sent
    who = "One person" if released.outdated == 1 else f"{released.outdated} people"
    left = f"{who} answered meanwhile, or their days changed, and got none."
    return f"{sent} {left}" if released.sent else f"No reminder left: {left}"


def _to_the_letters(event_id: int) -> Response:
    return redirect(url_for("organiser.nudges", event_id=event_id), 303)

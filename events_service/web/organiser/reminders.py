"""Reminders to silent cities, drafted before a deadline: read, reworded, and released or not."""

from flask import Response as Answer
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.delivery.batch import Released
from events_service.domain.refusals import NotFound
from events_service.domain.registration.form import closed_because
from events_service.domain.scheduling import reminders_released as domain
from events_service.domain.scheduling.city_reminders import invitations_of
from events_service.queries.drafts import REMINDER, drafts_to_read
from events_service.web.access import access, event_for, me
from events_service.web.context import now
from events_service.web.forms import nudges as forms
from events_service.web.organiser import pages
from events_service.web.organiser.invitations import invitation_for
from events_service.web.refusals import error_page
from events_service.web.staff.form_pages import Page
from events_service.web.staff.reading import framed, opened_without_links

REMINDERS = "/events/<int:event_id>/reminders"


@pages.get(REMINDERS)
@access("organiser")
def reminders(event_id: int) -> str:
    """The letters as each city will read them; `?city=`: whose letter is open. Asks again until
    all are written."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        found = drafts_to_read(db, event.id, REMINDER)
        asked = invitations_of(db, event, [one.mail for one in found])
        number = request.args.get("city", type=int)
        opened = next((one for one in found if one.mail.city_id == number), None)
        form = forms.WordsOfNudges(words=found[0].mail.facts["words"] if found else "")
        return render_template(
            "organiser/reminders.html",
            event=event,
            form=form,
            drafts=[(one, asked[one.mail.city_id]) for one in found if one.mail.city_id],
            opened=asked[(opened or found[0]).mail.city_id or 0] if found else None,
            seen=[forms.seen(one) for one in found],
            being_written=any(not one.digest and not one.mail.last_answer for one in found),
            closed=closed_because(event, now()),
        )


@pages.get(f"{REMINDERS}/<int:city_invitation_id>/letter")
@access("organiser")
def reminder_letter(event_id: int, city_invitation_id: int) -> Answer:
    """The letter that waits for a city, for a frame; its link opens nothing here."""
    with transaction() as db:
        invitation = invitation_for(db, event_id, city_invitation_id)
        mails = [one.mail for one in drafts_to_read(db, event_id, REMINDER)]
        mail = next((one for one in mails if one.city_id == invitation.city_id), None)
        read = opened_without_links(mail) if mail is not None else None
    if read is None:
        raise NotFound
    return framed(read.html)


@pages.post(f"{REMINDERS}/words")
@access("organiser")
def reword_reminders(event_id: int) -> Page:
    form = forms.WordsOfNudges()
    if not form.validate():
        return error_page(422, f"{forms.TOO_LONG}. Go back and try again.")
    with transaction() as db:
        event = event_for(db, me(), event_id)
        read = forms.read_in(request.form)
        domain.reword_reminders(db, event, forms.words_in(form), read=read, now=now())
    flash("Your words are in the letters. Read them again before you send them.")
    return _to_the_letters(event_id)


@pages.post(f"{REMINDERS}/release")
@access("organiser")
def release_reminders(event_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        read = forms.read_in(request.form)
        released = domain.release_reminders(db, event, me(), read=read, now=now())
    flash(_said(released))
    return _to_the_cities(event_id)


@pages.post(f"{REMINDERS}/aside")
@access("organiser")
def put_reminders_aside(event_id: int) -> Response:
    with transaction() as db:
        domain.put_reminders_aside(db, event_for(db, me(), event_id))
    flash("The reminders are put aside; nobody was written to.")
    return _to_the_cities(event_id)


@pages.post(f"{REMINDERS}/<int:city_invitation_id>/leave-out")
@access("organiser")
def leave_city_out(event_id: int, city_invitation_id: int) -> Response:
    with transaction() as db:
        invitation = invitation_for(db, event_id, city_invitation_id)
        domain.put_reminders_aside(db, invitation.event, invitation.city_id)
        flash(f"{invitation.city.name} is left out.")
    return _to_the_letters(event_id)


def _said(released: Released) -> str:
    one, several = "One city is reminded", f"{released.sent} cities are reminded"
    sent = f"{one if released.sent == 1 else several} within a few seconds."
    if not released.outdated:
        return sent
    who = "One city" if released.outdated == 1 else f"{released.outdated} cities"
    left = f"{who} answered or changed meanwhile and got none."
    return f"{sent} {left}" if released.sent else f"No reminder left: {left}"


def _to_the_letters(event_id: int) -> Response:
    return redirect(url_for("organiser.reminders", event_id=event_id), 303)


def _to_the_cities(event_id: int) -> Response:
    return redirect(url_for("organiser.cities", event_id=event_id), 303)

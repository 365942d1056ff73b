"""Sending people of a workshop their letters again: who it is first; the letters then
wait in the outbox."""

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.registration import sending_to_many as domain
from events_service.model import Event
from events_service.model.outbox_groups import AGAIN as GROUP_AGAIN
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.organiser import pages
from events_service.web.organiser.people_list import PEOPLE, people_page

AGAIN = f"{PEOPLE}/letters-again"
HIGHEST = 2**63 - 1  # of a row's number


@pages.get(AGAIN)
@access("organiser")
def letters_again(event_id: int) -> str | Response:
    """`?person=`: those who were ticked; `?whom=all`: everybody whom the list shows."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        domain.refuse_sending(db, event, now())
        if not (numbers := _wanted(db, event)):
            flash(_("Choose at least one person, then press again."))
            return _to_the_list(event_id)
        return render_template(
            "organiser/letters_again.html",
            event=event,
            chosen=domain.choose(db, event, numbers),
        )


@pages.post(AGAIN)
@access("organiser")
def send_letters_again(event_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        numbers = _numbers(request.form.getlist("person"))
        sent = domain.send_to_many(db, settings(), event, numbers, now=now())
        count = len(sent.letters)
    flash(
        ngettext(
            "%(num)s letter waits in the outbox.", "%(num)s letters wait in the outbox.", count
        )
    )
    return redirect(url_for("organiser.outbox_group", event_id=event_id, group=GROUP_AGAIN), 303)


def _wanted(db: Session, event: Event) -> set[int]:
    if request.args.get("whom") == "all":
        return {one.member_id for one in people_page(db, event).found.rows}
    return _numbers(request.args.getlist("person"))


def _numbers(texts: list[str]) -> set[int]:
    plain = {int(one) for one in texts if one.isascii() and one.isdigit() and len(one) < 20}
    return {one for one in plain if one <= HIGHEST}


def _to_the_list(event_id: int) -> Response:
    return redirect(url_for("organiser.people", event_id=event_id), 303)

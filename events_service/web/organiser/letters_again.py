"""Sending people of a workshop their letters again: who it is first, then it leaves in a minute."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import Conflict
from events_service.domain.registration import sending_to_many as domain
from events_service.model import Event
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.organiser import pages
from events_service.web.organiser.people_list import PEOPLE, people_page

AGAIN = f"{PEOPLE}/letters-again"
HIGHEST = 2**63 - 1  # of a row's number
LONGEST_BATCH = 32


@pages.get(AGAIN)
@access("organiser")
def letters_again(event_id: int) -> str | Response:
    """`?person=`: those who were ticked; `?whom=all`: everybody whom the list shows."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        domain.refuse_sending(db, event, now())
        if not (numbers := _wanted(db, event)):
            flash("Choose at least one person, then press again.")
            return _to_the_list(event_id)
        return render_template(
            "organiser/letters_again.html",
            event=event,
            chosen=domain.choose(db, event, numbers),
            batch=secrets.token_hex(8),
        )


@pages.post(AGAIN)
@access("organiser")
def send_letters_again(event_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        numbers = _numbers(request.form.getlist("person"))
        sent = domain.send_to_many(
            db, settings(), event, numbers, batch=_batch(request.form.get("batch", "")), now=now()
        )
        count = len(sent.people)
    who = "One person is" if count == 1 else f"{count:,} people are"
    flash(f"{who} written to in a minute.")
    return _to_the_list(event_id)


@pages.post(f"{AGAIN}/hold-back")
@access("organiser")
def hold_letters_back(event_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        held, gone = domain.hold_back(db, event, _batch(request.args.get("batch", "")))
    kept = "One letter is" if held == 1 else f"{held:,} letters are"
    late = f" {gone:,} had left already." if gone else " Nobody was written to."
    flash(f"Undone. {kept} held back.{late}")
    return _to_the_list(event_id)


def _wanted(db: Session, event: Event) -> set[int]:
    if request.args.get("whom") == "all":
        return {one.member_id for one in people_page(db, event).found.rows}
    return _numbers(request.args.getlist("person"))


def _numbers(texts: list[str]) -> set[int]:
    plain = {int(one) for one in texts if one.isascii() and one.isdigit() and len(one) < 20}
    return {one for one in plain if one <= HIGHEST}


def _batch(text: str) -> str:
    """The word that the page with the button carries."""
    if text.isascii() and text.isalnum() and len(text) <= LONGEST_BATCH:
        return text.lower()
    raise Conflict(domain.GONE)


def _to_the_list(event_id: int) -> Response:
    return redirect(url_for("organiser.people", event_id=event_id), 303)

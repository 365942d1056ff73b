"""The outbox of a workshop: letters that wait, in groups; read, worded, released, taken back."""

from datetime import datetime
from math import ceil

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.delivery import batch, desk
from events_service.domain.delivery.outbox_groups import Group, groups_in, hash_of, waiting_letters
from events_service.domain.refusals import Conflict
from events_service.domain.scheduling.pending import open_change
from events_service.model import Event, OutboxMail
from events_service.queries.organiser import courses
from events_service.queries.outbox import leaving, left_out, letters_waiting
from events_service.translation import gettext as _
from events_service.translation import ngettext
from events_service.web.access import access, event_for, granted_series, me
from events_service.web.context import now
from events_service.web.forms.group_words import GroupWordsForm, group_form
from events_service.web.organiser import pages
from events_service.web.organiser.outbox_names import group_name
from events_service.web.staff.form_pages import Page

OUTBOX = "/events/<int:event_id>/outbox"
GROUP = f"{OUTBOX}/groups/<group>"
A_PAGE = 50  # letters


@pages.get("/outbox")
@access("organiser")
def outboxes() -> str:
    """The workshops of the account in whose outbox something waits."""
    account = me()
    with transaction() as db:
        found = courses(db, granted_series(db, account), now=now())
        events = [line.event for course in found for line in course.events]
        counts = letters_waiting(db, [event.id for event in events])
        waiting = [(event, counts[event.id]) for event in events if event.id in counts]
        return render_template("organiser/outboxes.html", waiting=waiting)


@pages.get(OUTBOX)
@access("organiser")
def outbox(event_id: int) -> str:
    """Asks again until all letters are written."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        letters = waiting_letters(db, event.id)
        groups = groups_in(letters)
        return render_template(
            "organiser/outbox.html",
            event=event,
            groups=[(one, group_name(one)) for one in groups],
            count=len(letters),
            read=hash_of(letters),
            being_written=any(one.being_written for one in groups),
            change=open_change(db, event.id),
            leaving=leaving(db, event.id, now=now()),
            moment=now(),
        )


@pages.get(GROUP)
@access("organiser")
def outbox_group(event_id: int, group: str) -> Page:
    """The letters of one group; `?page=`: of many."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        return _group_page(db, event, group, None)


@pages.post(f"{GROUP}/words")
@access("organiser")
def word_group(event_id: int, group: str) -> Page:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        form = GroupWordsForm()
        if not form.validate_on_submit():
            return _group_page(db, event, group, form), 422
        words, read = form.words.data or "", form.read.data or ""
        kept = desk.reword_group(db, event.id, group, words, read=read, now=now())
    flash(_saved(kept))
    return redirect(url_for("organiser.outbox_group", event_id=event_id, group=group), 303)


@pages.post(f"{OUTBOX}/release")
@access("organiser")
def release_letters(event_id: int) -> Response:
    """`read`: the hash of the letters that the page showed; `group`: which, or empty for all."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        read, group = request.form.get("read", ""), request.form.get("group") or None
        done = batch.release_letters(db, event, me(), read=read, group=group, now=now())
    flash(_said(done))
    return _to_outbox(event_id)


@pages.post(f"{OUTBOX}/undo")
@access("organiser")
def take_letters_back(event_id: int) -> Response:
    """`released`: the moment of the release."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        back = batch.take_back(db, event.id, _moment(request.form.get("released", "")))
    said = ngettext(
        "Undone. %(num)s letter waits again.", "Undone. %(num)s letters wait again.", back.held
    )
    late = ngettext(
        "%(num)s has left, or another decision counts on it.",
        "%(num)s have left, or another decision counts on them.",
        back.gone,
    )
    flash(f"{said} {late}" if back.gone else said)
    return _to_outbox(event_id)


@pages.post(f"{GROUP}/aside")
@access("organiser")
def leave_group_out(event_id: int, group: str) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        count = desk.leave_group_out(db, event.id, group, me(), now=now())
    flash(ngettext("%(num)s letter is left out.", "%(num)s letters are left out.", count))
    return redirect(url_for("organiser.outbox_group", event_id=event_id, group=group), 303)


def _group_page(db: Session, event: Event, key: str, form: GroupWordsForm | None) -> str:
    letters = waiting_letters(db, event.id, key)
    group = Group(key, tuple(letters))
    last = max(1, ceil(len(letters) / A_PAGE))
    page = min(max(1, request.args.get("page", default=1, type=int)), last)
    said_to_all = next((one.id for one in letters if not one.own_words), None)
    first = db.get(OutboxMail, said_to_all) if said_to_all else None
    return render_template(
        "organiser/outbox_group.html",
        event=event,
        group=group,
        name=group_name(group) if letters else _("No letter waits"),
        shown=letters[(page - 1) * A_PAGE : page * A_PAGE],
        page=page,
        last=last,
        form=form or group_form(group.read, str(first.facts.get("words", "")) if first else ""),
        aside=left_out(db, event.id, key, now=now()),
    )


def _saved(kept: int) -> str:
    """`kept`: how many letters have words of their own."""
    if not kept:
        return _("Saved. Read the letters again before you release them.")
    return ngettext(
        "Saved. %(num)s letter has words of its own, and keeps them. Read the letters again before "
        "you release them.",
        "Saved. %(num)s letters have words of their own, and keep them. Read the letters again "
        "before you release them.",
        kept,
    )


def _said(done: batch.Released) -> str:
    sent = ngettext(
        "%(num)s letter leaves in a minute. Until then you can undo it here.",
        "%(num)s letters leave in a minute. Until then you can undo it here.",
        done.sent,
    )
    if not done.outdated:
        return sent
    late = ngettext(
        "%(num)s had no use any more and was put aside.",
        "%(num)s had no use any more and were put aside.",
        done.outdated,
    )
    return f"{sent} {late}" if done.sent else f"{_('Nothing leaves.')} {late}"


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Conflict(_("These letters have left, or wait in the outbox already."))
    return found


def _to_outbox(event_id: int) -> Response:
    return redirect(url_for("organiser.outbox", event_id=event_id), 303)

"""A change that waits in the outbox: its letters, released all at once or thrown away."""

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import Refusal
from events_service.domain.scheduling.change_letters import (
    ChangeLetter,
    edit_wording,
    hash_of,
    letters_of_change,
    release_change,
)
from events_service.domain.scheduling.pending import (
    hold_waiting,
    open_change,
    throw_away,
    why_returned,
)
from events_service.domain.scheduling.wordings import ALL, words_for
from events_service.model import Event, PendingChange
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms.own_words import OwnWordsForm, words_form
from events_service.web.organiser import pages
from events_service.web.organiser.change_pages import WHOM
from events_service.web.staff.form_pages import Page


@pages.get("/events/<int:event_id>/change")
@access("organiser")
def waiting(event_id: int) -> Page:
    """The letters of the change that waits, by kind; each opens as its recipient will read it."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        change = open_change(db, event.id)
        if change is not None and change.due_at is not None:
            return redirect(
                url_for("organiser.change", event_id=event.id, change_id=change.id), 303
            )
        if change is None:
            return render_template("organiser/waiting.html", event=event, change=None)
        return _page(db, event, change, words_form(words_for(change, ALL)))


@pages.post("/events/<int:event_id>/changes/<int:change_id>/words")
@access("organiser")
def word_change(event_id: int, change_id: int) -> Page:
    """Words that stand in every letter which has none of its own."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        form = OwnWordsForm()
        change = open_change(db, event.id)
        if not form.validate_on_submit() and change is not None:
            return _page(db, event, change, form), 422
        edit_wording(db, event.id, change_id, ALL, form.words.data or "", now=now())
    flash(_("Saved. Read the letters again before you release them."))
    return redirect(url_for("organiser.waiting", event_id=event_id), 303)


@pages.post("/events/<int:event_id>/changes/<int:change_id>/release")
@access("organiser")
def release(event_id: int, change_id: int) -> Response:
    """`read`: the hash of the letters that the page showed."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        hold_waiting(db, event.id, change_id)
        read = request.form.get("read", "")
        release_change(db, settings(), event, me(), read=read, now=now())
    return redirect(url_for("organiser.change", event_id=event_id, change_id=change_id), 303)


@pages.post("/events/<int:event_id>/changes/<int:change_id>/throw-away")
@access("organiser")
def throw_change_away(event_id: int, change_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        throw_away(db, event.id, change_id, now=now())
    flash(_("Thrown away. Everything is as it was, and nobody was written to."))
    return redirect(url_for("organiser.board", event_id=event_id), 303)


def _page(db: Session, event: Event, change: PendingChange, form: OwnWordsForm) -> str:
    letters, problem = letters_or_problem(db, event, change)
    return render_template(
        "organiser/waiting.html",
        event=event,
        change=change,
        letters=letters,
        kinds=by_kind(letters),
        read=hash_of(letters),
        problem=problem,
        returned=why_returned(change),
        form=form,
    )


def letters_or_problem(
    db: Session, event: Event, change: PendingChange
) -> tuple[list[ChangeLetter], str]:
    """The letters; or none, and why the change no longer fits."""
    try:
        return letters_of_change(db, settings(), event, change, now=now()), ""
    except Refusal as refused:
        return [], str(refused)


def by_kind(letters: list[ChangeLetter]) -> list[tuple[str, list[ChangeLetter]]]:
    """To whom such letters go, and they."""
    kinds = dict.fromkeys(one.letter for one in letters)
    return [(WHOM[kind], [one for one in letters if one.letter == kind]) for kind in kinds]

"""One letter of a change that waits: read as its recipient will, with own words, or as a test."""

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.refusals import NotFound
from events_service.domain.scheduling import change_letters as domain
from events_service.domain.scheduling.change_letters import ChangeLetter
from events_service.domain.scheduling.pending import open_change
from events_service.domain.scheduling.wordings import words_for
from events_service.model import Event, PendingChange
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms.own_words import OwnWordsForm, words_form
from events_service.web.organiser import pages
from events_service.web.staff.form_pages import Page
from events_service.web.staff.reading import framed

LETTER = "/events/<int:event_id>/change/letters/<key>"


@pages.get(LETTER)
@access("organiser")
def change_letter(event_id: int, key: str) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        change, letter = _letter_for(db, event, key)
        return _page(event, letter, words_form(words_for(change, key)))


@pages.post(f"{LETTER}/words")
@access("organiser")
def word_change_letter(event_id: int, key: str) -> Page:
    """Words for this letter alone."""
    with transaction() as db:
        event = event_for(db, me(), event_id)
        change, letter = _letter_for(db, event, key)
        form = OwnWordsForm()
        if not form.validate_on_submit():
            return _page(event, letter, form), 422
        domain.edit_wording(db, event.id, change.id, key, form.words.data or "", now=now())
    flash(_("Saved. Read the letters again before you release them."))
    return redirect(url_for("organiser.change_letter", event_id=event_id, key=key), 303)


@pages.get(f"{LETTER}/html")
@access("organiser")
def change_letter_html(event_id: int, key: str) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        _change, letter = _letter_for(db, event, key)
        return framed(letter.html)


@pages.post(f"{LETTER}/test")
@access("organiser")
def test_change_letter(event_id: int, key: str) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        change = _waiting(db, event)
        domain.test_letter(db, settings(), event, change, key, me(), now=now())
        address = me().address
    flash(_("A test of this letter is on its way to %(address)s.", address=address))
    return redirect(url_for("organiser.change_letter", event_id=event_id, key=key), 303)


def _page(event: Event, letter: ChangeLetter, form: OwnWordsForm) -> str:
    return render_template(
        "organiser/waiting_letter.html", event=event, letter=letter, form=form, account=me()
    )


def _letter_for(db: Session, event: Event, key: str) -> tuple[PendingChange, ChangeLetter]:
    """The letter of that key, of the change that waits; NotFound if there is none."""
    change = _waiting(db, event)
    letters = domain.letters_of_change(db, settings(), event, change, now=now())
    found = next((one for one in letters if one.key == key), None)
    if found is None:
        raise NotFound
    return change, found


def _waiting(db: Session, event: Event) -> PendingChange:
    change = open_change(db, event.id)
    if change is None:
        raise NotFound
    return change

"""One letter of the outbox, read as its recipient will: with words of its own, as a test, or left
out."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.db import transaction
from events_service.domain.delivery import desk
from events_service.domain.delivery.approval import digest_of
from events_service.domain.delivery.outbox_groups import Group, Waiting, waiting_letters
from events_service.domain.refusals import NotFound
from events_service.model import Event, OutboxMail
from events_service.model.outbox_groups import group_of
from events_service.translation import gettext as _
from events_service.web.access import access, event_for, me
from events_service.web.context import now, settings
from events_service.web.forms.group_words import GroupWordsForm, group_form
from events_service.web.organiser import pages
from events_service.web.organiser.outbox import OUTBOX
from events_service.web.organiser.outbox_names import group_name
from events_service.web.staff.form_pages import Page
from events_service.web.staff.reading import framed, opened_without_links

LETTER = f"{OUTBOX}/letters/<int:draft_id>"


@dataclass(frozen=True)
class Place:
    """Where a letter stands in its group."""

    group: Group
    number: int  # from 1
    before: Waiting | None
    after: Waiting | None


@pages.get(LETTER)
@access("organiser")
def outbox_letter(event_id: int, draft_id: int) -> str:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        return _letter_page(db, event, desk.letter_at(db, event.id, draft_id), None)


@pages.get(f"{LETTER}/html")
@access("organiser")
def outbox_letter_html(event_id: int, draft_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        read = opened_without_links(desk.letter_at(db, event.id, draft_id))
    if read is None:
        raise NotFound
    return framed(read.html)


@pages.post(f"{LETTER}/words")
@access("organiser")
def word_letter(event_id: int, draft_id: int) -> Page:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        form = GroupWordsForm()
        if not form.validate_on_submit():
            return _letter_page(db, event, desk.letter_at(db, event.id, draft_id), form), 422
        words, read = form.words.data or "", form.read.data or ""
        desk.reword_letter(db, event.id, draft_id, words, read=read, now=now())
    flash(_("Saved. Read the letter again before you release it."))
    return _to_letter(event_id, draft_id)


@pages.post(f"{LETTER}/test")
@access("organiser")
def test_letter(event_id: int, draft_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        desk.send_test(db, settings(), event.id, draft_id, me(), now=now())
    flash(_("A test of this letter is on its way to %(address)s.", address=me().address))
    return _to_letter(event_id, draft_id)


@pages.post(f"{LETTER}/leave-out")
@access("organiser")
def leave_letter_out(event_id: int, draft_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        mail = desk.leave_out(db, event.id, draft_id, me(), now=now())
        flash(_("%(name)s is left out.", name=_whom(mail)))
        return _to_group(mail)


@pages.post(f"{LETTER}/put-back")
@access("organiser")
def put_letter_back(event_id: int, draft_id: int) -> Response:
    with transaction() as db:
        event = event_for(db, me(), event_id)
        mail = desk.put_back(db, event.id, draft_id, now=now())
        flash(_("The letter to %(name)s waits again.", name=_whom(mail)))
        return _to_group(mail)


def _letter_page(db: Session, event: Event, mail: OutboxMail, form: GroupWordsForm | None) -> str:
    place = _place(db, event, mail)
    return render_template(
        "organiser/outbox_letter.html",
        event=event,
        mail=mail,
        opened=opened_without_links(mail),
        place=place,
        name=group_name(place.group),
        form=form or group_form(digest_of(mail), str(mail.facts.get("words", ""))),
        account=me(),
    )


def _place(db: Session, event: Event, mail: OutboxMail) -> Place:
    key = group_of(mail.letter, mail.dedupe_key, mail.city_id)
    letters = waiting_letters(db, event.id, key)
    at = next(n for n, one in enumerate(letters) if one.id == mail.id)
    return Place(
        group=Group(key, tuple(letters)),
        number=at + 1,
        before=letters[at - 1] if at else None,
        after=letters[at + 1] if at + 1 < len(letters) else None,
    )


def _whom(mail: OutboxMail) -> str:
    return mail.to_name or str(mail.facts.get("city", "")) or mail.to_address


def _to_letter(event_id: int, draft_id: int) -> Response:
    return redirect(url_for("organiser.outbox_letter", event_id=event_id, draft_id=draft_id), 303)


def _to_group(mail: OutboxMail) -> Response:
    group = group_of(mail.letter, mail.dedupe_key, mail.city_id)
    return redirect(url_for("organiser.outbox_group", event_id=mail.event_id, group=group), 303)

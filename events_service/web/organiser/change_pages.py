"""The preview of a change: what each person's calendar will show, and who is written to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from events_service.domain.scheduling.change_preview import (
    ChangePreview,
    PersonPreview,
    PromisedLetter,
    preview_change,
)
from events_service.domain.scheduling.event_change import (
    Change,
    Doing,
    Move,
    doing,
    moved_by,
)
from events_service.domain.scheduling.pending import open_change
from events_service.letters import LETTERS, Letter
from events_service.letters.dates import weekday_range
from events_service.letters.facts import EventFacts
from events_service.letters.sender import sender_in
from events_service.model import Event
from events_service.tokens import hide_placeholders
from events_service.translation import gettext as _
from events_service.translation import lazy_gettext, speaking
from events_service.web.context import now, settings
from events_service.web.forms import change as forms
from events_service.web.organiser.feasts import feast_sentences

WHOM = {
    "member_updated": lazy_gettext("To people whose calendar changes"),
    "member_invited": lazy_gettext("To people who get another entry"),
    "member_cancelled": lazy_gettext("To people whose entry is taken out"),
    "delegation_waitlisted": lazy_gettext("To delegations on the waiting list"),
    "delegation_moved": lazy_gettext("To whoever registered, and to people on the waiting list"),
    "waiting_ended": lazy_gettext("To people on the waiting list"),
    "city_invited": lazy_gettext("To cities that have not registered"),
    "event_cancelled_city": lazy_gettext("To the cities"),
}


FORMS: dict[Doing, str] = {
    "move": "organiser.move",
    "cancel": "organiser.cancel",
    "calendars": "organiser.calendars",
    "texts": "organiser.agenda",
}


def preview_page(
    db: Session,
    event: Event,
    change: Change,
    *,
    back: str = "",
    back_text: str = "",
    confirm: str = "",
) -> str:
    """`back` and `confirm`: addresses of where the change was asked for and of what its button
    does, where these are not the pages of a move or a cancellation."""
    what = doing(event, change)
    pages = url_for("organiser.cancel" if what == "cancel" else "organiser.move", event_id=event.id)
    preview = preview_change(db, settings(), event, change, now=now())
    return render_template(
        "organiser/change_preview.html",
        event=event,
        doing=what,
        waiting=open_change(db, event.id),
        back_text=back_text or _("Back to the form"),
        back_to=back or url_for(FORMS[what], event_id=event.id),
        confirm=confirm or f"{pages}/confirm",
        preview=preview,
        days_before=_days(preview.before),
        days_after=_days(preview.after),
        by_city=[(city, list(people)) for city, people in _by_city(preview)],
        letters=_letters(preview),
        feasts=feast_sentences(event, moved_by(event, change)) if isinstance(change, Move) else [],
        written=forms.written(change),
    )


def _days(facts: EventFacts) -> str:
    return weekday_range(
        date.fromisoformat(facts["starts_on"]), date.fromisoformat(facts["ends_on"])
    )


def _by_city(preview: ChangePreview) -> Iterator[tuple[str, Iterator[PersonPreview]]]:
    return groupby(preview.people, key=lambda person: person.city)


def _letters(preview: ChangePreview) -> list[tuple[str, str, Letter]]:
    """One letter of each kind to read: to whom such letters go, who gets this one, and it."""
    return [
        (
            WHOM[one.letter],
            one.to_name or one.to_address,
            _without_tokens(_as_written(one)),
        )
        for one in preview.one_of_each()
    ]


def _as_written(one: PromisedLetter) -> Letter:
    with speaking(one.language):
        return LETTERS[one.letter](one.facts, sender_in(settings()))


def _without_tokens(letter: Letter) -> Letter:
    """Links as they look to somebody who may not open them."""
    return replace(letter, text=hide_placeholders(letter.text))


def drafted(event_id: int) -> Response:
    """Where a change goes once it is asked for."""
    flash(_("It waits in the outbox. Nothing has changed yet, and nobody was written to."))
    return redirect(to_outbox(event_id), 303)


def to_outbox(event_id: int) -> str:
    return url_for("organiser.outbox", event_id=event_id)

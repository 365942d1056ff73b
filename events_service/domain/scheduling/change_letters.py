"""The letters of a change that waits in the outbox: read as recipients will, tried, released."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.delivery.trial import promise_test
from events_service.domain.refusals import Conflict, NotFound
from events_service.domain.scheduling.change_letter import (
    ChangeLetter,
    by_city,
    hash_of,
    letters_from,
)
from events_service.domain.scheduling.changes import carry_out, check_change
from events_service.domain.scheduling.event_lock import hold_event_alone
from events_service.domain.scheduling.pending import (
    RETURNED,
    UNDO,
    change_in,
    hold_waiting,
    waiting_change,
)
from events_service.domain.scheduling.wordings import edit_wording
from events_service.letters.sender import sender_in
from events_service.letters.trial import LetterTestFacts
from events_service.model import Account, Event, PendingChange
from events_service.translation import gettext as _

__all__ = [
    "ChangeLetter",
    "edit_wording",
    "hash_of",
    "letters_of_change",
    "release_change",
    "test_letter",
]


def letters_of_change(
    session: Session, settings: Settings, event: Event, pending: PendingChange, *, now: datetime
) -> list[ChangeLetter]:
    """Every letter that the change causes, found out by doing it and taking it back. MoveRefused
    or Conflict when it no longer fits."""
    change = change_in(pending)
    check_change(event, change, now=now)
    savepoint = session.begin_nested()
    try:
        hold_event_alone(session, event.id)  # before any row, as the change itself does
        mails = carry_out(session, settings, event, change, wordings=pending.wordings, now=now)
        return letters_from(mails, sender_in(settings))
    finally:
        savepoint.rollback()


def release_change(
    session: Session,
    settings: Settings,
    event: Event,
    account: Account,
    *,
    read: str,
    now: datetime,
) -> PendingChange:
    """Have the change leave in a minute, with the letters that were read: `read` is their
    `hash_of`. Conflict when they are other ones now, to other people or with other words."""
    hold_event_alone(session, event.id)
    waits = waiting_change(session, event.id)
    if waits is None:
        raise Conflict(_("No change of this workshop waits in the outbox."))
    pending = hold_waiting(session, event.id, waits.id)
    session.get_one(Event, event.id, populate_existing=True)
    letters = letters_of_change(session, settings, event, pending, now=now)
    if hash_of(letters) != read:
        raise Conflict(
            _("The letters are other ones than those that you read. Read them again, then release.")
        )
    pending.due_at, pending.released_by_id, pending.released_hash = now + UNDO, account.id, read
    details = {name: kept for name, kept in pending.details.items() if name not in RETURNED}
    people = len({(one.to_address, one.to_name) for one in letters})
    counts = {"people": people, "letters": len(letters)}
    pending.details = {**details, **counts, "read": by_city(letters)}
    session.flush()
    return pending


def test_letter(
    session: Session,
    settings: Settings,
    event: Event,
    pending: PendingChange,
    key: str,
    account: Account,
    *,
    now: datetime,
) -> None:
    """Promise the letter of that key to the organiser alone. NotFound if there is none."""
    letters = letters_of_change(session, settings, event, pending, now=now)
    found = next((one for one in letters if one.key == key), None)
    if found is None:
        raise NotFound
    facts = LetterTestFacts(
        letter=found.letter,
        language=found.language,
        to=found.to_name or found.to_address,
        facts=dict(found.facts),
        has_calendar=found.method is not None,
    )
    promise_test(session, settings, account, facts, of=f"{pending.id}:{key}", now=now)

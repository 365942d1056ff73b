"""Moving and cancelling a published event: drafted, and once its letters were read and released,
carried out by a worker in one transaction with every mail that tells of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.inbox.overtaking import PROPOSALS, overtake_open, reopen_accepted
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.scheduling.calling_off import call_off_event
from events_service.domain.scheduling.change_letter import (
    ChangeLetter,
    by_city,
    hash_of,
    letters_from,
)
from events_service.domain.scheduling.event_change import (
    LONGEST_WORDS,
    Change,
    Move,
    MoveRefused,
    check_move,
    doing,
)
from events_service.domain.scheduling.event_lock import hold_event_alone
from events_service.domain.scheduling.moving import move_event
from events_service.domain.scheduling.pending import change_in, put_back, waiting_change
from events_service.domain.scheduling.refreshing import refresh_drafts
from events_service.domain.scheduling.wordings import put_words
from events_service.letters.sender import sender_in
from events_service.model import Account, Event, OutboxMail, PendingChange
from events_service.model.event import ChangeKind
from events_service.trace import trace_id
from events_service.translation import gettext as _
from events_service.translation import number

NOTHING: Mapping[str, str] = MappingProxyType({})


class NothingToChange(Conflict):
    """The event was cancelled or is over, so no change will ever fit it."""


def check_change(event: Event, change: Change, *, now: datetime) -> None:
    """MoveRefused or Conflict when the event can't be changed so."""
    if event.cancelled_at is not None:
        raise NothingToChange(_("This workshop was cancelled, so there is nothing left to change."))
    if event.published_at is None:
        raise Conflict(_("This workshop is a draft: edit it freely, nobody was written to."))
    if event.ends_on < now.astimezone(event.zone).date():
        raise NothingToChange(_("This workshop is over, so it can’t be moved or cancelled."))
    if isinstance(change, Move):
        if problems := check_move(event, change, now=now):
            raise MoveRefused(problems)
    elif len(change.words) > LONGEST_WORDS:
        raise Refusal(_("Shorten the reason to %(most)s characters.", most=number(LONGEST_WORDS)))


def ask_for_change(
    session: Session,
    event: Event,
    change: Change,
    account: Account,
    *,
    people: int | None = None,
    letters: int | None = None,
    now: datetime,
) -> PendingChange:
    """Draft the change; it waits in the outbox until it is released. There is one draft of an
    event: another change takes its place, so whoever asks begins with what waits (`plan_of`).
    Conflict while a released one is about to leave.

    `people`, `letters`: how many the preview counted, to be told while it waits.
    """
    hold_event_alone(session, event.id)
    pending = waiting_change(session, event.id)
    check_change(event, change, now=now)
    if pending is None:
        pending = PendingChange(event_id=event.id, wordings={}, details={})
    kind: ChangeKind = "move" if isinstance(change, Move) else "cancel"
    if pending.kind != kind:
        pending.wordings = {}  # what was written about a move says nothing of a cancellation
    pending.kind = kind
    pending.details = {
        **change.as_json(),
        "doing": doing(event, change),
        "people": people,
        "letters": letters,
        PROPOSALS: pending.details.get(PROPOSALS, []),
    }
    pending.asked_by_id, pending.asked_at = account.id, now
    pending.trace_id = trace_id.get()
    session.add(pending)
    session.flush()
    return pending


def apply_due_changes(session: Session, settings: Settings, now: datetime) -> int:
    """Carry out every change whose minute is over; how many left. A worker calls it each second.

    One whose letters are no longer those that were read, or that no longer fits (its event was
    altered meanwhile), waits in the outbox again; one of an event that is cancelled or over is
    undone. All keep the reason.
    """
    due = session.scalars(
        select(PendingChange)
        .where(
            PendingChange.due_at <= now,
            PendingChange.applied_at.is_(None),
            PendingChange.undone_at.is_(None),
        )
        .order_by(PendingChange.due_at, PendingChange.id)
        .with_for_update(skip_locked=True)
    ).all()
    left = 0
    for pending in due:
        try:
            with session.begin_nested(), _trace_of(pending):
                pending.written_to = _carry_out(session, settings, pending, now)
                pending.applied_at = now
            left += 1
        except LettersDiffer as differ:
            put_back(pending, meanwhile=differ.cities)
        except NothingToChange as reason:
            pending.undone_at = now
            pending.details = {**pending.details, "refused": str(reason)}
            reopen_accepted(session, pending)
        except Refusal as reason:
            put_back(pending, because=str(reason))
    session.flush()
    return left


@contextmanager
def _trace_of(pending: PendingChange) -> Iterator[None]:
    """What is promised here goes by the number of the request that asked for it."""
    token = trace_id.set(pending.trace_id or trace_id.get())
    try:
        yield
    finally:
        trace_id.reset(token)


class LettersDiffer(Exception):
    """They are not those that somebody read and released. `cities`: whose."""

    def __init__(self, cities: list[str]) -> None:
        super().__init__(cities)
        self.cities = cities


def _carry_out(session: Session, settings: Settings, pending: PendingChange, now: datetime) -> int:
    hold_event_alone(session, pending.event_id)
    event = session.get_one(Event, pending.event_id, populate_existing=True)
    change = change_in(pending)
    check_change(event, change, now=now)
    mails = carry_out(session, settings, event, change, wordings=pending.wordings, now=now)
    _check_as_read(pending, letters_from(mails, sender_in(settings)))
    return len(written_to(mails))


def _check_as_read(pending: PendingChange, letters: list[ChangeLetter]) -> None:
    if pending.released_hash is None:
        return  # asked for under the release before this one, which showed them before asking
    if hash_of(letters) != pending.released_hash:
        raise LettersDiffer(_other(pending.details.get("read"), by_city(letters)))


def _other(read: object, found: dict[str, str]) -> list[str]:
    """Cities whose letters are not as read, by name; none when it is all of them."""
    was = read if isinstance(read, dict) else {}
    every = {*was, *found}
    other = {city for city in every if was.get(city) != found.get(city)}
    return sorted(other) if other < every or len(every) == 1 else []


def carry_out(
    session: Session,
    settings: Settings,
    event: Event,
    change: Change,
    *,
    wordings: Mapping[str, str] = NOTHING,
    now: datetime,
) -> list[OutboxMail]:
    """Change the event, everybody's calendar and the letters of it, now; the mails promised, with
    the organiser's own words in them.

    The caller has checked the change and holds the event alone.
    """
    last = session.scalar(select(func.max(OutboxMail.id))) or 0
    if isinstance(change, Move):
        move_event(session, settings, event, change, now)
    else:
        call_off_event(session, settings, event, change, now)
    event.revision = Event.revision + 1
    overtake_open(session, event.id, now=now)
    refresh_drafts(session, event, now)
    mails = list(
        session.scalars(
            select(OutboxMail)
            .where(
                OutboxMail.event_id == event.id,
                OutboxMail.id > last,
                OutboxMail.created_at == now,  # none that others promise meanwhile
                OutboxMail.state == "queued",  # what waits is read and released by itself
            )
            .order_by(OutboxMail.id)
        )
    )
    put_words(mails, wordings)
    return mails


def written_to(mails: list[OutboxMail]) -> set[tuple[str, int | None]]:
    """People, not mails: a shared address counts once for each person behind it."""
    return {(mail.to_address, mail.member_id) for mail in mails}

"""Moving and cancelling a published event: asked for, undone within a minute, or carried out by
a worker in one transaction with every mail that tells of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.config import Settings
from events_service.domain.inbox.overtaking import overtake_open, reopen_accepted
from events_service.domain.refusals import Conflict, Refusal
from events_service.domain.scheduling.calling_off import call_off_event
from events_service.domain.scheduling.event_change import (
    LONGEST_WORDS,
    Cancellation,
    Change,
    Move,
    MoveRefused,
    check_move,
)
from events_service.domain.scheduling.event_lock import hold_event_alone
from events_service.domain.scheduling.moving import move_event
from events_service.domain.scheduling.pending import UNDO, refuse_while_pending
from events_service.model import Account, Event, OutboxMail, PendingChange
from events_service.trace import trace_id


def check_change(event: Event, change: Change, *, now: datetime) -> None:
    """MoveRefused or Conflict when the event can't be changed so."""
    if event.cancelled_at is not None:
        raise Conflict("This workshop was cancelled, so there is nothing left to change.")
    if event.published_at is None:
        raise Conflict("This workshop is a draft: edit it freely, nobody was written to.")
    if event.ends_on < now.astimezone(event.zone).date():
        raise Conflict("This workshop is over, so it can’t be moved or cancelled.")
    if isinstance(change, Move):
        if problems := check_move(event, change, now=now):
            raise MoveRefused(problems)
    elif len(change.words) > LONGEST_WORDS:
        raise Refusal(f"Shorten the reason to {LONGEST_WORDS:,} characters.")


def ask_for_change(
    session: Session,
    event: Event,
    change: Change,
    account: Account,
    *,
    people: int | None = None,
    now: datetime,
) -> PendingChange:
    """Have the change leave in a minute. One at a time for each event. `people`: how many would
    be written to by the preview, to be told while it waits."""
    hold_event_alone(session, event.id)
    refuse_while_pending(session, event.id)
    check_change(event, change, now=now)
    pending = PendingChange(
        event_id=event.id,
        kind="move" if isinstance(change, Move) else "cancel",
        details={**change.as_json(), "people": people},
        asked_by_id=account.id,
        asked_at=now,
        due_at=now + UNDO,
        trace_id=trace_id.get(),
    )
    session.add(pending)
    session.flush()
    return pending


def apply_due_changes(session: Session, settings: Settings, now: datetime) -> int:
    """Carry out every change whose minute is over; how many left. A worker calls it each second.

    A change that no longer fits (its event was altered meanwhile) is undone, with the reason kept.
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
        except Refusal as reason:
            pending.undone_at = now
            pending.details = {**pending.details, "refused": str(reason)}
            reopen_accepted(session, pending)
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


def change_in(pending: PendingChange) -> Change:
    if pending.kind == "move":
        return Move.from_json(pending.details)
    return Cancellation.from_json(pending.details)


def _carry_out(session: Session, settings: Settings, pending: PendingChange, now: datetime) -> int:
    hold_event_alone(session, pending.event_id)
    event = session.get_one(Event, pending.event_id, populate_existing=True)
    change = change_in(pending)
    check_change(event, change, now=now)
    return len(written_to(carry_out(session, settings, event, change, now=now)))


def carry_out(
    session: Session, settings: Settings, event: Event, change: Change, *, now: datetime
) -> list[OutboxMail]:
    """Change the event, everybody's calendar and the letters of it, now; the mails promised.

    The caller has checked the change and holds the event alone.
    """
    last = session.scalar(select(func.max(OutboxMail.id))) or 0
    if isinstance(change, Move):
        move_event(session, settings, event, change, now)
    else:
        call_off_event(session, settings, event, change, now)
    event.revision = Event.revision + 1
    overtake_open(session, event.id, now=now)
    session.flush()
    return list(
        session.scalars(
            select(OutboxMail)
            .where(
                OutboxMail.event_id == event.id,
                OutboxMail.id > last,
                OutboxMail.created_at == now,  # none that others promise meanwhile
            )
            .order_by(OutboxMail.id)
        )
    )


def written_to(mails: list[OutboxMail]) -> set[tuple[str, int | None]]:
    """People, not mails: a shared address counts once for each person behind it."""
    return {(mail.to_address, mail.member_id) for mail in mails}

"""A change of an event that has not left: a draft in the outbox, or released and in its minute."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_service.domain.inbox.overtaking import reopen_accepted
from events_service.domain.refusals import Conflict, NotFound
from events_service.domain.scheduling.event_change import (
    Cancellation,
    Change,
    Move,
    as_it_stands,
)
from events_service.letters.dates import and_list
from events_service.model import Event, PendingChange
from events_service.translation import gettext as _

UNDO = timedelta(seconds=60)
RETURNED = ("meanwhile", "because")  # in the details of a change: why it waits again
SEVERAL = 3  # cities that are named before the rest are counted


def open_change(session: Session, event_id: int) -> PendingChange | None:
    """The change of this event that has neither left nor been thrown away. There is one at
    most; it waits in the outbox unless it has `due_at`."""
    return session.scalar(
        select(PendingChange).where(
            PendingChange.event_id == event_id,
            PendingChange.applied_at.is_(None),
            PendingChange.undone_at.is_(None),
        )
    )


def waiting_change(session: Session, event_id: int) -> PendingChange | None:
    """The draft of this event, if there is one. Conflict while it is about to leave."""
    found = open_change(session, event_id)
    if found is not None and found.due_at is not None:
        raise Conflict(
            _("A change of this workshop is about to leave. Undo it, or wait until it has left.")
        )
    return found


def refuse_while_leaving(session: Session, event_id: int) -> None:
    waiting_change(session, event_id)


def change_in(pending: PendingChange) -> Change:
    if pending.kind == "move":
        return Move.from_json(pending.details)
    return Cancellation.from_json(pending.details)


def plan_of(event: Event, pending: PendingChange | None) -> Move:
    """The event as it will be once the draft has left; as it stands if no move waits."""
    change = change_in(pending) if pending is not None else None
    return change if isinstance(change, Move) else as_it_stands(event)


def hold_waiting(session: Session, event_id: int, change_id: int) -> PendingChange:
    """The draft, held until the transaction ends. Conflict unless it waits in the outbox."""
    pending = _held(session, event_id, change_id)
    if pending.applied_at is not None or pending.undone_at is not None:
        raise Conflict(_("This change no longer waits in the outbox. Look at the workshop again."))
    if pending.due_at is not None:
        raise Conflict(
            _("The change is released and about to leave. Undo it first, then change it.")
        )
    return pending


def undo_change(session: Session, event_id: int, change_id: int) -> None:
    """Put a released change back into the outbox. Conflict when it has left; undoing twice is
    fine."""
    pending = _held(session, event_id, change_id)
    if pending.applied_at is not None:
        raise Conflict(_("The change has left already. Move the workshop again to set it right."))
    put_back(pending)
    session.flush()


def throw_away(session: Session, event_id: int, change_id: int, *, now: datetime) -> None:
    """The draft is not wanted any more: nothing changes, nobody is written to."""
    pending = hold_waiting(session, event_id, change_id)
    pending.undone_at = now
    session.flush()
    reopen_accepted(session, pending)


def put_back(
    pending: PendingChange, *, meanwhile: list[str] | None = None, because: str = ""
) -> None:
    """It waits again. `meanwhile`: cities whose letters became other ones after somebody had read
    them; empty: it is not one city's doing. `because`: why it no longer fitted."""
    pending.due_at = pending.released_by_id = pending.released_hash = None
    details = {name: kept for name, kept in pending.details.items() if name != "read"}
    if meanwhile is not None:
        details["meanwhile"] = meanwhile
    if because:
        details["because"] = because
    pending.details = details


def why_returned(pending: PendingChange) -> str:
    """Why a change that was released waits again; empty if it does not."""
    cities, because = (pending.details.get(name) for name in RETURNED)
    if pending.due_at is not None:
        return ""
    if because:
        return _("It did not leave, since it no longer fitted. %(reason)s", reason=because)
    if not isinstance(cities, list):
        return ""
    if not cities or len(cities) > SEVERAL:
        return _("The letters became other ones after they were read, so none has left.")
    return _(
        "The letters to %(cities)s became other ones after they were read, so none has left.",
        cities=and_list([str(city) for city in cities]),
    )


def _held(session: Session, event_id: int, change_id: int) -> PendingChange:
    pending = session.scalar(
        select(PendingChange)
        .where(PendingChange.id == change_id, PendingChange.event_id == event_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if pending is None:
        raise NotFound
    return pending

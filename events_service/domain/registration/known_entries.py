"""Calendar entries as their people know them: what was decided and never told leaves no trace."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from events_service.domain.registration.sending_again import last_letters
from events_service.model import Delegation, Invitation, OutboxMail
from events_service.model.unheard import CARRIES_ENTRY


def as_people_know(
    session: Session, delegation: Delegation, entries: Collection[int], *, now: datetime
) -> None:
    """Bring these entries, by number, back to what the last letter about each told that has left:
    one that stands in a calendar stands, with its days; one that was cleared is ended; one that
    nobody ever heard of is gone. SEQUENCE never goes down."""
    told = last_letters(session, entries, CARRIES_ENTRY)
    _let_go_of(session, set(entries) - set(told))
    for member in delegation.members:
        for entry in member.invitations:
            if entry.id in entries:
                _bring_back(session, entry, told.get(entry.id), now)
    session.flush()
    for member in delegation.members:
        session.expire(member, ["invitations"])


def _bring_back(session: Session, entry: Invitation, told: Any, now: datetime) -> None:
    if told is None:
        session.delete(entry)
    elif told.letter == "member_cancelled":
        entry.cancelled_at = entry.cancelled_at or now
    else:
        entry.cancelled_at = None
        entry.days = [date.fromisoformat(day) for day in told.facts["invitation"]["days"]]


def _let_go_of(session: Session, entries: Collection[int]) -> None:
    """Letters about entries that will be gone: nobody gets them."""
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.invitation_id.in_(entries))
        .values(state="discarded", invitation_id=None)
    )

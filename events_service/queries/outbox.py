"""The outbox of events: what waits there, what is about to leave, what was left out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, defer

from events_service.model import Delegation, OutboxMail
from events_service.model.outbox_groups import at_their_event, group_of
from events_service.queries.counting import counted

LEFT_OUT = timedelta(days=7)  # how long letters are shown that were left out


@dataclass(frozen=True)
class Leaving:
    """What was released at one moment and has not left."""

    released_at: datetime
    due_at: datetime
    letters: int


def letters_waiting(session: Session, event_ids: Collection[int]) -> dict[int, int]:
    """How many wait at each of these events; events without any are left out."""
    return counted(
        session,
        select(OutboxMail.event_id, func.count())
        .where(
            OutboxMail.event_id.in_(event_ids),
            OutboxMail.state == "drafted",
            at_their_event(),
        )
        .group_by(OutboxMail.event_id),
    )


def leaving(session: Session, event_id: int, *, now: datetime) -> list[Leaving]:
    """Releases in their minute, the one that leaves first comes first."""
    rows = session.execute(
        select(OutboxMail.approved_at, OutboxMail.due_at, func.count())
        .where(_in_their_minute(event_id, now))
        .group_by(OutboxMail.approved_at, OutboxMail.due_at)
        .order_by(OutboxMail.due_at)
    )
    return [Leaving(released, due, count) for released, due, count in rows if released]


def decisions_leaving(session: Session, event_id: int, *, now: datetime) -> set[int]:
    """Numbers of the delegations of whose decision letters are in their minute."""
    rows = session.scalars(
        select(Delegation.id)
        .join(
            OutboxMail,
            and_(
                OutboxMail.event_id == Delegation.event_id,
                OutboxMail.city_id == Delegation.city_id,
                OutboxMail.decided_at == Delegation.decided_at,
            ),
        )
        .where(_in_their_minute(event_id, now))
    )
    return set(rows)


def _in_their_minute(event_id: int, now: datetime) -> ColumnElement[bool]:
    return and_(
        OutboxMail.event_id == event_id,
        OutboxMail.state == "queued",
        OutboxMail.attempts == 0,
        OutboxMail.due_at > now,
        OutboxMail.approved_at.is_not(None),
        at_their_event(),
    )


def left_out(session: Session, event_id: int, group: str, *, now: datetime) -> list[OutboxMail]:
    """Letters of a group that an organiser left out in the last days, the latest first."""
    found = session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.event_id == event_id,
            OutboxMail.state == "discarded",
            OutboxMail.left_at > now - LEFT_OUT,
            at_their_event(),
        )
        .options(defer(OutboxMail.rendered))
        .order_by(OutboxMail.left_at.desc(), OutboxMail.id)
    )
    return [one for one in found if group_of(one.letter, one.dedupe_key, one.city_id) == group]

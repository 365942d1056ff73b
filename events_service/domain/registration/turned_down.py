"""Delegations that had been turned down before the last decision about them: so a city has read,
until the letters of that one leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from events_service.model import Delegation, OutboxMail


@dataclass(frozen=True)
class TurnedDown:
    """`by_id`: account of whoever let its letter go, or left it out."""

    at: datetime
    because: str
    by_id: int | None


def turned_down_before(
    session: Session, delegations: Iterable[Delegation]
) -> dict[int, TurnedDown]:
    """By number, those of these delegations that stood turned down when they were last decided
    about. Letters of decisions that were taken back belong to none."""
    by_number = {one.id: one for one in delegations}
    rows = session.execute(
        select(
            Delegation.id,
            OutboxMail.decided_at,
            OutboxMail.facts["because"].astext.label("because"),
            func.coalesce(OutboxMail.approved_by_id, OutboxMail.left_by_id).label("by_id"),
        )
        .ext(distinct_on(Delegation.id))
        .join(
            OutboxMail,
            (OutboxMail.event_id == Delegation.event_id)
            & (OutboxMail.city_id == Delegation.city_id)
            & (OutboxMail.decided_at < Delegation.decided_at),
        )
        .where(
            Delegation.id.in_(by_number),
            OutboxMail.letter == "delegation_turned_down",
            OutboxMail.facts["confirmed"].as_boolean().is_(False),
        )
        .order_by(Delegation.id, OutboxMail.decided_at.desc())
    )
    return {
        row.id: TurnedDown(row.decided_at, row.because, row.by_id)
        for row in rows
        if row.decided_at >= _handed_in_at(by_number[row.id], row.decided_at)
    }


def _handed_in_at(delegation: Delegation, otherwise: datetime) -> datetime:
    """When it came to wait last, for a decision or on the waiting list, before the last decision;
    `otherwise` when that is not known."""
    waits = [delegation.submitted_at]
    if delegation.waitlisted_at != delegation.decided_at:
        waits.append(delegation.waitlisted_at)
    return max((one for one in waits if one is not None), default=otherwise)

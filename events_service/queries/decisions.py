"""How many delegations an organiser has to decide about."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from events_service.model import Delegation
from events_service.queries.counting import counted


def decisions_awaited(session: Session, event_ids: Collection[int]) -> dict[int, int]:
    """How many await a decision at each of these events; events without any are left out."""
    return counted(
        session,
        select(Delegation.event_id, func.count())
        .where(Delegation.event_id.in_(event_ids), _awaited())
        .group_by(Delegation.event_id),
    )


def _awaited() -> ColumnElement[bool]:
    """Handed in; or it has places, and asks to come with more people."""
    asked = Delegation.draft["asked"].astext == "true"
    return or_(Delegation.state == "submitted", (Delegation.state == "confirmed") & asked)

"""How many people of a delegation have not told yet what they are asked about themselves."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_service.domain.particulars.questions import asks_anything
from events_service.model import Event, Member, Particulars


def details_open(session: Session, event: Event, members: Sequence[Member]) -> int:
    """Of these members; none where the event asks nothing. Forms that the city filled in count."""
    told = select(func.count()).where(
        Particulars.member_id.in_(one.id for one in members),
        Particulars.completed_at.is_not(None),
    )
    asks, number = session.execute(select(asks_anything(event.id), told.scalar_subquery())).one()
    return len(members) - number if asks else 0

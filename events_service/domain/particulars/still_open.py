"""How many people of a delegation have not told yet what they are asked about themselves."""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from events_service.domain.particulars.questions import asks_anything
from events_service.model import Event, Member, Particulars

_TOLD = select(func.count()).where(
    Particulars.member_id.in_(bindparam("members", expanding=True)),
    Particulars.completed_at.is_not(None),
)
_ASKED = select(asks_anything(bindparam("event_id")), _TOLD.scalar_subquery())


def details_open(session: Session, event: Event, members: Sequence[Member]) -> int:
    """Of these members; none where the event asks nothing. Forms that the city filled in count."""
    about = {"event_id": event.id, "members": [one.id for one in members]}
    asks, told = session.execute(_ASKED, about).one()
    return len(members) - told if asks else 0
